import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { appRoot } from '../places.ts'
import { layoutOf } from './layout.ts'
import type { Sheet } from './paper.ts'

// Lays papers out in a thread of its own: a long ledger never holds up a window.

type Job = { readonly no: number; readonly sheet: Sheet }
export type PdfAnswer = { readonly no: number; readonly pdf?: Uint8Array<ArrayBuffer>; readonly error?: string }

type PdfMake = {
  readonly virtualfs: { writeFileSync(name: string, bytes: Uint8Array): void }
  setFonts(fonts: Record<string, { normal: string; bold: string }>): void
  setUrlAccessPolicy(allow: (url: string) => boolean): void
  setLocalAccessPolicy(allow: (path: string) => boolean): void
  createPdf(definition: unknown): { getBuffer(): Promise<Uint8Array> }
}

const require = createRequire(join(appRoot(), 'package.json'))
const pdfmake = require('pdfmake') as PdfMake
/** The fonts' bytes stay at hand: reading twenty megabytes anew for every paper takes as long as laying it out. */
function keepFont(weight: string, name: string): string {
  pdfmake.virtualfs.writeFileSync(name, readFileSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/${name}.ttf`)))
  return name
}
pdfmake.setFonts({ NotoSansSC: { normal: keepFont('400Regular', 'NotoSansSC_400Regular'), bold: keepFont('700Bold', 'NotoSansSC_700Bold') } })
pdfmake.setUrlAccessPolicy(() => false)
// A paper opens its own logo and no other file.
let logo: string | null = null
pdfmake.setLocalAccessPolicy((path) => path === logo)

async function laidOut(sheet: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  logo = sheet.logo
  return Uint8Array.from(await pdfmake.createPdf(layoutOf(sheet)).getBuffer())
}

parentPort?.on('message', async ({ no, sheet }: Job) => {
  try {
    // A logo that is no picture, or a broken one, keeps nobody from printing.
    const pdf = await laidOut(sheet).catch((error: unknown) => (sheet.logo === null ? Promise.reject(error) : laidOut({ ...sheet, logo: null })))
    parentPort?.postMessage({ no, pdf } satisfies PdfAnswer, [pdf.buffer])
  } catch (error) {
    parentPort?.postMessage({ no, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies PdfAnswer)
  }
})

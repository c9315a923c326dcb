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
  setFonts(fonts: Record<string, { normal: string; bold: string }>): void
  setUrlAccessPolicy(allow: (url: string) => boolean): void
  setLocalAccessPolicy(allow: (path: string) => boolean): void
  createPdf(definition: unknown): { getBuffer(): Promise<Uint8Array> }
}

const require = createRequire(join(appRoot(), 'package.json'))
const pdfmake = require('pdfmake') as PdfMake
const font = (weight: string, name: string): string => require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/${name}.ttf`)
const fonts = { normal: font('400Regular', 'NotoSansSC_400Regular'), bold: font('700Bold', 'NotoSansSC_700Bold') }
pdfmake.setFonts({ NotoSansSC: fonts })
pdfmake.setUrlAccessPolicy(() => false)
let logo: string | null = null
pdfmake.setLocalAccessPolicy((path) => path === logo || Object.values(fonts).includes(path))

parentPort?.on('message', async ({ no, sheet }: Job) => {
  try {
    // Besides the fonts a paper opens its own logo alone.
    logo = sheet.logo
    const pdf = Uint8Array.from(await pdfmake.createPdf(layoutOf(sheet)).getBuffer())
    parentPort?.postMessage({ no, pdf } satisfies PdfAnswer, [pdf.buffer])
  } catch (error) {
    parentPort?.postMessage({ no, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies PdfAnswer)
  }
})

import { basename } from 'node:path'
import { defaultLimits, type Limits } from './limits.ts'
import { clip, refuse } from './refusals.ts'
import { brokenPart, readBook, readShapes, readSharedTexts } from './xlsx-book.ts'
import { sheetReading } from './xlsx-sheet.ts'
import { xmlFeed, xmlText } from './xml.ts'
import { openZip } from './zip-reader.ts'
import type { SourceRow } from './source-row.ts'

export type Workbook = {
  readonly sheetNames: readonly string[]
  /** The sheet that `rows` reads. */
  readonly sheet: string
  /** Size of the sheet after unpacking, in bytes. */
  readonly totalBytes: number
  /** Reads the sheet from its start, each time it is called. `onBytes` is told the unpacked bytes read so far. */
  rows(onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow>
}

/**
 * Opens a workbook at the named sheet, or its first visible one. Values come as text the way a person meant them: days as
 * YYYY-MM-DD, days with time as YYYY-MM-DDTHH:MM:SS, percentages as 13%, numbers as exact decimals without binary noise, booleans
 * as TRUE and FALSE, formulas as their stored result; error values are reported with their row. Refuses `files.brokenZip`,
 * `files.zipBomb`, `files.encrypted`, `files.brokenWorkbook`, `files.noSuchSheet`, `files.tooLarge`, `files.tooManyRows`,
 * `files.tooManyColumns`. The declared dimension of a sheet is never believed.
 */
export async function openXlsx(path: string, options: { readonly sheet?: string; readonly limits?: Limits } = {}): Promise<Workbook> {
  const limits = options.limits ?? defaultLimits
  const zip = await openZip(path, limits)
  const book = await readBook(path, zip)
  const sheetNames = book.sheets.map((sheet) => sheet.name)
  const sheet = options.sheet === undefined
    ? (book.sheets.find((s) => !s.isHidden) ?? book.sheets[0]!)
    : book.sheets.find((s) => s.name === options.sheet)
  if (sheet === undefined) {
    throw refuse('files.noSuchSheet', { name: basename(path), sheet: clip(options.sheet ?? ''), sheets: sheetNames.map(clip) })
  }
  const part = zip.find(sheet.part)
  if (part === undefined) throw brokenPart(path, sheet.part)('missing')
  const shapes = await readShapes(path, zip, book.stylesPart)
  const texts = await readSharedTexts({ path, zip, part: book.sharedTextsPart, limits })
  const broken = brokenPart(path, part)

  async function* rows(onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow> {
    const reading = sheetReading({ shapes, texts, epoch: book.epoch, limits, name: basename(path), broken })
    const feed = xmlFeed(reading, broken)
    for await (const text of xmlText(counted(zip.read(part!), onBytes), broken)) {
      feed.write(text)
      yield* reading.take()
    }
    feed.end()
    if (!reading.isSheet()) throw broken('worksheet')
    yield* reading.take()
  }
  return { sheetNames, sheet: sheet.name, totalBytes: zip.bytesOf(part), rows }
}

async function* counted(chunks: AsyncGenerator<Uint8Array>, onBytes?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    onBytes?.(bytes)
    yield chunk
  }
}

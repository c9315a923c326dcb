import { strToU8, Zip, ZipDeflate } from 'fflate'
import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkWidth, type Cell, type Column, type Rows } from './cells.ts'
import { columnLetter, refuse } from './refusals.ts'
import { writeWhole, type Sink } from './write-file.ts'
import { cellXml, escapeXml, headerXml, shownWidth, stylesXml } from './xlsx-cells.ts'

type SheetTarget = { readonly name: string; readonly columns: readonly Column[]; readonly rows: Rows }

export type XlsxTarget = { readonly path: string; readonly sheets: readonly SheetTarget[] }

/**
 * Writes a workbook at constant memory, whole or not at all: one sheet after another, each with a bold frozen header and a filter.
 * Figures are numbers with their decimals as format (more than 15 digits, which Excel cannot hold, stay text), days are real dates,
 * text is never a formula. Gives the rows below the headers and the bytes. Refuses `files.tooManyRows` (1,048,576 a sheet),
 * `files.textTooLong` (32,767 characters a cell), `files.diskFull`, `files.cannotWrite`.
 */
export async function writeXlsx(target: XlsxTarget): Promise<{ rows: number; bytes: number }> {
  const name = basename(target.path)
  const names = sheetNames(target.sheets.map((sheet) => sheet.name))
  return writeWhole(target.path, async (sink) => {
    const zip = zipTo(sink)
    let rows = 0
    for (const [i, sheet] of target.sheets.entries()) {
      rows += await writeSheet({ part: zip.part(`xl/worksheets/sheet${i + 1}.xml`), sheet, name })
    }
    for (const [part, xml] of bookParts(names)) {
      const entry = zip.part(part)
      entry.text(xml)
      await entry.end()
    }
    await zip.end()
    return { rows, bytes: sink.bytes }
  })
}

type Part = { text(text: string): void; flush(): Promise<void>; end(): Promise<void> }

/** fflate makes the zip; what it has ready is handed to the disk before more is made. */
function zipTo(sink: Sink) {
  let ready: Uint8Array[] = []
  let failure: Error | undefined
  const zip = new Zip((error, data) => {
    if (error !== null) failure = error
    else ready.push(data)
  })
  const drain = async () => {
    if (failure !== undefined) throw failure
    const pieces = ready
    ready = []
    for (const piece of pieces) await sink.write(piece)
    await nextTurn()
  }
  return {
    part(name: string): Part {
      const entry = new ZipDeflate(name, { level: 3 })
      // A fixed time: the same rows give the same file.
      entry.mtime = '2000-01-01T00:00:00'
      zip.add(entry)
      return {
        text: (text) => entry.push(strToU8(text)),
        flush: drain,
        async end() {
          entry.push(new Uint8Array(0), true)
          await drain()
        },
      }
    },
    async end() {
      zip.end()
      await drain()
    },
  }
}

const lastSheetRow = 1_048_576

async function writeSheet(args: { part: Part; sheet: SheetTarget; name: string }): Promise<number> {
  const { part, sheet, name } = args
  const { columns } = sheet
  let row = 1
  let waiting: (readonly Cell[])[] | undefined = []
  let text = ''
  const add = (cells: readonly Cell[]) => {
    row++
    if (row > lastSheetRow) throw refuse('files.tooManyRows', { name, limit: lastSheetRow - 1 })
    text += `<row r="${row}">${cells.map((cell, i) => cellXml({ cell, column: i + 1, row, name })).join('')}</row>`
  }
  // The first rows are held back, as the widths of the columns stand before them in the file.
  const start = () => {
    text += sheetStart(columns, waiting ?? [])
    for (const cells of waiting ?? []) add(cells)
    waiting = undefined
  }
  for await (const cells of sheet.rows) {
    checkWidth(cells, columns)
    if (waiting === undefined) add(cells)
    else if (waiting.push(cells) === 200) start()
    if (text.length < 64 * 1024) continue
    part.text(text)
    text = ''
    await part.flush()
  }
  if (waiting !== undefined) start()
  part.text(`${text}</sheetData>${filterXml(columns.length, row)}</worksheet>`)
  await part.end()
  return row - 1
}

function filterXml(columns: number, lastRow: number): string {
  return columns === 0 ? '' : `<autoFilter ref="A1:${columnLetter(columns)}${lastRow}"/>`
}

function sheetStart(columns: readonly Column[], firstRows: readonly (readonly Cell[])[]): string {
  const widths = columns.map((column, i) => {
    const widest = Math.max(shownWidth({ kind: 'text', text: column.title }) + 3, ...firstRows.map((cells) => shownWidth(cells[i]!)))
    const width = column.width ?? Math.min(60, Math.max(8, widest + 2))
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`
  })
  return `${xmlHead}<worksheet xmlns="${mainSpace}"><sheetViews><sheetView workbookViewId="0">`
    + '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    + `${widths.length === 0 ? '' : `<cols>${widths.join('')}</cols>`}<sheetData>${headerXml(columns.map((column) => column.title))}`
}

/** Names as Excel takes them: at most 31 characters, none of []:*?/\, none twice, none empty. */
function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name, i) => {
    // eslint-disable-next-line no-control-regex -- controls are what a name must not hold
    const clean = name.replace(/[[\]:*?/\\\s\u0000-\u001f]+/g, ' ').replace(/^'+|'+$/g, '').trim().slice(0, 31) || `Sheet${i + 1}`
    let free = clean
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${clean.slice(0, 27)} ${n}`
    taken.add(free.toLowerCase())
    return free
  })
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const mainSpace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationSpace = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageSpace = 'http://schemas.openxmlformats.org/package/2006'
const typeStart = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function bookParts(names: readonly string[]): [string, string][] {
  const each = (make: (n: number, name: string) => string) => names.map((name, i) => make(i + 1, name)).join('')
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${relationSpace}/${type}" Target="${target}"/>`
  const relations = (inside: string) => `${xmlHead}<Relationships xmlns="${packageSpace}/relationships">${inside}</Relationships>`
  return [
    ['[Content_Types].xml', `${xmlHead}<Types xmlns="${packageSpace}/content-types">`
      + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
      + '<Default Extension="xml" ContentType="application/xml"/>'
      + `<Override PartName="/xl/workbook.xml" ContentType="${typeStart}.sheet.main+xml"/>`
      + `<Override PartName="/xl/styles.xml" ContentType="${typeStart}.styles+xml"/>`
      + `${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${typeStart}.worksheet+xml"/>`)}</Types>`],
    ['_rels/.rels', relations(relation(1, 'officeDocument', 'xl/workbook.xml'))],
    ['xl/workbook.xml', `${xmlHead}<workbook xmlns="${mainSpace}" xmlns:r="${relationSpace}"><sheets>`
      + `${each((n, name) => `<sheet name="${escapeXml(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', relations(
      each((n) => relation(n, 'worksheet', `worksheets/sheet${n}.xml`)) + relation(names.length + 1, 'styles', 'styles.xml'),
    )],
    ['xl/styles.xml', `${xmlHead}${stylesXml()}`],
  ]
}

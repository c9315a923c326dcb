import { checkedDay, checkedDecimal, checkedMoment, percentOf, type Cell } from './cells.ts'
import { columnLetter, refuse } from './refusals.ts'

/** Characters of one cell. Source: Excel specifications and limits. */
const mostChars = 32_767

/** Decimals that a format is made for; figures with more show this many and keep all. */
const mostDecimals = 8

// The styles, in the order in which cells refer to them: 0 general, 1 header, 2 text, 3 day, 4 moment, then figures by decimals.
const fixedStyles = 5
const figureKinds = ['number', 'money', 'rate'] as const
type FigureKind = (typeof figureKinds)[number]

function figureStyle(kind: FigureKind, decimals: number): number {
  return fixedStyles + figureKinds.indexOf(kind) * (mostDecimals + 1) + Math.min(decimals, mostDecimals)
}

function figureFormat(kind: FigureKind, decimals: number): string {
  const tail = decimals === 0 ? '' : `.${'0'.repeat(decimals)}`
  return kind === 'money' ? `#,##0${tail}` : kind === 'rate' ? `0${tail}%` : `0${tail}`
}

/** The style part: one format for each kind of figure and number of decimals, and the fixed ones. */
export function stylesXml(): string {
  const figures = figureKinds.flatMap((kind) => Array.from({ length: mostDecimals + 1 }, (_, decimals) => figureFormat(kind, decimals)))
  const formats = ['yyyy\\-mm\\-dd', 'yyyy\\-mm\\-dd\\ hh:mm:ss', ...figures]
  const own = formats.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escapeXml(code)}"/>`).join('')
  const style = (format: number, font: number) =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`
  const styles = [style(0, 0), style(49, 1), style(49, 0), ...formats.map((_, i) => style(164 + i, 0))]
  return '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    + `<numFmts count="${formats.length}">${own}</numFmts>`
    + '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    + '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    + `<cellXfs count="${styles.length}">${styles.join('')}</cellXfs>`
    + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
}

/** The header row. */
export function headerXml(titles: readonly string[]): string {
  return `<row r="1">${titles.map((title, i) => textXml(`${columnLetter(i + 1)}1`, title, 1)).join('')}</row>`
}

/** One cell as the sheet holds it; '' for an empty one. Refuses `files.textTooLong`. */
export function cellXml(args: { cell: Cell; column: number; row: number; name: string }): string {
  const { cell, row } = args
  const place = `${columnLetter(args.column)}${row}`
  switch (cell.kind) {
    case 'text':
      if (cell.text.length > mostChars) {
        throw refuse('files.textTooLong', { name: args.name, row, column: columnLetter(args.column), limit: mostChars })
      }
      return cell.text === '' ? '' : textXml(place, cell.text, 2)
    case 'number':
    case 'money':
    case 'rate':
      return figureXml(place, cell.kind, checkedDecimal(cell.number))
    case 'day':
      return momentXml({ place, day: checkedDay(cell.day), clock: '00:00:00', style: 3 })
    case 'moment':
      return momentXml({ place, day: checkedMoment(cell.moment).slice(0, 10), clock: cell.moment.slice(11), style: 4 })
    case 'empty':
      return ''
  }
}

/** Text in the cell itself: shared texts would have to be held in memory until the end. */
function textXml(place: string, text: string, style: number): string {
  // Only blanks at the ends or line breaks would be lost without the mark.
  const space = /^\s|\s$|[\n\t]|  /.test(text) ? ' xml:space="preserve"' : ''
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t${space}>${escapeXml(text)}</t></is></c>`
}

/** Excel holds 15 digits. A longer figure would be changed silently, so it stays the text it is. */
function figureXml(place: string, kind: FigureKind, number: string): string {
  const digits = number.replace(/[-.]/g, '').replace(/^0+/, '')
  if (digits.length > 15) return textXml(place, number, 2)
  const decimals = (number.split('.')[1] ?? '').length
  const shown = kind === 'rate' ? (percentOf(number).split('.')[1] ?? '').length : decimals
  return `<c r="${place}" s="${figureStyle(kind, shown)}"><v>${number}</v></c>`
}

/** Days are numbers since 1899-12-30. Before March 1900 Excel's calendar is off by one, so those stay text. */
function momentXml(args: { place: string; day: string; clock: string; style: number }): string {
  const midnight = Date.parse(`${args.day}T00:00:00Z`)
  const serial = (midnight - Date.UTC(1899, 11, 30)) / 86_400_000
  // The parser of the language takes 30 February for 2 March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(args.day)) throw new Error(`no such day: ${args.day}`)
  if (serial < 61) return textXml(args.place, args.style === 3 ? args.day : `${args.day} ${args.clock}`, 2)
  const [hours = 0, minutes = 0, seconds = 0] = args.clock.split(':').map(Number)
  return `<c r="${args.place}" s="${args.style}"><v>${serial + (hours * 3600 + minutes * 60 + seconds) / 86_400}</v></c>`
}

/** How many characters a cell takes on the screen; ideographs take two. */
export function shownWidth(cell: Cell): number {
  if (cell.kind === 'empty') return 0
  if (cell.kind === 'day') return 10
  if (cell.kind === 'moment') return 19
  if (cell.kind !== 'text') return Math.ceil(cell.number.length * (cell.kind === 'money' ? 4 / 3 : 1))
  let width = 0
  for (const char of cell.text.slice(0, 60)) width += char > '\u2e7f' ? 2 : 1
  return width
}

const xmlEntities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for XML. Characters that XML cannot hold are spelt `_x0007_` as the format says, and what looks like such a spelling is guarded. */
export function escapeXml(text: string): string {
  // eslint-disable-next-line no-control-regex -- controls are what XML cannot hold
  if (!/[&<>"_\u0000-\u001f\ud800-\udfff\ufffe\uffff]/.test(text)) return text
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    // eslint-disable-next-line no-control-regex -- the same
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (char) => xmlEntities[char]!)
}

import type { Content } from 'pdfmake/interfaces.js'
import { barcodeSvg, symbologyOf } from './barcode.ts'
import type { Sheet } from './paper.ts'
import { LINE, clipped, lineCount, pt } from './type-area.ts'

type Label = Sheet['labels'][number]

/** Of a label's height the bars take this at most, a QR code's square that; the text has the rest. */
const BARS_PART = 0.46
const QR_PART = 0.62
const GAP = 3
/** What fills a page to its last point is pushed over to the next one by rounding. */
const SPARE = 1

/** One page for each label: its lines from the top, the bars at the foot or the QR code beside them. Equal labels are drawn once. */
export function labelPages(sheet: Sheet): Content[] {
  const drawings = new Map<Label, Content>()
  return sheet.labels.map((label, i): Content => {
    const drawing = drawings.get(label) ?? drawn(sheet, label)
    drawings.set(label, drawing)
    // pdfmake writes into what it lays out, so that each page has nodes of its own.
    const page = structuredClone(drawing) as object
    return (i === 0 ? page : { ...page, pageBreak: 'before' }) as Content
  })
}

function drawn(sheet: Sheet, { lines, code }: Label): Content {
  const { margins, font_pt: size } = sheet
  const width = pt(sheet.width_mm - margins.left_mm - margins.right_mm)
  const height = pt(sheet.height_mm - margins.top_mm - margins.bottom_mm)
  const isBare = sheet.barcode === 'none' || code === ''
  const isQr = !isBare && symbologyOf(code, sheet.barcode === 'qr' ? 'qr' : 'bars') === 'qrcode'
  if (isBare || !isQr) {
    const room = Math.max(1, Math.floor((isBare ? height : height * (1 - BARS_PART) - GAP) / (size * LINE)))
    const text = fitted(lines, { size, width, room })
    if (isBare) return { stack: text.texts }
    const rest = height - text.lines * size * LINE - GAP - SPARE
    const bars_height = Math.min(height * BARS_PART, rest)
    const svg = barcodeSvg(code, { wish: 'bars', room: { width, height: bars_height } })
    return { stack: [...text.texts, { svg, fit: [width, bars_height], alignment: 'center', margin: [0, GAP + rest - bars_height, 0, 0] }] }
  }
  const side = Math.min(height * QR_PART, width * 0.5)
  const svg = barcodeSvg(code, { wish: 'qr', room: { width: side, height: side } })
  const { texts } = fitted(lines, { size, width: width - side - GAP, room: Math.max(1, Math.floor(height / (size * LINE))) })
  return { columns: [{ width: '*', stack: texts }, { width: side, svg, fit: [side, side] }], columnGap: GAP }
}

/** As many lines as there is room for; the first (the name) may take a second one, the others are cut to one. */
function fitted(lines: readonly string[], { size, width, room }: { size: number; width: number; room: number }): { texts: Content[]; lines: number } {
  const spare = room > lines.length ? 2 : 1
  const texts = lines.slice(0, room).map((text, i) => clipped(text, { size, width, lines: i === 0 ? spare : 1 }))
  const first = texts[0] === undefined ? 0 : Math.min(spare, lineCount(texts[0], { size, width }))
  return { texts: texts.map((text, i): Content => ({ text, bold: i === 0 })), lines: first + Math.max(0, texts.length - 1) }
}

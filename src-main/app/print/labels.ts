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

/** One page for each label, or sheets full of them: its lines from the top, the bars at the foot or the QR code beside them. Equal labels are drawn once. */
export function labelPages(sheet: Sheet): Content[] {
  const drawings = new Map<Label, Content>()
  const fresh = (label: Label): Content => {
    const drawing = drawings.get(label) ?? drawn(sheet, label)
    drawings.set(label, drawing)
    // pdfmake writes into what it lays out, so that each place has nodes of its own.
    return structuredClone(drawing)
  }
  const pages = sheet.label_sheet ? sheetsOf(sheet, { on: sheet.label_sheet, fresh }) : sheet.labels.map(fresh)
  return pages.map((page, i) => (i === 0 ? page : { ...(page as object), pageBreak: 'before' }) as Content)
}

/** Labels along the rows of sheets, each at its own place: nothing that one holds moves another. */
function sheetsOf({ labels, width_mm, height_mm, margins }: Sheet, { on, fresh }: { on: NonNullable<Sheet['label_sheet']>; fresh: (label: Label) => Content }): Content[] {
  const places = on.columns * on.rows
  const before = on.start_at - 1
  const inner = pt(width_mm - margins.left_mm - margins.right_mm)
  return Array.from({ length: Math.ceil((before + labels.length) / places) }, (_sheet, s): Content => ({
    stack: labels.flatMap((label, i): Content[] => {
      const place = before + i - s * places
      if (place < 0 || place >= places) return []
      const x = pt(on.left_mm + (place % on.columns) * (width_mm + on.gap_x_mm) + margins.left_mm)
      const y = pt(on.top_mm + Math.floor(place / on.columns) * (height_mm + on.gap_y_mm) + margins.top_mm)
      return [{ absolutePosition: { x, y }, table: { widths: [inner], body: [[fresh(label)]] }, layout: BARE }]
    }),
  }))
}

const BARE = { hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: () => 0, paddingRight: () => 0, paddingTop: () => 0, paddingBottom: () => 0 }

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

/** As many lines as there is room for: each may be set on several while there is room for those that follow. */
function fitted(lines: readonly string[], { size, width, room }: { size: number; width: number; room: number }): { texts: Content[]; lines: number } {
  let left = room
  const texts = lines.slice(0, room).map((text, i, all): Content => {
    const most = Math.max(1, left - (all.length - 1 - i))
    const cut = clipped(text, { size, width, lines: most })
    left -= Math.min(most, lineCount(cut, { size, width }))
    return { text: cut, bold: i === 0 }
  })
  return { texts, lines: room - left }
}

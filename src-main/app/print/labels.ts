import type { Content } from 'pdfmake/interfaces.js'
import { barcodeSvg } from './barcode.ts'
import type { Sheet } from './paper.ts'
import { LINE, clipped, pt } from './type-area.ts'

/** One page for each label: its lines from the top, the bars in what is left at the foot. */
export function labelPages(sheet: Sheet): Content[] {
  const { margins, font_pt: size } = sheet
  const width = pt(sheet.width_mm - margins.left_mm - margins.right_mm)
  const height = pt(sheet.height_mm - margins.top_mm - margins.bottom_mm)
  return sheet.labels.map(({ lines, code }, i): Content => {
    const isQr = sheet.barcode === 'qr'
    const code_height = sheet.barcode === 'none' || code === '' ? 0 : isQr ? Math.min(width, height) * 0.5 : height * 0.36
    const text_width = isQr && code_height > 0 ? width - code_height - 4 : width
    // Beside a QR code all of the height is the text's; above bars, what they leave.
    const room = Math.max(1, Math.floor((isQr ? height : height - code_height - 2) / (size * LINE)))
    const svg = code_height === 0 ? null : barcodeSvg(code, isQr ? 'qr' : 'bars')
    const text = fitted(lines, { size, width: text_width, room }).map(({ text: t, is_first }): Content => ({ text: t, bold: is_first }))
    const picture: Content[] = svg === null ? [] : [{ svg, fit: isQr ? [code_height, code_height] : [width, code_height], alignment: 'center' }]
    const page: Content = isQr
      ? { columns: [{ width: '*', stack: text }, { width: code_height, stack: picture }], columnGap: 4 }
      : { stack: [...text, ...picture.map((p): Content => ({ ...(p as object), relativePosition: undefined, margin: [0, 2, 0, 0] }) as Content)] }
    return i === 0 ? page : { ...(page as object), pageBreak: 'before' } as Content
  })
}

/** As many lines as there is room for; the first (the name) may take two, the others one. */
function fitted(lines: readonly string[], { size, width, room }: { size: number; width: number; room: number }): { text: string; is_first: boolean }[] {
  const spare = room - lines.length
  return lines.slice(0, room).map((text, i) => ({ text: clipped(text, { size, width, lines: i === 0 && spare > 0 ? 2 : 1 }), is_first: i === 0 }))
}

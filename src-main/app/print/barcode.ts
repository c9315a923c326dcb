import { toSVG } from 'bwip-js/node'

/** Does the last digit check the others, as EAN and UPC want it? */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, d, i) => total + Number(d) * (i % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}

const EAN: Readonly<Record<number, string>> = { 8: 'ean8', 12: 'upca', 13: 'ean13' }

/** The kind of bars for a code: EAN or UPC where it is one, Code 128 for other signs of ASCII, and QR for all the rest. */
export function symbologyOf(code: string, wish: 'bars' | 'qr'): string {
  if (wish === 'qr' || !/^[\x20-\x7e]{1,48}$/.test(code)) return 'qrcode'
  const ean = /^\d+$/.test(code) ? EAN[code.length] : undefined
  return ean !== undefined && hasCheckDigit(code) ? ean : 'code128'
}

const drawn = (bcid: string, { code, height_mm }: { code: string; height_mm: number }): string =>
  toSVG(bcid === 'qrcode' ? { bcid, text: code } : { bcid, text: code, height: height_mm, includetext: true, textsize: 9, paddingwidth: 2 })

/** Width to height of a drawing. */
function shapeOf(svg: string): { width: number; height: number } {
  const [, width, height] = /viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"/.exec(svg) ?? []
  return { width: Number(width), height: Number(height) }
}

const [LOW_MM, HIGH_MM] = [4, 24]

/** The bars of a code as SVG with the code in figures below, as tall as fills a room of this shape; a QR code is a square. */
export function barcodeSvg(code: string, { wish, room }: { wish: 'bars' | 'qr'; room: { readonly width: number; readonly height: number } }): string {
  const bcid = symbologyOf(code, wish)
  const low = drawn(bcid, { code, height_mm: LOW_MM })
  if (bcid === 'qrcode') return low
  const [a, b] = [shapeOf(low), shapeOf(drawn(bcid, { code, height_mm: HIGH_MM }))]
  // Height grows evenly with that of the bars, above a part for the figures.
  const wanted = (a.width * room.height) / room.width
  const height_mm = LOW_MM + ((wanted - a.height) / (b.height - a.height)) * (HIGH_MM - LOW_MM)
  return drawn(bcid, { code, height_mm: Math.min(HIGH_MM, Math.max(LOW_MM, height_mm)) })
}

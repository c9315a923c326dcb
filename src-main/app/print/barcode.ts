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

/** The bars of a code as SVG, with the code in figures below. */
export function barcodeSvg(code: string, wish: 'bars' | 'qr'): string {
  const bcid = symbologyOf(code, wish)
  return toSVG(bcid === 'qrcode' ? { bcid, text: code } : { bcid, text: code, height: 11, includetext: true, textsize: 9 })
}

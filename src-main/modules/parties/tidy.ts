import { tidyTaxNo } from './party.ts'

// Pure: values as they should be written. What tidying cannot read is left as it stands, so nothing is lost.

/** 转 801, ext. 801: an extension stays behind the number. */
const EXTENSION = /(?:转|分机|ext\.?|x|#)\s*(\d{1,6})$/i

/** Full-width signs, blanks, brackets and points go; a mobile loses its country code, a landline is parted from its area code by a hyphen. */
function tidyPhone(phone: string): string {
  const plain = phone.normalize('NFKC').trim()
  const extension = EXTENSION.exec(plain)?.[1]
  const bare = plain.replace(EXTENSION, '').replaceAll(/[\s()\-–—.·_/]/g, '')
  if (!/^\+?\d{5,15}$/.test(bare)) return phone.trim()
  const inland = bare.replace(/^(?:\+|00)?86(?=1\d{10}$|0\d{9,11}$)/, '')
  const area = /^0(?:10|2\d|[3-9]\d{2})(?=\d{7,8}$)/.exec(inland)?.[0]
  const number = area === undefined ? inland : `${area}-${inland.slice(area.length)}`
  return extension === undefined ? number : `${number} 转 ${extension}`
}

/** Full-width signs and blanks go, a Chinese full stop is a point; capitals in the host mean nothing. */
function tidyEmail(email: string): string {
  const bare = email.normalize('NFKC').replaceAll(/[\s<>;,，；]/g, '').replaceAll('。', '.')
  const at = bare.lastIndexOf('@')
  return at < 0 ? email.trim() : `${bare.slice(0, at)}@${bare.slice(at + 1).toLowerCase()}`
}

/** A value of a field as it should be written. */
export function tidied(field: 'phone' | 'email' | 'tax_no' | 'region', value: string): string | null {
  if (field === 'phone') return tidyPhone(value)
  if (field === 'email') return tidyEmail(value)
  if (field === 'tax_no') return tidyTaxNo(value.replaceAll(/[-–—.·]/g, ''))
  const bare = value.normalize('NFKC').replaceAll(/\s+/g, ' ').trim()
  return bare === '' ? null : bare
}

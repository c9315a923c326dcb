/**
 * An id for one intent of the user: UUIDv7-shaped, made once and sent again when the same intent is repeated after a broken line,
 * so that nothing is ever done twice.
 */
export function newCommandId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const random = crypto.getRandomValues(new Uint8Array(10))
  const digits = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = '89ab'[random[2]! & 3]!
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits.slice(0, 3)}-${variant}${digits.slice(5, 8)}-${digits.slice(8, 20)}`
}

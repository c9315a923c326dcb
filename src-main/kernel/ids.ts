/**
 * Ids are UUIDv7-shaped text and derived from (commandId, counter), so that the same command run again
 * on another desk makes the same rows (house rule). Layout of the 74 free bits after the 48-bit time:
 * 12 + 14 bits of counter (67 million rows a command, in creation order), then 48 bits hashed from the commandId.
 */
const COUNTER_LIMIT = 2 ** 26

const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0')

/** FNV-1a in two 32-bit lanes with a final mix; not for secrets, only to spread commandIds over 48 bits. */
function hash48(text: string): string {
  let a = 0x811c9dc5
  let b = 0x1000193 ^ text.length
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    a = Math.imul(a ^ c, 0x01000193)
    b = Math.imul(b ^ c, 0x85ebca6b) ^ (b >>> 13)
  }
  a = Math.imul(a ^ (a >>> 16), 0xc2b2ae35)
  b = Math.imul(b ^ (b >>> 15), 0x27d4eb2f)
  return hex((a ^ (a >>> 13)) >>> 0, 8) + hex((b >>> 0) & 0xffff, 4)
}

/**
 * A source of ids for one command. `now` is the command's instant (UTC ms).
 * Throws when one command asks for more than 67,108,864 ids.
 */
export function idSource({ commandId, now }: { commandId: string; now: number }): () => string {
  const time = hex(now, 12)
  const tail = hash48(commandId)
  const head = `${time.slice(0, 8)}-${time.slice(8)}-7`
  let counter = 0
  return () => {
    if (counter >= COUNTER_LIMIT) throw new Error('one command may make 67,108,864 ids at most')
    const n = counter++
    const low = n & 0x3fff
    return `${head}${hex(n >>> 14, 3)}-${hex(0x8000 | low, 4)}-${tail}`
  }
}

/** The form every id has; contracts check ids with it. */
export const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

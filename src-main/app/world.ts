import { appendFileSync, mkdirSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID, randomBytes } from 'node:crypto'

/** The name of this PC as the audit shows it. */
export const deskName = (): string => hostname() || 'desk'

/** Where a company on a server keeps its staging files and log on this PC. */
export const scratchFolder = (): string => join(process.env['ZHANGGUI_HOME'] ?? tmpdir(), 'zhanggui-scratch')

/** The calendar day of an instant in this PC's time zone, YYYY-MM-DD. */
export function localDay(now: number): string {
  const d = new Date(now)
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`
}

/** A new commandId: UUIDv7. */
export function newCommandId(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0')
  const random = randomBytes(10)
  random[0] = (random[0]! & 0x0f) | 0x70
  random[2] = (random[2]! & 0x3f) | 0x80
  const hex = random.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8, 20)}`
}

/** Appends a defect to the log of the company; gives the incident number that the user sees. Never throws. */
export function defectLog(folder: string): (error: unknown, where: string) => string {
  return (error, where) => {
    const incident = randomUUID().slice(0, 8)
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    try {
      mkdirSync(folder, { recursive: true })
      appendFileSync(join(folder, 'defects.log'), `${JSON.stringify({ at: new Date().toISOString(), incident, where, error: text })}\n`)
    } catch {
      process.stderr.write(`incident ${incident} in ${where}: ${text}\n`)
    }
    return incident
  }
}

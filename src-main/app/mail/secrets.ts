import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { homeFolder, readRemembered, remember } from '../home.ts'

// Secrets of companies, on the PC that needs them: in a file that only its user may read, never in the company file, its backups or its audit.

const fileOf = (): string => join(homeFolder(), 'secrets.json')
/** A company by where it lies; addresses of servers hold passwords themselves and are not written down. */
const keyOf = (data: string, name: string): string => `${createHash('sha256').update(data).digest('hex').slice(0, 32)} ${name}`

const readAll = (): Record<string, string> => (readRemembered(fileOf()) as Record<string, string> | undefined) ?? {}

/** Keeps or replaces it. */
export const keepSecret = (data: string, { name, secret }: { name: string; secret: string }): void => remember(fileOf(), { ...readAll(), [keyOf(data, name)]: secret })

/** Undefined where this PC was never told. */
export const secretOf = (data: string, name: string): string | undefined => readAll()[keyOf(data, name)]

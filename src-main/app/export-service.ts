import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { day } from '../kernel/contract.ts'
import { Refusal } from '../kernel/refusal.ts'
import { exportJournal } from './export-journal.ts'
import { refusal } from './transports/answers.ts'
import { textsOf } from './texts.ts'
import type { ExportService, Paper } from './transports/papers.ts'
import { malformed } from './transports/wire.ts'

const FORMATS = {
  csv: { tail: 'csv', mime: 'text/csv; charset=utf-8' },
  xlsx: { tail: 'xlsx', mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  hledger: { tail: 'journal', mime: 'text/plain; charset=utf-8' },
} as const

const journalForm = z.object({ from: day().optional(), to: day().optional() })
const isFormat = (format: string): format is keyof typeof FORMATS => Object.hasOwn(FORMATS, format)

/** Exports the journal as a file: written beside, then streamed and removed. Rights are checked by the query behind it. */
export const exportFile: ExportService = async ({ name, input, format, language }, { office, caller, currency }): Promise<Paper> => {
  if (name !== 'journal') return refusal('platform.exportUnknown', { what: name })
  if (!isFormat(format)) return refusal('platform.exportFormatUnknown', { format })
  const range = journalForm.safeParse(input)
  if (!range.success) return malformed(range.error)
  const { tail, mime } = FORMATS[format]
  const out = join(tmpdir(), `zhanggui-${randomUUID()}.${tail}`)
  try {
    await exportJournal({ office, caller, format, out, locale: language, currency, ...range.data })
  } catch (error) {
    await rm(out, { force: true })
    if (error instanceof Refusal) return refusal(error.code, error.details)
    throw error
  }
  const file = createReadStream(out)
  file.once('close', () => void rm(out, { force: true }))
  const days = [range.data.from, range.data.to].filter((d) => d !== undefined).join('_')
  const title = textsOf(language, 'host')('export.journal')
  const file_name = `${title}${days ? ` ${days}` : ''}.${tail}`
  return { ok: true, body: Readable.toWeb(file) as ReadableStream<Uint8Array>, file_name, mime }
}

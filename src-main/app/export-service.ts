import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { day } from '../kernel/contract.ts'
import { Invalid, Refusal } from '../kernel/refusal.ts'
import { exportJournal } from './export-journal.ts'
import { exportList, listForm } from './export-list.ts'
import { statementFile } from './export-statement.ts'
import { wholeRegistry } from './modules.ts'
import type { Registry } from './registry.ts'
import { refusal } from './transports/answers.ts'
import { textsOf } from './texts.ts'
import type { ExportRequest, ExportService, Paper } from './transports/papers.ts'
import { malformed } from './transports/wire.ts'

const FORMATS = {
  csv: { tail: 'csv', mime: 'text/csv; charset=utf-8' },
  xlsx: { tail: 'xlsx', mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  hledger: { tail: 'journal', mime: 'text/plain; charset=utf-8' },
} as const

type Behind = Parameters<ExportService>[1]
type Format = keyof typeof FORMATS
/** What is written, and under which name it is saved. */
type Written = { readonly title: string; write(out: string): Promise<unknown> }

const journalForm = z.object({ from: day().optional(), to: day().optional() })
const isFormat = (format: string): format is Format => Object.hasOwn(FORMATS, format)

let registry: Registry | undefined
const known = (): Registry => (registry ??= wholeRegistry())

/** Exports a list or the journal as a file: written beside, then streamed and removed. Rights are checked by the query behind it. */
export const exportFile: ExportService = async (request, behind): Promise<Paper> => {
  const { format } = request
  if (!isFormat(format)) return refusal('platform.exportFormatUnknown', { format })
  const { tail, mime } = FORMATS[format]
  const out = join(tmpdir(), `zhanggui-${randomUUID()}.${tail}`)
  let written: Written | Extract<Paper, { ok: false }>
  try {
    written = await (request.name === 'journal' ? journal : request.name === 'sales.statement' ? statement : list)(request, format, behind)
    if ('ok' in written) return written
    await written.write(out)
  } catch (error) {
    await rm(out, { force: true })
    if (error instanceof Refusal) return refusal(error.code, error.details)
    if (error instanceof Invalid) return { ok: false, kind: 'invalid', code: error.code, details: { problems: error.problems } }
    throw error
  }
  const file = createReadStream(out)
  file.once('close', () => void rm(out, { force: true }))
  return { ok: true, body: Readable.toWeb(file) as ReadableStream<Uint8Array>, file_name: `${written.title}.${tail}`, mime }
}

function journal({ input, language }: ExportRequest, format: Format, { office, caller, currency }: Behind): Written | Extract<Paper, { ok: false }> {
  const range = journalForm.safeParse(input)
  if (!range.success) return malformed(range.error)
  const days = [range.data.from, range.data.to].filter((d) => d !== undefined).join('_')
  const title = textsOf(language, 'host')('export.journal')
  return {
    title: `${title}${days ? ` ${days}` : ''}`,
    write: (out) => exportJournal({ office, caller, format, out, locale: language, currency, ...range.data }),
  }
}

async function statement({ input, language }: ExportRequest, format: Format, { office, caller, currency }: Behind): Promise<Written | Extract<Paper, { ok: false }>> {
  if (format === 'hledger') return refusal('platform.exportFormatUnknown', { format })
  const { title, write } = await statementFile({ office, caller, input, locale: language, currency })
  return { title: saved(title), write: (out) => write({ format, out }) }
}

const saved = (title: string): string => title.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')

function list({ name, input, form }: ExportRequest, format: Format, { office, caller, currency }: Behind): Written | Extract<Paper, { ok: false }> {
  if (format === 'hledger') return refusal('platform.exportFormatUnknown', { format })
  if (!known().queries.has(name)) return refusal('platform.exportUnknown', { what: name })
  const wanted = listForm.safeParse(form ?? {})
  if (!wanted.success) return malformed(wanted.error)
  const filter = z.record(z.string(), z.unknown()).safeParse(input)
  if (!filter.success) return malformed(filter.error)
  return {
    title: saved(wanted.data.title),
    write: (out) => exportList({ office, caller, registry: known(), name, input: filter.data, form: wanted.data, format, out, currency }),
  }
}

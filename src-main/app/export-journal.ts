import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { OutputOf } from '../kernel/contract.ts'
import { currencyOf, minorToDecimal } from '../kernel/money.ts'
import { Invalid, Refusal } from '../kernel/refusal.ts'
import type { Cell, Column } from '../files/cells.ts'
import { writeCsv } from '../files/write-csv.ts'
import { writeXlsx } from '../files/write-xlsx.ts'
import type { journalExport } from '../modules/accounting/contract.ts'
import { textsOf } from './describe.ts'
import type { Caller, Office } from './office-types.ts'

type Page = OutputOf<typeof journalExport>
type Entry = Page['rows'][number]
type Locale = 'zh-CN' | 'en'
export type JournalTarget = {
  readonly office: Pick<Office, 'ask'>
  readonly caller: Caller
  readonly format: string
  readonly out: string
  readonly locale: Locale
  readonly currency: string
  readonly from?: string
  readonly to?: string
}

/** The whole journal (序时账), entry by entry in order of day; read page by page so that a long one needs little memory. */
async function* entriesOf({ office, caller, from, to, locale }: JournalTarget): AsyncGenerator<Entry> {
  let after: Page['after'] | undefined
  while (after !== null) {
    const input = { locale, limit: 2000, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(after ? { after } : {}) }
    const answer = await office.ask({ name: 'accounting.journalExport', input }, caller)
    if (!answer.ok && answer.kind === 'invalid') throw new Invalid(answer.code, answer.details.problems)
    if (!answer.ok) throw new Refusal(answer.code, answer.details as Record<string, unknown>)
    const page = answer.output as Page
    yield* page.rows
    after = page.after
  }
}

const FIELDS = ['day', 'voucher', 'line', 'summary', 'account_code', 'account_name', 'party', 'debit', 'credit', 'source', 'posted_by'] as const

async function* rowsOf(target: JournalTarget): AsyncGenerator<Cell[]> {
  const { digits } = currencyOf(target.currency)
  const text = (value: string | null): Cell => (value ? { kind: 'text', text: value } : { kind: 'empty' })
  const money = (minor: number): Cell => (minor === 0 ? { kind: 'empty' } : { kind: 'money', number: minorToDecimal(minor, digits) })
  for await (const entry of entriesOf(target)) {
    for (const l of entry.lines) {
      yield [
        { kind: 'day', day: entry.day },
        text(`${entry.word}-${entry.number}`),
        { kind: 'number', number: String(l.line_no) },
        text(l.summary ?? entry.summary),
        text(l.account_code),
        text(l.account_name),
        text(l.party_name),
        money(l.debit_minor),
        money(l.credit_minor),
        text(entry.source_number),
        text(entry.posted_by_name),
      ]
    }
  }
}

/** Writes the journal as csv, xlsx or hledger; gives the number of rows (lines, or for hledger entries) written. */
export async function exportJournal(target: JournalTarget): Promise<{ rows: number; file: string }> {
  const texts = textsOf(target.locale, 'export')
  const columns: Column[] = FIELDS.map((f) => ({ title: texts[`export.journal.${f}`] ?? f }))
  if (target.format === 'csv') return { rows: (await writeCsv({ path: target.out, columns, rows: rowsOf(target) })).rows, file: target.out }
  if (target.format === 'xlsx') {
    const name = texts['export.journal.sheet'] ?? 'Journal'
    return { rows: (await writeXlsx({ path: target.out, sheets: [{ name, columns, rows: rowsOf(target) }] })).rows, file: target.out }
  }
  if (target.format === 'hledger') return { rows: await writeHledger(target), file: target.out }
  throw new Refusal('platform.exportFormatUnknown', { format: target.format })
}

/**
 * The journal in hledger's format (hledger.org, "journal format"): one transaction an entry, accounts by their full path,
 * amounts with the currency's code, every commodity and account declared so that `hledger check --strict` has its say.
 */
async function writeHledger(target: JournalTarget): Promise<number> {
  const { digits } = currencyOf(target.currency)
  const draft = `${target.out}.part`
  const stream = createWriteStream(draft, 'utf8')
  const write = async (text: string): Promise<void> => {
    if (!stream.write(text)) await once(stream, 'drain')
  }
  const declared = new Set<string>()
  const zeros = digits === 0 ? '1000.' : `1000.${'0'.repeat(digits)}`
  await write(`commodity ${zeros} ${target.currency}\n\n`)
  let entries = 0
  for await (const entry of entriesOf(target)) {
    for (const l of entry.lines) {
      const path = hledgerAccount(l.account_path)
      if (!declared.has(path)) await write(`account ${path}\n`)
      declared.add(path)
    }
    const lines = entry.lines.map((l) => {
      const amount = minorToDecimal(l.debit_minor - l.credit_minor, digits)
      return `    ${hledgerAccount(l.account_path)}  ${amount} ${target.currency}${l.party_name ? `  ; ${oneLine(l.party_name)}` : ''}\n`
    })
    await write(`\n${entry.day} * (${entry.word}-${entry.number}) ${oneLine(entry.summary)}${entry.source_number ? `  ; ${oneLine(entry.source_number)}` : ''}\n${lines.join('')}`)
    entries++
  }
  stream.end()
  await finished(stream)
  await rename(draft, target.out)
  return entries
}

/** hledger ends an account's name at two spaces and begins a comment at a semicolon. */
const hledgerAccount = (path: string): string => oneLine(path)
const oneLine = (text: string): string => text.replaceAll(/[;\r\n\t|]/g, ',').replaceAll(/ {2,}/g, ' ').trim()

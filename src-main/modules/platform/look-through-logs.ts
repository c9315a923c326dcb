import type { LongCtx, QueryCtx } from '../../kernel/operation.ts'
import type { SqlValue } from '../../storage/db.ts'

// Where in the change log and the audit somebody is told of. The logs grow for ever, so they are read through in portions before anything is
// locked; rows in them never change but by an erasure, and those go one after the other: what was read stays true, and the end is read afterwards.

/** What is looked for: `marks` anywhere, `records` (ids of rows that go) in what commands were told. */
export type Wanted = { readonly marks: readonly string[]; readonly records: readonly string[] }

type Logs = { readonly change: number; readonly audit: number }

/** Numbers of log rows, and how far the logs were read for what. */
export type Places = { readonly wanted: Wanted; readonly through: Logs; readonly changes: readonly number[]; readonly entries: readonly number[]; readonly about: readonly number[] }

type Read = <T>(work: (ctx: Pick<QueryCtx, 'db'>) => Promise<T>) => Promise<T>

/** Rows a portion: some tens of milliseconds in which nobody else is answered. */
const PORTION = 5_000
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const isId = (mark: string): boolean => mark.replace(ID, '') === '' && mark !== ''

/** Tells whether a text, plain or JSON, holds one of the marks, in whatever case. */
export function seeker(marks: readonly string[]): (text: string) => boolean {
  const ids = new Set(marks.filter(isId))
  const words = marks.filter((m) => !ids.has(m)).map((m) => escaped(JSON.stringify(m).slice(1, -1).toLowerCase()))
  const word = words.length === 0 ? undefined : new RegExp(words.join('|'))
  return (text) => {
    const lower = text.toLowerCase()
    return (ids.size > 0 && (lower.match(ID) ?? []).some((id) => ids.has(id))) || (word?.test(lower) ?? false)
  }
}

/** The rows of both logs that hold what is wanted, after `from` and up to where they end now. */
export async function lookThroughLogs(read: Read, { wanted, from = { change: 0, audit: 0 }, through, breathe }: { wanted: Wanted; from?: Logs; through: Logs; breathe?: LongCtx['breathe'] }): Promise<Places> {
  const total = through.change - from.change + through.audit - from.audit
  const [holds, names] = [seeker(wanted.marks), seeker(wanted.records)]
  const [changes, entries, about]: [number[], number[], number[]] = [[], [], []]
  for (let at = from.change; at < through.change; at += PORTION) {
    const rows = await read(({ db }) => db.all<{ seq: number; pk: string; before: string | null }>('select seq, pk, before from platform_change where seq > ? and seq <= ? order by seq', upTo(at, through.change)))
    for (const { seq, pk, before } of rows) if (holds(pk) || (before !== null && holds(before))) changes.push(seq)
    await breathe?.(at - from.change, total)
  }
  for (let at = from.audit; at < through.audit; at += PORTION) {
    const rows = await read(({ db }) => db.all<{ seq: number; input: string; answer: string }>('select seq, input, answer from platform_audit where seq > ? and seq <= ? order by seq', upTo(at, through.audit)))
    for (const { seq, input, answer } of rows) {
      const isAbout = names(input)
      if (isAbout) about.push(seq)
      if (isAbout || holds(input) || holds(answer)) entries.push(seq)
    }
    await breathe?.(through.change - from.change + at - from.audit, total)
  }
  return { wanted, through, changes, entries, about }
}

const upTo = (at: number, end: number): SqlValue[] => [at, Math.min(at + PORTION, end)]

/** Where the logs end now. */
export const endOfLogs = async ({ db }: Pick<QueryCtx, 'db'>): Promise<Logs> =>
  (await db.get<Logs>('select (select coalesce(max(seq), 0) from platform_change) as change, (select coalesce(max(seq), 0) from platform_audit) as audit'))!

/** What was found before, with what came since, and with what nobody looked for then. */
export async function placesNow(ctx: Pick<QueryCtx, 'db'>, { wanted, before }: { wanted: Wanted; before: Places }): Promise<Places> {
  const read: Read = (work) => work(ctx)
  const through = await endOfLogs(ctx)
  const since = await lookThroughLogs(read, { wanted, from: before.through, through })
  const missed = { marks: wanted.marks.filter((m) => !before.wanted.marks.includes(m)), records: lacking(wanted.records, before.wanted.records) }
  const more = missed.marks.length + missed.records.length === 0 ? undefined : await lookThroughLogs(read, { wanted: missed, through: before.through })
  const all = (of: 'changes' | 'entries' | 'about'): number[] => [...new Set([...before[of], ...since[of], ...(more?.[of] ?? [])])].sort((a, b) => a - b)
  return { wanted, through, changes: all('changes'), entries: all('entries'), about: all('about') }
}

function lacking(wanted: readonly string[], had: readonly string[]): string[] {
  const known = new Set(had)
  return wanted.filter((id) => !known.has(id))
}

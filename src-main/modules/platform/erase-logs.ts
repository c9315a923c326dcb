import type { CommandCtx } from '../../kernel/operation.ts'
import type { Person, PersonalRows } from '../../kernel/personal.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { metaOf } from '../../storage/table-meta.ts'
import { commandOf, keyText } from './audit.ts'
import { holding } from './erasure.ts'
import { removeDraft, rewriteApproval, rewriteAudit, rewriteChange, rewriteComment } from './erasure.store.ts'
import { placesNow, type Places, type Wanted } from './look-through-logs.ts'
import { blankedImage, GONE, muteJson, without, wordlessJson } from './personal-words.ts'

/** The rows of one table that an erasure changed, by their keys. */
export type Touched = { readonly rows: PersonalRows; readonly keys: readonly Record<string, SqlValue>[] }

type Work = { readonly person: Person; readonly touched: readonly Touched[]; readonly places: Places }
const CHUNK = 500

/** Takes a person out of what was written down of the past: what rows were before, what commands were told, what waited, what is being typed. */
export async function forgetInLogs(ctx: CommandCtx, { person, touched, before }: Omit<Work, 'places'> & { readonly before: Places }): Promise<void> {
  await forgetElsewhere(ctx, person)
  const wanted = wantedOf(person, touched.flatMap(({ keys }) => keys.map((key) => Object.values(key))))
  const work = { person, touched, places: await placesNow(ctx, { wanted, before }) }
  const commands = await forgetInChanges(ctx, work)
  await forgetInAudit(ctx, { ...work, commands })
}

/** What the logs are looked through for: who it is, and the rows that go, by their keys. Commands were told of a row by its id alone, and changed no row that is logged: a step of a ticket. */
export const wantedOf = (person: Person, keys: readonly (readonly SqlValue[])[]): Wanted => ({
  marks: marksOf(person),
  records: person.extent === 'part' ? [] : [...new Set(keys.filter((key) => key.length === 1).map(String))],
})

const idsOf = ({ party_ids, lead_ids }: Person): readonly string[] => [...party_ids, ...lead_ids]
/** What is looked for everywhere: of a contact only words, since the business's own rows stay. */
const marksOf = (person: Person): readonly string[] => (person.extent === 'whole' ? [...idsOf(person), ...person.own_words] : person.own_words)

type Change = { seq: number; tbl: string; pk: string; before: string | null }

/** Images of changed rows; gives the numbers of the commands that made those changes. */
async function forgetInChanges(ctx: CommandCtx, { person, touched, places }: Work): Promise<Set<number>> {
  const told = Map.groupBy(touched, (t) => metaOf(t.rows.table).name)
  const changes = new Map<number, Change>()
  for (const { rows, keys } of touched) {
    const { name, key } = metaOf(rows.table)
    const texts = keys.map((k) => keyText(ctx.db, key.map((c) => k[c] as string | number)))
    for (let from = 0; from < texts.length; from += CHUNK) {
      const some = texts.slice(from, from + CHUNK)
      for (const row of await ctx.db.all<Change>(`select seq, tbl, pk, before from platform_change where pk in (${marks(some)}) and tbl = ? order by seq`, [...some, name])) changes.set(row.seq, row)
    }
  }
  for (let from = 0; from < places.changes.length; from += CHUNK) {
    const some = places.changes.slice(from, from + CHUNK)
    for (const row of await ctx.db.all<Change>(`select seq, tbl, pk, before from platform_change where seq in (${marks(some)}) order by seq`, some)) changes.set(row.seq, row)
  }
  const newest = (await ctx.db.get<{ seq: number }>('select coalesce(max(seq), 0) as seq from platform_audit'))!.seq
  const commands = new Set<number>()
  const ids = new Set(idsOf(person))
  for (const { seq, tbl, pk, before } of changes.values()) {
    const [of] = told.get(tbl) ?? []
    const patch = redacted({ person, rows: of?.rows, pk, before, names: ids })
    if (patch.pk !== pk || patch.before !== before) await rewriteChange(ctx, seq, patch)
    const by = of && (await commandOf(ctx.db, { change_seq: seq, newest }))
    if (by) commands.add(by.seq)
  }
  return commands
}

type Image = { readonly person: Person; readonly rows: PersonalRows | undefined; readonly pk: string; readonly before: string | null; readonly names: ReadonlySet<string> }

function redacted({ person, rows, pk, before, names }: Image): { pk: string; before: string | null } {
  const isWhole = rows !== undefined && (person.extent === 'whole' || person.contact_ids.includes(pk))
  const image = before === null ? null : wordlessJson(isWhole ? blankedImage(before, { becomes: rows.becomes, label: person.label }) : before, person.words)
  if (!pk.startsWith('[')) return { pk, before: image }
  const parts = JSON.parse(pk) as (string | number)[]
  const clean = without(person.words)
  const isTheirs = isWhole && rows.becomes === 'removed' && parts.some((part) => names.has(String(part)))
  const safe = parts.map((part) => (typeof part !== 'string' || names.has(part) ? part : isTheirs ? GONE : clean(part)))
  return { pk: JSON.stringify(safe), before: image }
}

type Entry = { seq: number; input: string; answer: string }

/** What commands were told, and what they answered: a command about the person keeps its ids, days and figures only. */
async function forgetInAudit(ctx: CommandCtx, { person, commands, places }: Omit<Work, 'touched'> & { commands: ReadonlySet<number> }): Promise<void> {
  const about = new Set([...places.about, ...commands])
  const entries = [...new Set([...places.entries, ...about])].sort((a, b) => a - b)
  for (let from = 0; from < entries.length; from += CHUNK) {
    const some = entries.slice(from, from + CHUNK)
    for (const { seq, input, answer } of await ctx.db.all<Entry>(`select seq, input, answer from platform_audit where seq in (${marks(some)}) order by seq`, some)) {
      const isAbout = person.extent === 'whole' && (about.has(seq) || idsOf(person).some((id) => input.includes(id)))
      const patch = { input: isAbout ? muteJson(input) : wordlessJson(input, person.words), answer: wordlessJson(answer, person.words) }
      if (patch.input !== input || patch.answer !== answer) await rewriteAudit(ctx, seq, patch)
    }
  }
}

type Request = { id: string; input: string; title: string; terms: string; reasons: string; note: string | null }

/** Requests for approval, forms that are being typed, and words at other records. */
async function forgetElsewhere(ctx: CommandCtx, person: Person): Promise<void> {
  const clean = without(person.words)
  const asked = holding(['input', 'title', 'terms', 'reasons'], marksOf(person))
  for (const { id, ...request } of await ctx.db.all<Request>(`select id, input, title, terms, reasons, note from platform_approval where ${asked.sql} order by id`, asked.params)) {
    const { input, title, terms, reasons, note } = request
    await rewriteApproval(ctx, id, { input: wordlessJson(input, person.words), title: clean(title), terms: wordlessJson(terms, person.words), reasons: wordlessJson(reasons, person.words), note: note === null ? null : clean(note) })
  }
  const typed = holding(['body', 'subject', 'address'], marksOf(person))
  for (const key of await ctx.db.all<{ user_id: string; address: string }>(`select user_id, address from platform_draft where ${typed.sql} order by user_id, address`, typed.params)) await removeDraft(ctx, key)
  const said = holding(['text'], person.own_words)
  for (const { id, text } of await ctx.db.all<{ id: string; text: string }>(`select id, text from platform_comment where ${said.sql} order by id`, said.params)) {
    await rewriteComment(ctx, id, { text: clean(text) })
  }
}

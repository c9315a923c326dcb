import { extraText, isFigure, valueOfKind, workedOut, type CustomField, type Extra, type ExtraValue, type Figures } from '../../kernel/custom-fields.ts'
import { currencyOf } from '../../kernel/money.ts'
import type { CommandCtx, CustomFieldTarget, Invariant, QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type Reader, type SqlValue } from '../../storage/db.ts'
import { extraValue } from '../../storage/extra-value.ts'
import { readCustomFields } from './read-fields.ts'

// The values of custom fields on a record: checked before they are kept, found, named and told. Without custom fields nothing of it costs a statement.

type Ctx = QueryCtx | CommandCtx
type Given = Readonly<Record<string, string | number | null>>

type Settling = {
  readonly target: string
  /** All values of the record as it shall be; undefined: nobody spoke of them. */
  readonly given: Given | undefined
  /** The column as it was. */
  readonly before?: string
  readonly figures: Figures
}

/**
 * The column `extra` of a record that is about to be written: values checked against the company's fields, formulas worked out, values of
 * retired fields kept. Refuses what is not of its field, by the field's label.
 */
export async function settledExtra(ctx: Ctx, { target, given, before = '{}', figures }: Settling): Promise<string> {
  const fields = ctx.customFields(target)
  if (fields.length === 0 && Object.keys(given ?? {}).length === 0) return before
  const old = JSON.parse(before) as Record<string, ExtraValue>
  if (given === undefined) return writtenExtra(ctx, { fields, kept: old, figures })
  const kept = checkedExtra(fields, { target, given, old })
  await assertLinks(ctx, fields.filter((f) => f.kind === 'link' && kept[f.key] !== undefined && kept[f.key] !== old[f.key]), kept)
  return writtenExtra(ctx, { fields, kept, figures })
}

/** The values of a record's fields as sent, each of its kind and none missing; where links lead is not asked here. */
export function checkedExtra(fields: readonly CustomField[], { target, given, old }: { target: string; given: Given; old: Extra }): Record<string, ExtraValue> {
  const known = new Set(fields.map((f) => f.key))
  const unknown = Object.keys(given).find((key) => !known.has(key))
  if (unknown !== undefined) throw new Refusal('platform.fieldUnknown', { key: unknown, target })
  const values = fields.flatMap((field): [string, ExtraValue][] => {
    const value = valueFor(field, { given, old })
    return value === undefined ? [] : [[field.key, value]]
  })
  const kept = Object.fromEntries(values)
  assertComplete(fields, kept)
  return kept
}

/** The value of one field as sent; the old one where a field is retired or a formula. */
function valueFor(field: CustomField, { given, old }: { given: Given; old: Readonly<Record<string, ExtraValue>> }): ExtraValue | undefined {
  const before = old[field.key]
  if (field.kind === 'formula') return before
  const sent = given[field.key]
  const value = valueOfKind(field.kind, sent)
  if (field.is_active === 0) {
    if (value != null && value !== before) throw new Refusal('platform.fieldRetired', { key: field.key, label: field.label })
    return before
  }
  if (value === undefined) throw new Refusal('platform.fieldValueUnfit', { key: field.key, label: field.label, kind: field.kind, value: String(sent) })
  if (field.kind === 'choice' && value !== null && value !== before && !field.choices.includes(String(value))) {
    throw new Refusal('platform.fieldChoiceUnknown', { key: field.key, label: field.label, value, choices: [...field.choices] })
  }
  return value ?? undefined
}

function assertComplete(fields: readonly CustomField[], kept: Extra): void {
  const missing = fields.find((f) => f.is_required === 1 && f.is_active === 1 && kept[f.key] === undefined)
  if (missing) throw new Refusal('platform.fieldRequired', { key: missing.key, label: missing.label })
}

/** Refuses 'platform.fieldRequired' for a record that was made where nobody was asked, before it counts. */
export const assertExtraComplete = (ctx: Ctx, { target, extra }: { target: string; extra: string }): void =>
  assertComplete(ctx.customFields(target), JSON.parse(extra) as Extra)

async function assertLinks(ctx: Ctx, fields: readonly CustomField[], kept: Extra): Promise<void> {
  if (fields.length === 0) return
  const names = await namesBehind(ctx, fields.map((f) => ({ field: f, id: String(kept[f.key]) })))
  const lost = fields.find((f) => !names.has(String(kept[f.key])))
  if (lost) throw new Refusal('platform.fieldLinkUnknown', { key: lost.key, label: lost.label, value: kept[lost.key] })
}

type Writing = { readonly fields: readonly CustomField[]; readonly kept: Readonly<Record<string, ExtraValue>>; readonly figures: Figures }

/** The column as it is kept, formulas worked out. */
export const writtenExtra = (ctx: Ctx, { fields, kept, figures }: Writing): string =>
  JSON.stringify(workedOut({ fields, values: kept, figures, digits: currencyOf(ctx.company.currency).digits }))

/** The words among a record's custom values, by which it can be found: texts and choices. */
export const extraWords = (ctx: Ctx, { target, extra }: { target: string; extra: string }): string[] => {
  const words = ctx.customFields(target).filter((f) => f.kind === 'text' || f.kind === 'choice')
  const values = words.length === 0 ? {} : (JSON.parse(extra) as Extra)
  return words.flatMap(({ key }) => (values[key] === undefined ? [] : [String(values[key])]))
}

type Carrying = { readonly from: string; readonly to: string; readonly extra: string; readonly figures: Figures }

/** What a record hands on to the one that follows it: the values of fields that both kinds have, by key and kind. Nobody is asked for the rest yet. */
export function carriedExtra(ctx: Ctx, { from, to, extra, figures }: Carrying): string {
  const fields = ctx.customFields(to)
  if (fields.length === 0) return '{}'
  const given = JSON.parse(extra) as Record<string, ExtraValue>
  const sources = new Map(ctx.customFields(from).map((f) => [f.key, f]))
  const kept: Record<string, ExtraValue> = {}
  for (const field of fields) {
    const value = given[field.key]
    const isSame = field.is_active === 1 && sources.get(field.key)?.kind === field.kind && sources.get(field.key)?.link_kind === field.link_kind
    if (value === undefined || !isSame || (field.kind === 'choice' && !field.choices.includes(String(value)))) continue
    kept[field.key] = value
  }
  return writtenExtra(ctx, { fields, kept, figures })
}

type Linked = { readonly field: CustomField; readonly id: string }

/** The names of linked records, by id; those out of the reader's sight have none. */
async function namesBehind(ctx: Ctx, links: readonly Linked[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const [kind, list] of Map.groupBy(links, (l) => l.field.link_kind ?? '')) {
    const source = ctx.contributions.searchScopes.get(kind)
    const scope = source && ctx.scopeUnder(source.permission)
    if (!source || !scope) continue
    const seen = source.rows(scope, 's.ref_id')
    const ids = [...new Set(list.map((l) => l.id))]
    const rows = await ctx.db.all<{ id: string; title: string }>(
      `select s.ref_id as id, s.title from platform_search_doc s where s.kind = ? and s.ref_id in (${marks(ids)}) and ${seen.sql} order by s.ref_id`,
      [kind, ...ids, ...seen.params],
    )
    for (const { id, title } of rows) names.set(id, title)
  }
  return names
}

export type WithExtra = { readonly extra: Record<string, ExtraValue>; readonly extra_names: Record<string, string> }

/** Rows with the values of their custom fields and the names behind links: one statement for all, and one for each kind of link. */
export async function withExtra<R>(ctx: Ctx, { target, rows, idOf }: { target: string; rows: readonly R[]; idOf: (row: R) => string }): Promise<(R & WithExtra)[]> {
  const fields = ctx.customFields(target)
  const on = ctx.contributions.customFieldTargets.get(target)
  if (fields.length === 0 || !on || rows.length === 0) return rows.map((row) => ({ ...row, extra: {}, extra_names: {} }))
  const ids = rows.map(idOf)
  const stored = await ctx.db.all<{ id: string; extra: string }>(`select id, extra from ${on.table} where id in (${marks(ids)}) order by id`, ids)
  const extras = new Map(stored.map((s) => [s.id, JSON.parse(s.extra) as Record<string, ExtraValue>]))
  const links = fields.filter((f) => f.kind === 'link')
  const linked = [...extras.values()].flatMap((extra) => links.flatMap((field) => (extra[field.key] === undefined ? [] : [{ field, id: String(extra[field.key]) }])))
  const names = linked.length === 0 ? new Map<string, string>() : await namesBehind(ctx, linked)
  return rows.map((row) => {
    const extra = extras.get(idOf(row)) ?? {}
    const extra_names = links.flatMap(({ key }) => {
      const name = extra[key] === undefined ? undefined : names.get(String(extra[key]))
      return name === undefined ? [] : [[key, name] as const]
    })
    return { ...row, extra, extra_names: Object.fromEntries(extra_names) }
  })
}

/** What the paper of a record says of its custom fields: those that are printed and have a value. */
export async function printedExtra(ctx: Ctx, { target, id }: { target: string; id: string }): Promise<{ label: string; value: string }[]> {
  const fields = ctx.customFields(target).filter((f) => f.is_printed === 1)
  if (fields.length === 0) return []
  const [row] = await withExtra(ctx, { target, rows: [{ id }], idOf: (r) => r.id })
  return fields.map((f) => ({ label: f.label, value: extraText(f, { extra: row!.extra, names: row!.extra_names }) })).filter(({ value }) => value !== '')
}

type ExtraFilter = { readonly key: string; readonly value?: string | undefined; readonly from?: string | number | undefined; readonly to?: string | number | undefined }
type Condition = { readonly sql: string; readonly params: SqlValue[] }
type Column = { readonly target: string; readonly column: string }

function fieldAt(ctx: Ctx, { target, key }: { target: string; key: string }): CustomField {
  const field = ctx.customFields(target).find((f) => f.key === key)
  if (!field) throw new Refusal('platform.fieldUnknown', { key, target })
  return field
}

const sqlOf = (ctx: Ctx, { column, field }: { column: string; field: CustomField }): string =>
  extraValue({ dialect: ctx.db.dialect, column, key: field.key, as: isFigure(field) ? 'number' : 'text' })

/** SQL of what a list is asked about custom fields. Refuses 'platform.fieldUnknown', and bounds that are not of the field's kind. */
export function extraConditions(ctx: Ctx, { target, column, filters }: Column & { filters: readonly ExtraFilter[] }): Condition[] {
  return filters.flatMap(({ key, value, from, to }) => {
    const field = fieldAt(ctx, { target, key })
    const sql = sqlOf(ctx, { column, field })
    const found: Condition[] = []
    if (value !== undefined && value !== '') {
      const isWhole = field.kind === 'choice' || field.kind === 'link'
      const text = value.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)
      if (isFigure(field)) throw unfit(field, value)
      found.push(isWhole ? { sql: `${sql} = ?`, params: [value] } : { sql: String.raw`lower(${sql}) like ? escape '\'`, params: [`%${text}%`] })
    }
    for (const [bound, sign] of [[from, '>='], [to, '<=']] as const) {
      if (bound === undefined) continue
      if (typeof bound !== (isFigure(field) ? 'number' : 'string')) throw unfit(field, bound)
      found.push({ sql: `${sql} ${sign} ?`, params: [bound] })
    }
    return found
  })
}

const unfit = (field: CustomField, value: unknown): Refusal =>
  new Refusal('platform.fieldValueUnfit', { key: field.key, label: field.label, kind: field.kind, value: String(value) })

const SORT = 'extra.'

/** SQL that sorts by a custom field, rows without a value last; undefined where the sort is by another column. */
export function extraOrder(ctx: Ctx, { target, column, sort, direction }: Column & { sort: string; direction: 'asc' | 'desc' }): string | undefined {
  if (!sort.startsWith(SORT)) return undefined
  const sql = sqlOf(ctx, { column, field: fieldAt(ctx, { target, key: sort.slice(SORT.length) }) })
  return `case when ${sql} is null then 1 else 0 end, ${sql} ${direction}`
}

/** Every value of a custom field belongs to a field that there is, and is of its kind. */
export const extraInvariant = (targets: readonly CustomFieldTarget[]): Invariant => ({
  name: 'platform: every value of a custom field belongs to a field and is of its kind',
  find: async (db: Reader) => {
    const fields = new Map((await readCustomFields(db)).map((f) => [`${f.target} ${f.key}`, f]))
    const broken: { target: string; id: string; key: string; value: unknown }[] = []
    for (const { kind: target, table } of targets) {
      const rows = await db.all<{ id: string; extra: string }>(`select id, extra from ${table} where extra <> '{}' order by id`)
      for (const { id, extra } of rows) {
        for (const [key, value] of Object.entries(JSON.parse(extra) as Record<string, unknown>)) {
          const field = fields.get(`${target} ${key}`)
          if (field === undefined || value === null || valueOfKind(field.kind, value) !== value) broken.push({ target, id, key, value })
        }
      }
    }
    return broken
  },
})

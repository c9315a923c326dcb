import { valueOfKind, type CustomField, type Extra, type Figures } from '../../kernel/custom-fields.ts'
import type { CommandCtx, Staged } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { fold } from '../../kernel/text.ts'
import { marks } from '../../storage/db.ts'
import { checkedExtra, writtenExtra } from './extra.ts'
import type { RowProblem } from './import-rows.ts'

// Custom fields in the rows of a file: each stands under its key behind 'extra.', a link by the code or name of what it leads to.

type Values = Record<string, unknown>
type Row = { readonly source_row: number; readonly values: Values }

export type OwnColumns = {
  /** A row without its custom fields. */
  plain(values: Values): Values
  /** What speaks against them. */
  problemsOf(row: Row): RowProblem[]
  /** The column `extra` of a row against which nothing speaks. */
  columnOf(values: Values, figures: Figures): string
}

const PREFIX = 'extra.'
/** Names looked up by one statement. */
const BATCH = 400

const isOwn = (key: string): boolean => key.startsWith(PREFIX)

/** The custom fields of the rows of a staged file; what its links name is looked up at once for all rows. */
export async function ownColumns(ctx: CommandCtx, { target, staged }: { target: string; staged: Staged }): Promise<OwnColumns> {
  const fields = ctx.customFields(target)
  const links = await linksIn(ctx, { fields: fields.filter((f) => f.kind === 'link' && f.is_active === 1), staged })
  const givenOf = (values: Values): Record<string, string | number | null> =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([key]) => isOwn(key))
        .map(([key, value]) => {
          const field = fields.find((f) => `${PREFIX}${f.key}` === key)
          return [key.slice(PREFIX.length), (field?.kind === 'link' ? links.idOf(field, value) : value) as string | number | null]
        }),
    )
  return {
    plain: (values) => Object.fromEntries(Object.entries(values).filter(([key]) => !isOwn(key))),
    problemsOf: ({ source_row, values }) => {
      try {
        checkedExtra(fields, { target, given: givenOf(values), old: {} })
        return []
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return [{ source_row, field: `${PREFIX}${String(error.details['key'])}`, reason_code: error.code, details: error.details }]
      }
    },
    columnOf: (values, figures) =>
      writtenExtra(ctx, { fields, kept: checkedExtra(fields, { target, given: givenOf(values), old: {} }) as Extra, figures }),
  }
}

const wordOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim())

/** What the links of all rows name, found by code or by a name that only one record bears, as far as the actor may see it. */
async function linksIn(ctx: CommandCtx, { fields, staged }: { fields: readonly CustomField[]; staged: Staged }) {
  const wanted = new Map<string, Set<string>>()
  if (fields.length > 0) {
    for await (const { values } of staged.rows()) {
      for (const { key, link_kind } of fields) {
        const word = wordOf(values[`${PREFIX}${key}`])
        if (word !== '') wanted.set(link_kind ?? '', (wanted.get(link_kind ?? '') ?? new Set()).add(word))
      }
    }
  }
  const ids = new Map<string, string | undefined>()
  for (const [kind, words] of wanted) for (const [word, id] of await recordsNamed(ctx, { kind, words: [...words] })) ids.set(`${kind} ${word}`, id)
  return {
    idOf: (field: CustomField, value: unknown): string | null => {
      const word = wordOf(value)
      if (word === '') return null
      const id = ids.get(`${field.link_kind} ${fold(word)}`)
      if (id === undefined || valueOfKind('link', id) === undefined) throw new Refusal('platform.fieldLinkUnknown', { key: field.key, label: field.label, value: word })
      return id
    },
  }
}

async function recordsNamed(ctx: CommandCtx, { kind, words }: { kind: string; words: readonly string[] }): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>()
  const source = ctx.contributions.searchScopes.get(kind)
  const scope = source && ctx.scopeUnder(source.permission)
  if (!source || !scope) return found
  const seen = source.rows(scope, 's.ref_id')
  const byCode = new Map<string, string>()
  for (let from = 0; from < words.length; from += BATCH) {
    const keys = words.slice(from, from + BATCH).map(fold)
    const rows = await ctx.db.all<{ id: string; code: string | null; title_key: string }>(
      `select s.ref_id as id, s.code, s.title_key from platform_search_doc s
        where s.kind = ? and (s.code in (${marks(keys)}) or s.title_key in (${marks(keys)})) and ${seen.sql} order by s.ref_id`,
      [kind, ...keys, ...keys, ...seen.params],
    )
    for (const { id, code, title_key } of rows) {
      if (code !== null) byCode.set(code, id)
      // A name that two bear says neither.
      found.set(title_key, found.has(title_key) && found.get(title_key) !== id ? undefined : id)
    }
  }
  for (const [code, id] of byCode) found.set(code, id)
  return found
}

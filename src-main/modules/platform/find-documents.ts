import type { OutputOf } from '../../kernel/contract.ts'
import { currencyOf, parseDecimal } from '../../kernel/money.ts'
import { answer, type DocumentFinder, type QueryCtx, type Scope } from '../../kernel/operation.ts'
import { afterPrefix } from '../../kernel/text.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { findDocuments } from './contract.ts'
import { numbersOfSerial } from './numbers.ts'

type Row = OutputOf<typeof findDocuments>['rows'][number]
type Condition = { readonly sql: string; readonly params: readonly SqlValue[] }

const beginning = (column: string, text: string): Condition => ({ sql: `(${column} >= ? and ${column} < ?)`, params: [text, afterPrefix(text)] })

/**
 * Documents of every module by the beginning of their number, by the bare serial of this year or last, by a reference, or by their amount;
 * newest first. Only those that the asker may see.
 */
export const findDocumentsHandler = answer(findDocuments, async (ctx, { text, kinds, limit }) => {
  const rows: Row[] = []
  for (const finder of ctx.contributions.documentFinders.values()) {
    const scope = ctx.scopeUnder(finder.permission)
    if (scope === undefined || (kinds && !kinds.includes(finder.kind))) continue
    rows.push(...(await foundBy(ctx, { finder, scope, text, limit })))
  }
  const newestFirst = (a: Row, b: Row): number => (a.day === b.day ? (a.id < b.id ? 1 : -1) : a.day < b.day ? 1 : -1)
  return { rows: rows.toSorted(newestFirst).slice(0, limit) }
})

type Asked = { readonly finder: DocumentFinder; readonly scope: Scope; readonly text: string; readonly limit: number }

async function foundBy(ctx: QueryCtx, { finder, scope, text, limit }: Asked): Promise<Row[]> {
  const serials = await numbersOfSerial(ctx, { series: finder.series, text })
  const amount_minor = amountMeant(ctx, text)
  const named = finder.named?.(text, ctx.today)
  const conditions: Condition[] = [
    ...(/^d\.\w+$/.test(finder.number) ? [beginning(finder.number, text.toUpperCase())] : []),
    ...(named ? [named] : []),
    ...(serials.length > 0 ? [{ sql: `${finder.number} in (${marks(serials)})`, params: serials }] : []),
    ...(finder.reference ? [beginning(`d.${finder.reference}`, text)] : []),
    ...(finder.amount && amount_minor !== undefined ? [{ sql: `d.${finder.amount} in (?, ?)`, params: [amount_minor, 0 - amount_minor] }] : []),
  ]
  if (conditions.length === 0) return []
  const seen = finder.rows(scope)
  return ctx.db.all<Row>(
    `select '${finder.kind}' as kind, d.id, ${finder.number} as number, d.day, ${finder.title} as title, ${finder.amount ? `d.${finder.amount}` : 'null'} as amount_minor
       from ${finder.from} where (${conditions.map((c) => c.sql).join(' or ')}) and ${seen.sql} order by d.day desc, d.id desc limit ?`,
    [...conditions.flatMap((c) => c.params), ...seen.params, limit],
  )
}

/** '1,234.50' or '¥80' is looked up as an amount too; short whole numbers are not, they are serials. */
function amountMeant(ctx: QueryCtx, text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return undefined
  const amount_minor = parseDecimal(text.replace(/^[¥￥$£€]\s*/, ''), currencyOf(ctx.company.currency)?.digits ?? 2)
  return amount_minor === 0 ? undefined : amount_minor
}

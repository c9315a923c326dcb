import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { formatNumber } from '../platform/index.ts'
import { findDocument } from './contract.ts'
import { afterPrefix } from './query-parts.ts'

type Row = OutputOf<typeof findDocument>['rows'][number]

const PLACES = [
  { kind: 'quote', table: 'sales_quote', amount: 'd.gross_minor', reference: undefined },
  { kind: 'order', table: 'sales_order', amount: 'd.gross_minor', reference: undefined },
  { kind: 'delivery', table: 'sales_delivery', amount: 'null', reference: undefined },
  { kind: 'invoice', table: 'sales_invoice', amount: 'd.gross_minor', reference: 'd.reference' },
  { kind: 'payment', table: 'accounting_payment', amount: 'd.amount_minor', reference: undefined },
] as const

/** Documents by the beginning of their number, by the bare serial of this year, or by a reference; each table is asked by its index. */
export const findDocumentHandler = answer(findDocument, async (ctx, { text, limit }) => {
  const exact = await serials(ctx, text)
  const prefix = text.toUpperCase()
  const rows: Row[] = []
  for (const { kind, table, amount, reference } of PLACES) {
    const visible = visibleParties(ctx.scope, 'd.party_id')
    const ranges = [
      `d.number in (${marks(exact)})`,
      '(d.number >= ? and d.number < ?)',
      ...(reference ? [`(${reference} >= ? and ${reference} < ?)`] : []),
    ]
    const bounds = [...exact, prefix, afterPrefix(prefix), ...(reference ? [text, afterPrefix(text)] : [])]
    const found = await ctx.db.all<Row>(
      `select '${kind}' as kind, d.id, d.number, d.day, p.name as party_name, ${amount} as gross_minor
         from ${table} d join parties_party p on p.id = d.party_id
        where (${ranges.join(' or ')}) and ${visible.sql} order by d.number desc, d.id limit ?`,
      [...bounds, ...visible.params, limit],
    )
    rows.push(...found)
  }
  return { rows: rows.toSorted((a, b) => (a.day === b.day ? (a.id < b.id ? 1 : -1) : a.day < b.day ? 1 : -1)).slice(0, limit) }
})

/** '12' may mean the number 12 of any series, this year or last. */
async function serials(ctx: QueryCtx, text: string): Promise<string[]> {
  if (!/^\d{1,6}$/.test(text)) return []
  const series = await ctx.db.all<{ prefix: string; digits: number; restarts: string }>(
    `select prefix, digits, restarts from platform_series where key like 'sales.%' or key like 'accounting.%' order by key`,
  )
  const year = Number(ctx.today.slice(0, 4))
  return series.flatMap((s) => [year, year - 1].map((y) => formatNumber(
    s,
    { period: s.restarts === 'never' ? '' : String(y), no: Number(text) },
  )))
}

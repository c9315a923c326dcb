import { answer, type QueryCtx } from '../../kernel/operation.ts'
import type { SqlValue } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { chainReport } from './contract.ts'

type Row = OutputOf<typeof chainReport>['rows'][number]
type Where = { readonly sql: string; readonly params: readonly SqlValue[] }

/** So many lines are worked out at once: who stands right below one party, or the heads. */
const MOST = 500

/** What is summed, by the party that a row is of now: its permission, and SQL of `party_id` and `minor`. */
const figuresOf = ({ from_day, to_day }: { from_day: string; to_day: string }) =>
  [
    { key: 'net_minor', permission: 'sales.read', sql: `select n.same_as as party_id, i.net_minor as minor from sales_invoice i join parties_party n on n.id = i.party_id where i.day >= ? and i.day <= ?`, params: [from_day, to_day] },
    {
      key: 'open_minor', permission: 'accounting.readMoney',
      sql: `select n.same_as as party_id, o.amount_minor - o.settled_minor as minor from accounting_open_item o join parties_party n on n.id = o.party_id where o.side = 'receivable' and o.amount_minor <> o.settled_minor`, params: [],
    },
    { key: 'deals_minor', permission: 'crm.read', sql: `select n.same_as as party_id, d.amount_minor as minor from crm_opportunity d join parties_party n on n.id = d.party_id where d.state = 'open'`, params: [] },
  ] as const

/** Every line's own figure, and that with all who stand below it, as far as the reader may see them. */
async function sums(ctx: QueryCtx, { listed, figure, seen }: { listed: Where; figure: ReturnType<typeof figuresOf>[number]; seen: Where }): Promise<Map<string, { own: number; whole: number }>> {
  const rows = await ctx.db.all<{ root_id: string; own: number | null; whole: number }>(
    `with recursive tree (root_id, id) as (
       select p.id, p.id from parties_party p where ${listed.sql} union select t.root_id, c.id from tree t join parties_party c on c.parent_id = t.id)
     select t.root_id, sum(case when f.party_id = t.root_id then f.minor else 0 end) as own, sum(f.minor) as whole
       from tree t join (${figure.sql}) f on f.party_id = t.id join parties_party p on p.id = t.id where ${seen.sql} group by t.root_id order by t.root_id`,
    [...listed.params, ...figure.params, ...seen.params],
  )
  return new Map(rows.map((r) => [r.root_id, { own: Number(r.own ?? 0), whole: Number(r.whole) }]))
}

export const chainReportHandler = answer(chainReport, async (ctx, { parent_id, from_day, to_day, limit, offset }) => {
  const seen = visibleParties(ctx.scope, 'p.id')
  // Without a parent: the heads, which have somebody below them and nobody above.
  const place: Where = parent_id === undefined
    ? { sql: 'p.parent_id is null and exists (select 1 from parties_party k where k.parent_id = p.id)', params: [] }
    : { sql: '(p.parent_id = ? or p.id = ?)', params: [parent_id, parent_id] }
  const listed: Where = { sql: `p.same_as = p.id and ${place.sql} and ${seen.sql}`, params: [...place.params, ...seen.params] }
  const parties = await ctx.db.all<Pick<Row, 'party_id' | 'parent_id' | 'code' | 'name' | 'chain_role' | 'below'>>(
    `select p.id as party_id, p.parent_id, p.code, p.name, p.chain_role, (select count(*) from parties_party k where k.parent_id = p.id and k.same_as = k.id) as below
       from parties_party p where ${listed.sql} order by ${parent_id === undefined ? '' : 'case when p.id = ? then 0 else 1 end, '}p.name, p.id limit ${MOST}`,
    parent_id === undefined ? listed.params : [...listed.params, parent_id],
  )
  const told = new Map<string, Map<string, { own: number; whole: number }>>()
  for (const figure of figuresOf({ from_day, to_day })) {
    const scope = ctx.scopeUnder(figure.permission)
    if (scope) told.set(figure.key, await sums(ctx, { listed, figure, seen: visibleParties(scope, 'p.id') }))
  }
  const of = (key: string, party_id: string) => told.has(key) ? (told.get(key)!.get(party_id) ?? { own: 0, whole: 0 }) : { own: null, whole: null }
  const rows = parties.map((p): Row => {
    const [net, open, deals] = [of('net_minor', p.party_id), of('open_minor', p.party_id), of('deals_minor', p.party_id)]
    return { ...p, own_net_minor: net.own, net_minor: net.whole, own_open_minor: open.own, open_minor: open.whole, own_deals_minor: deals.own, deals_minor: deals.whole }
  })
  return { rows: rows.slice(offset, offset + limit), total: rows.length }
})

import type { CommandCtx, QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Promotion } from './promotion.ts'

const COLUMNS = `id, name, kind, state, owner_id, from_at, to_at, list_id, item_id, warehouse_id, price_e4, quota_e6, most_each_e6, off_minor, off_rate_e8,
  least_minor, paused_why, ended_why`

/** Refuses 'promotions.notFound'. */
export async function promotionOf({ db }: Pick<QueryCtx | CommandCtx, 'db'>, promotion_id: string): Promise<Promotion> {
  const row = await db.get<Promotion>(`select ${COLUMNS} from promotions_promotion where id = ?`, [promotion_id])
  if (!row) throw new Refusal('promotions.notFound', { promotion_id })
  return row
}

/** Promotions in a state, as a condition says. */
export const promotionsWhere = ({ db }: Pick<QueryCtx | CommandCtx, 'db'>, where: string, params: readonly (string | number)[]): Promise<Promotion[]> =>
  db.all<Promotion>(`select ${COLUMNS} from promotions_promotion where ${where} order by id`, params)

/** Pieces of a flash sale that are sold now, base units. */
export async function soldOf({ db }: Pick<QueryCtx | CommandCtx, 'db'>, promotion_id: string): Promise<number> {
  return (await db.get<{ sold_e6: number }>('select coalesce(sum(quantity_e6), 0) as sold_e6 from promotions_claim where promotion_id = ?', [promotion_id]))!.sold_e6
}

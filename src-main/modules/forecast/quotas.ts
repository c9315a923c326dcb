import { answer, handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { listQuotas, setQuotas } from './contract.ts'
import { shareE8 } from './expect.ts'
import { putQuotas } from './forecast.store.ts'
import { ofPeople, soldBy } from './sold.ts'

export const setQuotasHandler = handle(setQuotas, async (ctx, { rows }) => {
  const ids = [...new Set(rows.map((r) => r.user_id))]
  const known = new Set((await ctx.db.all<{ id: string }>(`select id from platform_user where id in (${marks(ids)}) order by id`, ids)).map((u) => u.id))
  const unknown = ids.find((user_id) => !known.has(user_id))
  if (unknown !== undefined) throw new Refusal('forecast.userNotFound', { user_id: unknown })
  const keys = new Set(rows.map((r) => `${r.user_id} ${r.month}`))
  if (keys.size < rows.length) throw new Refusal('forecast.quotaTwice')
  await putQuotas(ctx, rows)
  return { count: rows.length }
})

export const listQuotasHandler = answer(listQuotas, async (ctx, { year }) => {
  const seen = ofPeople(ctx.scope, 'u.id')
  const people = await ctx.db.all<{ user_id: string; name: string; is_active: number }>(`select u.id as user_id, u.name, u.is_active from platform_user u where ${seen.sql} order by u.name, u.id`, seen.params)
  const quotas = await ctx.db.all<{ user_id: string; month: string; amount_minor: number }>(
    'select user_id, month, amount_minor from forecast_quota where month >= ? and month <= ? order by user_id, month',
    [`${year}-01`, `${year}-12`],
  )
  const sold = await soldBy(ctx, { from: `${year}-01-01`, to: `${year}-12-31` })
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`)
  const rows = people.map((person) => {
    const cells = months.map((month) => ({
      month,
      quota_minor: quotas.find((q) => q.user_id === person.user_id && q.month === month)?.amount_minor ?? 0,
      sold_minor: sold.find((s) => s.user_id === person.user_id && s.month === month)?.sold_minor ?? 0,
    }))
    const quota_minor = cells.reduce((sum, c) => sum + c.quota_minor, 0)
    const sold_minor = cells.reduce((sum, c) => sum + c.sold_minor, 0)
    return { ...person, months: cells, quota_minor, sold_minor, attained_e8: shareE8(sold_minor, quota_minor) }
  })
  return { rows: rows.filter((r) => r.is_active === 1 || r.quota_minor !== 0 || r.sold_minor !== 0) }
})

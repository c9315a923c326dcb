import * as forecast from '../../../src-main/modules/forecast/contract.ts'
import { addMonths, firstOfMonth } from '../../../src-main/kernel/day.ts'
import { move, type Move } from './walk.ts'

export const forecastMoves: readonly Move[] = [
  move(forecast.setQuotas, async (w) => {
    const user = await w.pick<{ id: string }>('select id from platform_user order by id desc')
    return { rows: [{ user_id: user!.id, month: w.t.today.slice(0, 7), amount_minor: w.chance(3) ? 0 : 1 + w.roll(1_000_000) }] }
  }),
  move(forecast.keepForecast, async (w) => {
    // A month's forecast is kept once: now and then the walk goes on to the next month.
    if (w.chance(40)) w.t.today = addMonths(firstOfMonth(w.t.today), 1)
    return {}
  }),
]

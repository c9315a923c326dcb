import type { Invariant } from '../../kernel/operation.ts'

/** Truths about quotas and kept forecasts; each query must return no rows. */
export const forecastInvariants: readonly Invariant[] = [
  { name: 'forecast: a quota is more than nothing', sql: 'select user_id, month from forecast_quota where amount_minor <= 0' },
  { name: 'forecast: nothing is kept of a month that was over', sql: 'select id from forecast_kept where month < kept_in' },
  { name: 'forecast: a month is kept once a person', sql: `select month, kept_in from forecast_kept group by month, kept_in, coalesce(user_id, '') having count(*) > 1` },
]

import { index, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, instant, minor, ref, schema, txt } from './columns.ts'
import { user } from './platform.ts'

/** What somebody is to sell in a month: invoices without tax, less credit notes. */
export const quota = sqliteTable(
  'forecast_quota',
  { user_id: ref().notNull().references(() => user.id), month: txt(), amount_minor: minor() },
  (t) => [primaryKey({ columns: [t.user_id, t.month] }), index('quota_month').on(t.month)],
)

/** What was expected of a month when another one began, by person: held against what came. */
export const kept = sqliteTable(
  'forecast_kept',
  {
    id: id(),
    /** The month in which it was kept. */
    kept_in: txt(),
    month: txt(),
    /** Empty: sales of nobody. */
    user_id: ref().references(() => user.id),
    base_minor: minor(),
    pipeline_minor: minor(),
    at: instant().notNull(),
  },
  (t) => [uniqueIndex('kept_once').on(t.kept_in, t.month, t.user_id), index('kept_month').on(t.month), index('kept_user').on(t.user_id)],
)

export const forecastSchema = schema({
  module: 'forecast',
  tables: [quota, kept],
  guards: [{ table: kept, never: ['update', 'delete'], code: 'forecast.keptIsPermanent' }],
  unlogged: [kept],
  bornWithParent: [],
  reference: [],
  clustered: [quota],
})

import { z } from 'zod'
import { amount, command, id, query, rate } from '../../kernel/contract.ts'

// Quotas and how far they are met; what the coming months will bring, and what became of earlier forecasts. Money without tax, in minor units.

/** A calendar month, YYYY-MM. */
const month = () => z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/)
const year = () => z.int().min(1900).max(2199)

/** Sets what people are to sell in months; 0 takes a quota away. */
export const setQuotas = command({
  name: 'forecast.setQuotas',
  permission: 'forecast.setQuotas',
  input: z.strictObject({ rows: z.array(z.strictObject({ user_id: id(), month: month(), amount_minor: amount() })).min(1).max(600) }),
  output: z.object({ count: z.int() }),
  refusals: ['forecast.userNotFound', 'forecast.quotaTwice'],
})

/** Keeps what is expected of this month and the two after it. Once a month; runs by itself every day. */
export const keepForecast = command({
  name: 'forecast.keepForecast',
  permission: 'forecast.setQuotas',
  input: z.strictObject({}),
  output: z.object({ count: z.int() }),
  refusals: ['forecast.keptAlready'],
})

const cell = z.object({ month: month(), quota_minor: z.int(), sold_minor: z.int() })

/** People's quotas of a year and what they sold: everybody with a quota or a sale that the reader may see. */
export const listQuotas = query({
  name: 'forecast.quotas',
  permission: 'forecast.read',
  input: z.strictObject({ year: year() }),
  output: z.object({
    rows: z.array(z.object({ user_id: id(), name: z.string(), is_active: z.int(), months: z.array(cell), quota_minor: z.int(), sold_minor: z.int(), /** Sold of the quota; null without one. */ attained_e8: z.int().nullable() })),
  }),
  reads: ['forecast_quota', 'sales_invoice', 'platform_user'],
  scope: 'rows',
})

const expected = {
  /** Sales that no opportunity led to: the average of the last twelve whole months, by the season where two years or more are known. */
  base_minor: z.int(),
  /** Opportunities by what their stages are worth. */
  pipeline_minor: z.int(),
  expected_minor: z.int(),
}

/** What the months from this one on will bring, by month, and one month or all of them by person and by item. */
export const getForecast = query({
  name: 'forecast.forecast',
  permission: 'forecast.read',
  input: z.strictObject({ months: z.int().min(1).max(12).default(6) }),
  output: z.object({
    /** season_e8: the index of the month, by which its base is the average's multiple; null where too little is known. */
    months: z.array(z.object({ month: month(), ...expected, quota_minor: z.int(), sold_minor: z.int(), season_e8: z.int().nullable() })),
    /** Of so many years the seasons were learned; 0: each month is an average one. */
    season_years: z.int(),
    people: z.array(z.object({ user_id: id().nullable(), name: z.string().nullable(), ...expected })),
    items: z.array(z.object({ item_id: id().nullable(), item_name: z.string().nullable(), ...expected })),
    /** How likely an opportunity in each stage is won: by what happened, held to the stage's own figure while little is known. */
    stages: z.array(z.object({ stage_id: id(), name_zh: z.string(), name_en: z.string(), set_e8: rate(), closed: z.int(), won: z.int(), probability_e8: rate() })),
    /** Open opportunities that nobody dated: in no month. */
    undated_minor: z.int(),
  }),
  reads: ['crm_opportunity', 'crm_opportunity_line', 'crm_opportunity_document', 'crm_stage', 'crm_stage_move', 'sales_invoice', 'sales_order', 'forecast_quota', 'platform_user', 'catalog_item'],
  scope: 'rows',
  long: true,
})

/** Kept forecasts against what came, the newest month first. */
export const listAccuracy = query({
  name: 'forecast.accuracy',
  permission: 'forecast.read',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(z.object({
      month: month(),
      kept_in: month(),
      ...expected,
      sold_minor: z.int(),
      /** 1: the month is still running, or has not begun. */
      is_open: z.int(),
      /** Sold less expected, of what was expected; null where nothing was. */
      deviation_e8: z.int().nullable(),
    })),
  }),
  reads: ['forecast_kept', 'sales_invoice'],
  scope: 'rows',
})

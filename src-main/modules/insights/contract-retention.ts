import { z } from 'zod'
import { day, id, page, query } from '../../kernel/contract.ts'

// Who came back: customers by the month in which they first bought, and what became of them.

const month = () => z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/)
/** A part of a whole in hundred-millionths; null of nothing. */
const share = z.int().nullable()
const reads = ['sales_invoice', 'parties_party', 'parties_assignment'] as const
/** Whole months: a day stands for the month it lies in; ten years at most. */
const span = { from: day(), to: day() }
const within = z.int().min(1).max(730).default(90)
const inOrder: [(f: { from: string; to: string }) => boolean, { path: string[]; message: string }] = [(f) => f.from.slice(0, 7) <= f.to.slice(0, 7) && Number(f.to.slice(0, 4)) - Number(f.from.slice(0, 4)) <= 10, { path: ['to'], message: 'not before the first, ten years at most' }]

/** So many months after the first one are told. */
export const MONTHS_AFTER = 12

const cell = z.object({
  /** Months since the first. */
  since: z.int(),
  month: month(),
  /** Of the cohort, who bought in that month. */
  customers: z.int(),
  customers_e8: share,
  /** What they brought in that month, net of credits and tax, and as a part of the first month's. */
  net_minor: z.int(),
  net_e8: share,
})
const cohort = {
  customers: z.int(),
  /** For whom the days in question have passed since the first purchase, and who of them bought again on another day within these. */
  ripe: z.int(),
  back: z.int(),
  back_e8: share,
  /** Days to the second purchase, the middle of those who made one; whenever it was. */
  middle_days: z.int().nullable(),
}

/**
 * A row for each month of first purchases, with what became of these customers in the months after (months that have not begun are not told), and how many
 * came back within so many days. `whole` sums the rows; its cells only those cohorts that are old enough.
 */
export const retention = query({
  name: 'insights.retention',
  permission: 'insights.read',
  input: z.strictObject({ ...span, within_days: within }).refine(...inOrder),
  output: z.object({
    rows: z.array(z.object({ cohort: month(), ...cohort, cells: z.array(cell) })),
    whole: z.object({ ...cohort, cells: z.array(cell.omit({ month: true })) }),
  }),
  reads,
  scope: 'rows',
  long: true,
})

/** Month by month: who bought for the first time, who had bought in an earlier month, and what each brought. */
export const returning = query({
  name: 'insights.returning',
  permission: 'insights.read',
  input: z.strictObject(span).refine(...inOrder),
  output: z.object({
    rows: z.array(
      z.object({ month: month(), new_customers: z.int(), returning_customers: z.int(), returning_e8: share, new_net_minor: z.int(), returning_net_minor: z.int() }),
    ),
  }),
  reads,
  scope: 'rows',
  long: true,
})

/**
 * The customers behind a figure: of a cohort, or of everybody who ever bought. 'bought' and 'away' in the month asked for; 'returning' bought then, and first
 * in an earlier month; 'back' bought again within so many days, 'not_back' did not though these have passed.
 */
export const listCohort = query({
  name: 'insights.cohort',
  permission: 'insights.read',
  input: z
    .strictObject({ cohort: month().optional(), month: month().optional(), show: z.enum(['all', 'bought', 'away', 'returning', 'back', 'not_back']).default('all'), within_days: within, ...page })
    .refine((f) => f.month !== undefined || !['bought', 'away', 'returning'].includes(f.show), { path: ['month'], message: 'a month' }),
  output: z.object({
    rows: z.array(
      z.object({
        party_id: id(), code: z.string(), name: z.string(), owner_name: z.string().nullable(), first_on: day(), second_on: day().nullable(), last_on: day(),
        invoices: z.int(), net_minor: z.int(),
        /** Of the month asked for; null without one. */
        month_net_minor: z.int().nullable(),
      }),
    ),
    total: z.int(),
    net_minor: z.int(),
  }),
  reads: [...reads, 'platform_user'],
  scope: 'rows',
  long: true,
})

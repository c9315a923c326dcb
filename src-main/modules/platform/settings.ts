import { z } from 'zod'
import { answer, handle, type CommandCtx, type Setting } from '../../kernel/operation.ts'
import { Invalid, Refusal } from '../../kernel/refusal.ts'
import { listSeries, listSettings, resetSetting, setSetting, updateCompany, updateSeries } from './contract.ts'
import { companyUpdated } from './founding.ts'
import { formatNumber, periodOn } from './numbers.ts'
import { deleteSetting, patchCompany, patchSeries, putSetting } from './platform.store.ts'

/** A setting that a module declares and the actor may change. */
function changeable(ctx: Pick<CommandCtx, 'contributions' | 'may'>, key: string): Setting {
  const definition = ctx.contributions.settings.get(key)
  if (!definition) throw new Refusal('platform.settingUnknown', { key })
  if (!ctx.may(definition.permission)) throw new Refusal('platform.notPermitted', { permission: definition.permission })
  return definition
}

export const setSettingHandler = handle(setSetting, async (ctx, { key, value }) => {
  const checked = changeable(ctx, key).schema.safeParse(value)
  if (!checked.success) {
    const problems = checked.error.issues.map((i) => ({ path: ['value', ...i.path.map(String)], code: i.code, message: i.message }))
    throw new Invalid('platform.invalidInput', problems)
  }
  await putSetting(ctx, { key, value: checked.data })
  return { key }
})

export const resetSettingHandler = handle(resetSetting, async (ctx, { key }) => {
  changeable(ctx, key)
  await deleteSetting(ctx, key)
  return { key }
})

/** The values that a setting may have, where its schema names them one by one. */
function choicesOf(schema: z.ZodType): (string | number)[] | null {
  const named = schema instanceof z.ZodUnion ? schema.options.flatMap((option) => (option instanceof z.ZodLiteral ? [...option.values] : [null])) : schema instanceof z.ZodEnum ? schema.options : [null]
  const choices = named.filter((value) => typeof value === 'string' || typeof value === 'number')
  return choices.length === named.length ? choices : null
}

export const listSettingsHandler = answer(listSettings, async (ctx) => {
  const stored = await ctx.db.all<{ key: string; value: string }>('select key, value from platform_setting order by key')
  const set = new Set(stored.map((s) => s.key))
  const rows = [...ctx.contributions.settings.values()].map((definition) => ({
    key: definition.key,
    value: ctx.setting(definition),
    fallback: definition.fallback,
    choices: choicesOf(definition.schema),
    is_set: set.has(definition.key) ? (1 as const) : (0 as const),
    may_change: ctx.may(definition.permission) ? (1 as const) : (0 as const),
    permission: definition.permission,
  }))
  return { rows: rows.sort((a, b) => (a.key < b.key ? -1 : 1)) }
})

const NULLABLE = ['tax_no', 'address', 'phone', 'bank_name', 'bank_account'] as const

export const updateCompanyHandler = handle(updateCompany, async (ctx, patch) => {
  const tidy = { ...patch }
  for (const column of NULLABLE) if (tidy[column] === '') tidy[column] = null
  await patchCompany(ctx, tidy)
  await ctx.emit(companyUpdated, { before: ctx.company, after: { ...ctx.company, ...tidy } })
  return {}
})

type Series = { key: string; prefix: string; digits: number; restarts: 'year' | 'month' | 'never' }

/**
 * No number is ever given twice: a prefix holds no digits and belongs to one series, the form says how often the series restarts,
 * and its counter of a period goes on where it stood when one comes back to it.
 */
export const updateSeriesHandler = handle(updateSeries, async (ctx, { key, ...patch }) => {
  const rows = await ctx.db.all<Series>('select key, prefix, digits, restarts from platform_series order by key')
  if (!rows.some((s) => s.key === key)) throw new Refusal('platform.seriesUnknown', { key })
  const other = rows.find((s) => s.key !== key && s.prefix === patch.prefix)
  if (other) throw new Refusal('platform.prefixTaken', { prefix: patch.prefix, key: other.key })
  await patchSeries(ctx, key, patch)
  return { key }
})

export const listSeriesHandler = answer(listSeries, async (ctx) => {
  const series = await ctx.db.all<Series>('select key, prefix, digits, restarts from platform_series order by key')
  const counters = await ctx.db.all<{ key: string; period: string; last_no: number }>(
    `select c.key, c.period, c.last_no from platform_counter c join platform_series s on s.key = c.key order by c.key, c.period`,
  )
  const rows = series.map((s) => {
    const period = periodOn(s, ctx.today)
    const last_no = counters.find((c) => c.key === s.key && c.period === period)?.last_no ?? 0
    return { ...s, next: formatNumber(s, { period, no: last_no + 1 }) }
  })
  return { rows }
})

import { answer, handle, on, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFounded } from '../platform/index.ts'
import { createTaxCode, listTaxCodes, removeTaxRate, setTaxRate, updateTaxCode } from './contract.ts'
import { deleteTaxRate, insertTaxCodes, patchTaxCode, putTaxRates } from './catalog.store.ts'
import { defaultTaxCode } from './create-item.ts'
import { rateHolding } from './read-item.ts'
import { taxCodesOf, taxpayerOf } from './tax-seeds.ts'

/** A new company knows the tax codes and dated rates of its profile. */
export const seedTaxes = on(companyFounded, async (ctx, { company }) => {
  const codes = taxCodesOf(company.profile)
  await insertTaxCodes(ctx, codes.map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en, is_active: 1 })))
  await putTaxRates(ctx, codes.flatMap(({ code, rates }) => rates.map((r) => ({ ...r, tax_code: code }))))
})

export const createTaxCodeHandler = handle(createTaxCode, async (ctx, { tax_code, name_zh, name_en }) => {
  const known = await ctx.db.get<{ code: string }>('select code from catalog_tax_code where code = ?', [tax_code])
  if (known) throw new Refusal('catalog.taxCodeTaken', { tax_code })
  await insertTaxCodes(ctx, [{ code: tax_code, name_zh, name_en, is_active: 1 }])
  return { tax_code }
})

export const updateTaxCodeHandler = handle(updateTaxCode, async (ctx, { tax_code, ...patch }) => {
  await assertKnown(ctx, tax_code)
  await patchTaxCode(ctx, tax_code, patch)
  return { tax_code }
})

export const setTaxRateHandler = handle(setTaxRate, async (ctx, { taxpayer = taxpayerOf(ctx.company), ...rate }) => {
  await assertKnown(ctx, rate.tax_code)
  if (rate.to_day !== null && rate.to_day < rate.from_day) {
    throw new Refusal('catalog.daysReversed', { from_day: rate.from_day, to_day: rate.to_day })
  }
  await putTaxRates(ctx, [{ ...rate, taxpayer }])
  return { tax_code: rate.tax_code }
})

export const removeTaxRateHandler = handle(removeTaxRate, async (ctx, { tax_code, taxpayer = taxpayerOf(ctx.company), from_day }) => {
  const removed = await deleteTaxRate(ctx, { tax_code, taxpayer, from_day })
  if (removed === 0) throw new Refusal('catalog.taxRateUnknown', { tax_code, day: from_day })
  return { tax_code }
})

/** Known is enough here: rates of a code that is no longer in use may still be corrected. */
async function assertKnown(ctx: CommandCtx, tax_code: string): Promise<void> {
  const row = await ctx.db.get<{ code: string }>('select code from catalog_tax_code where code = ?', [tax_code])
  if (!row) throw new Refusal('catalog.taxCodeUnknown', { tax_code })
}

type RateRow = {
  tax_code: string
  taxpayer: 'small' | 'general' | 'none'
  from_day: string
  to_day: string | null
  rate_e8: number
  source: string | null
}

export const listTaxCodesHandler = answer(listTaxCodes, async (ctx, { day = ctx.today }) => {
  const codes = await ctx.db.all<{ tax_code: string; name_zh: string; name_en: string; is_active: 0 | 1 }>(
    'select code as tax_code, name_zh, name_en, is_active from catalog_tax_code order by is_active desc, code',
  )
  const all = await ctx.db.all<RateRow>(
    'select tax_code, taxpayer, from_day, to_day, rate_e8, source from catalog_tax_rate order by tax_code, taxpayer, from_day desc',
  )
  const own = taxpayerOf(ctx.company)
  const rows = codes.map((code) => {
    const rates = all.filter((r) => r.tax_code === code.tax_code)
    const rate_e8 = rateHolding(rates.filter((r) => r.taxpayer === own), day) ?? null
    return { ...code, rate_e8, rates }
  })
  return { usual: defaultTaxCode(ctx, 'stocked'), rows }
})

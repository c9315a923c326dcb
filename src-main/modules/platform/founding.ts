import { z } from 'zod'
import { day, flag, line, name } from '../../kernel/contract.ts'
import { isCurrencyCode } from '../../kernel/money.ts'
import { event, type CommandCtx, type Company, type SeriesDefinition } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { insertUser } from './people.store.ts'
import { insertCompany } from './platform.store.ts'

/** A company was just founded: every module seeds what it cannot work without. */
export const companyFounded = event<{ company: Company }>('platform.companyFounded')

/** What may be changed of the company was changed, e.g. its kind of taxpayer. */
export const companyUpdated = event<{ before: Company; after: Company }>('platform.companyUpdated')

/** What a founder says; everything has a sensible default in the lobby. */
export const foundingInput = z.strictObject({
  name: name(120),
  profile: z.enum(['cn-small', 'international']),
  currency: z.string().regex(/^[A-Z]{3}$/).default('CNY'),
  first_day: day(),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  taxpayer: z.enum(['small', 'general', 'none']).default('small'),
  prices_include_tax: flag().optional(),
  owner_name: line(60).default(''),
  is_sample: flag().default(0),
})
export type Founding = z.input<typeof foundingInput>

/** The company's first row and its owner; not a command, because before it there is nobody who could be permitted. */
export async function foundCompany(
  ctx: Pick<CommandCtx, 'db' | 'newId' | 'now'>,
  { founding, definitions }: { founding: z.output<typeof foundingInput>; definitions: readonly SeriesDefinition[] },
): Promise<{ company: Company; owner_id: string }> {
  if (!isCurrencyCode(founding.currency)) throw new Refusal('platform.currencyUnknown', { currency: founding.currency })
  if (founding.profile === 'cn-small' && founding.currency !== 'CNY') {
    throw new Refusal('platform.profileNeedsCny', { currency: founding.currency })
  }
  const { owner_name, ...rest } = founding
  const row: Company = {
    id: 'company',
    ...rest,
    prices_include_tax: founding.prices_include_tax ?? (founding.profile === 'cn-small' ? 1 : 0),
    negative_stock: 'forbid',
    tax_no: null,
    address: null,
    phone: null,
    bank_name: null,
    bank_account: null,
    created_at: ctx.now,
  }
  await insertCompany(ctx, { row, series: definitions.map((d) => ({ ...d })) })
  const owner_id = ctx.newId()
  const fallback = founding.locale === 'zh-CN' ? '老板' : 'Owner'
  await insertUser(ctx, {
    id: owner_id,
    login: 'owner',
    name: owner_name === '' ? fallback : owner_name,
    locale: founding.locale,
    is_active: 1,
    created_at: ctx.now,
  })
  return { company: row, owner_id }
}

import { z } from 'zod'
import { day, flag, id, instant, line, name } from '../../kernel/contract.ts'

// The forms and rows that several operations of platform share.

export const locale = z.enum(['zh-CN', 'en'])
export const scope = z.enum(['own', 'team', 'all'])
/** Under which name somebody signs in: kept in lower case. */
export const login = () => z.string().trim().toLowerCase().regex(/^[\p{L}\p{N}._@-]{1,60}$/u)
/** Longer than it is clever: at least 8 characters. */
export const password = () => z.string().min(8).max(200)
/** One's password in force, to prove that it is really oneself who changes it; of any length, for it is only compared. */
export const currentPassword = () => z.string().max(200).optional()
export const roleCode = () => z.string().regex(/^[a-z][a-z0-9-]{1,30}$/)
export const permissionName = () => z.string().regex(/^[a-z]+\.[a-zA-Z]+$/)
export const grant = z.strictObject({ permission: permissionName(), scope })
export type Grant = z.output<typeof grant>

export const seriesForm = {
  key: z.string().regex(/^[a-z]+\.[a-zA-Z]+$/),
  /** Letters and hyphens only: digits could be taken for a period, and a number be made twice. */
  prefix: z.string().trim().regex(/^[\p{L}-]{0,10}$/u),
  digits: z.int().min(3).max(10),
  restarts: z.enum(['year', 'month', 'never']),
}

/** What may be changed of a company after its founding; profile, currency and first day are for good. */
export const companyForm = {
  name: name(120),
  locale,
  taxpayer: z.enum(['small', 'general', 'none']),
  prices_include_tax: flag(),
  negative_stock: z.enum(['forbid', 'warn', 'allow']),
  tax_no: line(40).nullable(),
  address: line(300).nullable(),
  phone: line(60).nullable(),
  bank_name: line(120).nullable(),
  bank_account: line(60).nullable(),
}

export const companyRow = z.object({
  ...companyForm,
  profile: z.enum(['cn-small', 'international']),
  currency: z.string(),
  first_day: day(),
  is_sample: flag(),
})

export const userRow = z.object({
  user_id: id(),
  login: z.string(),
  name: z.string(),
  locale,
  team_id: id().nullable(),
  team_name: z.string().nullable(),
  is_active: flag(),
  has_password: flag(),
  roles: z.array(z.object({ role_id: id(), code: z.string(), name_zh: z.string(), name_en: z.string() })),
  created_at: instant(),
})
export type UserRow = z.output<typeof userRow>

/** Something that belongs to a record of any module, named by its kind and id. */
export const source = { source_kind: z.string().regex(/^[a-z]+\.[a-zA-Z]+$/), source_id: id() }
export const sha256 = () => z.string().regex(/^[0-9a-f]{64}$/)

/** The row as it was before a change; secrets are left out. */
export const beforeImage = z.record(z.string(), z.unknown()).nullable()
export const change = z.object({ tbl: z.string(), op: z.enum(['i', 'u', 'd']), pk: z.string(), before: beforeImage })
export type Change = z.output<typeof change>

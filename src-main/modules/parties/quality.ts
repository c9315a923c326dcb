import type { OutputOf } from '../../kernel/contract.ts'
import { answer, handle, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { faults, keepQuality, listFaults, qualityReport, type Fault } from './contract-quality.ts'
import { insertQuality } from './quality.store.ts'
import { visibleParties } from './read-party.ts'

// How complete and how right the master data of parties are, field by field.

const USCC_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Is the last sign of a 统一社会信用代码 the one that the others make? GB 32100-2015: weights are powers of 3 modulo 31. */
export function isUscc(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false
  let sum = 0
  let weight = 1
  for (const sign of code.slice(0, 17)) {
    sum += USCC_SIGNS.indexOf(sign) * weight
    weight = (weight * 3) % 31
  }
  return USCC_SIGNS[(31 - (sum % 31)) % 31] === code[17]
}

/** Tax numbers of China: the credit code with its check digit, or the 15 to 20 signs of the numbers before it and of persons. */
const isTaxNo = (taxNo: string): boolean => (taxNo.length === 18 && !/^\d{17}[\dX]$/.test(taxNo) ? isUscc(taxNo) : taxNo.length === 18 ? isUscc(taxNo) || isPersonNo(taxNo) : /^(\d{15}|[0-9A-Z]{20})$/.test(taxNo))

/** The number of an identity card (GB 11643-1999), which sole traders are taxed under. */
function isPersonNo(no: string): boolean {
  const sum = [...no.slice(0, 17)].reduce((total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11), 0)
  return '10X98765432'[sum % 11] === no[17]
}

const CHINESE_PHONE = /^((00|\+)?86)?(1[3-9]\d{9}|0\d{9,11}|[48]00\d{7}|95\d{3,6}|[2-8]\d{6,7})$/
const isPhone = (phone: string, isChinese: boolean): boolean => {
  const bare = phone.normalize('NFKC').replace(/(转|ext\.?|x)\s*\d{1,6}$/i, '').replaceAll(/[\s()\-–.]/g, '')
  return isChinese ? CHINESE_PHONE.test(bare) : /^\+?\d{6,15}$/.test(bare)
}
const isEmail = (email: string): boolean => /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(email)

export type Facts = {
  readonly kind: string
  readonly phone: string | null
  readonly email: string | null
  readonly country: string | null
  readonly tax_no: string | null
  readonly has_owner: number
  readonly has_region: number
  readonly has_contact: number
}

/** What is wrong with the data of one party, in the order of the words. Numbers of other countries are judged by their form only. */
export function faultsOf(p: Facts): Fault[] {
  const isChinese = p.country === null || p.country === 'CN'
  const found: Record<Fault, boolean> = {
    phone_missing: p.phone === null,
    phone_wrong: p.phone !== null && !isPhone(p.phone, isChinese),
    email_wrong: p.email !== null && !isEmail(p.email),
    tax_no_missing: p.kind === 'company' && p.tax_no === null,
    tax_no_wrong: p.tax_no !== null && isChinese && !isTaxNo(p.tax_no),
    contact_missing: p.kind === 'company' && p.has_contact === 0,
    region_missing: p.has_region === 0,
    owner_missing: p.has_owner === 0,
  }
  return faults.filter((fault) => found[fault])
}

type Row = Facts & { readonly party_id: string; readonly code: string; readonly name: string; readonly is_customer: 0 | 1; readonly is_supplier: 0 | 1; readonly assigned_name: string | null; readonly region: string | null }

/** The parties that are dealt with, as far as somebody may see them. */
async function judged(ctx: QueryCtx, role: 'any' | 'customer' | 'supplier'): Promise<(Row & { faults: Fault[] })[]> {
  const seen = visibleParties(ctx.scope, 'p.id')
  const of = { any: '1 = 1', customer: 'p.is_customer = 1', supplier: 'p.is_supplier = 1' }[role]
  const rows = await ctx.db.all<Row>(
    `select p.id as party_id, p.code, p.name, p.kind, p.is_customer, p.is_supplier, p.phone, p.email, p.country, p.tax_no, u.name as assigned_name, d.region,
            case when a.user_id is null then 0 else 1 end as has_owner, case when d.region is null then 0 else 1 end as has_region,
            case when exists (select 1 from parties_contact c where c.party_id = p.id) then 1 else 0 end as has_contact
       from parties_party p left join parties_assignment a on a.party_id = p.id and a.to_day is null left join platform_user u on u.id = a.user_id
       left join parties_address d on d.party_id = p.id and d.is_default = 1
      where p.same_as = p.id and p.is_cash = 0 and p.is_active = 1 and ${of} and ${seen.sql} order by p.code, p.id`,
    seen.params,
  )
  return rows.map((row) => ({ ...row, faults: faultsOf(row) }))
}

const countsOf = (rows: readonly { faults: readonly Fault[] }[]) => ({
  total: rows.length,
  faultless: rows.filter((r) => r.faults.length === 0).length,
  counts: faults.map((fault) => ({ fault, count: rows.filter((r) => r.faults.includes(fault)).length })),
})

export const qualityReportHandler = answer(qualityReport, async (ctx, { role }) => {
  const trend = await ctx.db.all<OutputOf<typeof qualityReport>['trend'][number]>('select day, total, faultless from parties_quality order by day desc limit 90')
  return { ...countsOf(await judged(ctx, role)), trend: ctx.scope.kind === 'all' ? trend.toReversed() : [] }
})

export const listFaultsHandler = answer(listFaults, async (ctx, { role, fault, text, limit, offset }) => {
  const wanted = nameKeyOf(text)
  const rows = (await judged(ctx, role)).filter((r) => r.faults.length > 0 && (fault === undefined || r.faults.includes(fault)) && (text === '' || nameKeyOf(r.name).includes(wanted) || r.code.includes(text)))
  return { rows: rows.slice(offset, offset + limit), total: rows.length }
})

/** Once a day, how things stand: so that somebody sees whether cleaning helps. */
export const keepQualityHandler = handle(keepQuality, async (ctx) => {
  if (await ctx.db.get<{ day: string }>('select day from parties_quality where day = ?', [ctx.today])) throw new Refusal('parties.qualityKept', { day: ctx.today })
  const { total, faultless } = countsOf(await judged({ ...ctx, scope: { kind: 'all' } }, 'any'))
  await insertQuality(ctx, { day: ctx.today, total, faultless })
  return { total, faultless }
})

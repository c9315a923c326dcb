import { answer } from '../../kernel/operation.ts'
import { firstSteps } from './contract-first-steps.ts'

/** Where each step looks: one row is enough. The customer for passers-by and the owner are there from the beginning. */
const THERE = {
  has_item: 'catalog_item',
  has_stock: 'inventory_move',
  has_customer: 'parties_party where is_customer = 1 and is_cash = 0',
  has_order: 'sales_order where number is not null',
  has_invoice: 'sales_invoice',
  has_colleague: 'platform_user where id <> (select min(id) from platform_user)',
} as const

export const firstStepsHandler = answer(firstSteps, async ({ db, company }) => {
  const columns = Object.entries(THERE).map(([name, from]) => `case when exists (select 1 from ${from}) then 1 else 0 end as ${name}`)
  const found = (await db.get<Record<keyof typeof THERE, 0 | 1>>(`select ${columns.join(', ')} from platform_company`))!
  return { has_company: [company.address, company.phone, company.tax_no].some((word) => word !== null) ? (1 as const) : (0 as const), ...found }
})

import { on } from '../../kernel/operation.ts'
import { companyFounded } from '../platform/index.ts'
import { partyForm } from './contract.ts'
import { createParties } from './create-party.ts'

/** The code of the walk-in customer. */
const CASH_CODE = 'CASH'

/** Counter sales have a customer from the first day. */
export const seedCashParty = on(companyFounded, async (ctx, { company }) => {
  const name = company.locale === 'zh-CN' ? '零散客户' : 'Cash customer'
  await createParties(ctx, [{ ...partyForm.parse({ name, kind: 'person' }), code: CASH_CODE, assigned_to: null }], { is_cash: 1 })
})

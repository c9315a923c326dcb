import type { CommandCtx } from '../../kernel/operation.ts'
import { createItems, itemForm } from '../catalog/index.ts'
import { createParties, partyForm } from '../parties/index.ts'
import { countryCode } from './countries.ts'
import type { StagedCustomer, StagedItem } from './staged-rows.ts'

/** The data set counts in pieces and knows no tax. */
export const UNIT = 'pc'
const TAX_CODE = 'EXEMPT'

/** Makes all items in few statements; gives their ids by item number. */
export async function createAllItems(ctx: CommandCtx, items: readonly StagedItem[]): Promise<string[]> {
  return createItems(
    ctx,
    items.map(({ code, name, is_service, price_e4 }) => ({
      ...itemForm.parse({ name, kind: is_service === 1 ? 'service' : 'stocked', base_unit: UNIT, price_e4 }),
      code,
      tax_code: TAX_CODE,
    })),
  )
}

/** Makes all customers in few statements; gives their ids by code. */
export async function createAllCustomers(ctx: CommandCtx, customers: readonly StagedCustomer[]): Promise<Map<string, string>> {
  const ids = await createParties(
    ctx,
    customers.map(({ code, country }) => {
      const known = countryCode(country)
      const note = known === null && country !== '' ? country : null
      return { ...partyForm.parse({ name: `Customer ${code}`, country: known, note, assigned_to: null }), code, assigned_to: null }
    }),
  )
  return new Map(customers.map(({ code }, i) => [code, ids[i]!]))
}

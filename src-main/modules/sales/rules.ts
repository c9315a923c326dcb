import { z } from 'zod'
import { flag, rate } from '../../kernel/contract.ts'
import { setting } from '../../kernel/operation.ts'

/** 1: a delivery is invoiced in the same step unless somebody says otherwise. */
export const invoiceWithDelivery = setting({
  key: 'sales.invoice_with_delivery',
  schema: flag(),
  fallback: 1,
  permission: 'sales.configure',
})

/** How much more than ordered may be delivered, as a rate of the ordered quantity. */
export const overDeliveryRate = setting({ key: 'sales.over_delivery_rate_e8', schema: rate(), fallback: 0, permission: 'sales.configure' })

/** For how many days a quote holds where nobody says otherwise. */
export const quoteValidDays = setting({
  key: 'sales.quote_valid_days',
  schema: z.int().min(0).max(3650),
  fallback: 30,
  permission: 'sales.configure',
})

/** 1: somebody looked after the first steps on the start page and wants them no more. */
export const firstStepsPutAway = setting({ key: 'sales.first_steps_put_away', schema: flag(), fallback: 0, permission: 'platform.settings' })

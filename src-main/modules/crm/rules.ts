import { z } from 'zod'
import { setting } from '../../kernel/operation.ts'

/** An opportunity that stands longer in its stage is called stalled. */
export const stalledDays = setting({ key: 'crm.stalled_days', schema: z.int().min(1).max(3650), fallback: 30, permission: 'crm.configure' })

const days = (key: string, fallback: number) => setting({ key, schema: z.int().min(0).max(3650), fallback, permission: 'crm.configure' })
const most = (key: string) => setting({ key, schema: z.int().min(0).max(100_000), fallback: 0, permission: 'crm.configure' })

/** Back into the pool after so many days without a follow-up; 0: never. */
export const recycleIdleDays = days('crm.recycle_idle_days', 0)
/** Back into the pool after so many days without an invoice; 0: never. Leads are not asked: they buy nothing. */
export const recycleNoDealDays = days('crm.recycle_no_deal_days', 0)
/** So many days before it happens its owner is told. */
export const remindBeforeDays = days('crm.remind_before_days', 7)
/** Who gave one back, or lost it, takes it again only after so many days. */
export const coolDownDays = days('crm.cool_down_days', 7)
/** How many one may take a day and hold in all; 0: as many as one likes. */
export const claimsADay = most('crm.claims_a_day')
export const heldAtMost = most('crm.held_at_most')

/** From so many points on a lead is hot, and somebody is told; 0: none is. */
export const hotScore = setting({ key: 'crm.hot_score', schema: z.int().min(0).max(10_000), fallback: 60, permission: 'crm.configure' })

/** A task left undone for more than so many days is told to who leads its doer; 0: it is not. */
export const escalateDays = days('crm.escalate_days', 3)

import { z } from 'zod'
import { setting } from '../../kernel/operation.ts'

/** An opportunity that stands longer in its stage is called stalled. */
export const stalledDays = setting({ key: 'crm.stalled_days', schema: z.int().min(1).max(3650), fallback: 30, permission: 'crm.configure' })

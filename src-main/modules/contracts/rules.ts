import { amount, flag } from '../../kernel/contract.ts'
import { setting } from '../../kernel/operation.ts'

const ours = { permission: 'contracts.configure' } as const
/** 1: signing a contract is judged. */
export const approvesContracts = setting({ key: 'contracts.approves_contracts', schema: flag(), fallback: 0, ...ours })
/** Contracts below this amount approve themselves. */
export const approvedBelow = setting({ key: 'contracts.approved_below_minor', schema: amount(), fallback: 1_000_000, ...ours })

import { z } from 'zod'
import { command, flag, id, instant, name, page, query, text } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'
import { source } from './contract-forms.ts'

// What waits for somebody's word before it is done, and what was decided. A rule that approves by itself is written down here as well.

export type ApprovalState = 'pending' | 'approved' | 'by_rule' | 'rejected' | 'withdrawn' | 'replaced'
/** 'replaced': asked again after something was changed. 'by_rule': never waited. */
export const approvalStates: StateTable<ApprovalState> = {
  pending: ['approved', 'rejected', 'withdrawn', 'replaced'],
  approved: [],
  by_rule: [],
  rejected: [],
  withdrawn: [],
  replaced: [],
}

const one = z.strictObject({ approval_id: id() })
const decided = z.object({ approval_id: id() })
const deciding = ['platform.approvalNotFound', 'platform.approvalStateForbids', 'platform.notPermitted'] as const

/** Does what was asked for, as who asked, with everything checked anew: what its own command refuses is refused here. */
export const approve = command({
  name: 'platform.approve',
  permission: 'platform.use',
  input: z.strictObject({ approval_id: id(), note: text(500).nullable().default(null) }),
  output: decided,
  refusals: [...deciding, 'platform.approvalOwn', 'platform.approvalAskerGone', 'platform.approvalOutdated'],
})

export const rejectApproval = command({
  name: 'platform.rejectApproval',
  permission: 'platform.use',
  input: z.strictObject({ approval_id: id(), reason: name(500) }),
  output: decided,
  refusals: [...deciding],
})

/** Only by who asked. */
export const withdrawApproval = command({
  name: 'platform.withdrawApproval',
  permission: 'platform.use',
  input: one,
  output: decided,
  refusals: ['platform.approvalNotFound', 'platform.approvalStateForbids'],
})

/** Who asked has read what was decided. Said again it changes nothing. */
export const seeApprovals = command({
  name: 'platform.seeApprovals',
  permission: 'platform.use',
  audit: 'none',
  input: z.strictObject({}),
  output: z.object({ count: z.int() }),
  refusals: [],
})

const reason = z.object({
  rule: z.string(),
  verdict: z.enum(['approved', 'waits']),
  permission: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})
const row = z.object({
  approval_id: id(),
  /** The command that was asked for. */
  name: z.string(),
  ...source,
  title: z.string(),
  amount_minor: z.int().nullable(),
  reasons: z.array(reason),
  state: z.enum(['pending', 'approved', 'by_rule', 'rejected', 'withdrawn', 'replaced']),
  asked_by: id(),
  asked_name: z.string(),
  asked_at: instant(),
  decided_name: z.string().nullable(),
  decided_at: instant().nullable(),
  note: z.string().nullable(),
  /** 1: it waits, and the reader may decide it. */
  may_decide: flag(),
  is_own: flag(),
})

/** One's own requests, and those whose rules one may decide. */
export const listApprovals = query({
  name: 'platform.approvals',
  permission: 'platform.use',
  input: z.strictObject({ show: z.enum(['to_decide', 'pending', 'own', 'decided', 'all']).default('pending'), ...page }),
  output: z.object({ rows: z.array(row), total: z.int() }),
  reads: ['platform_approval', 'platform_user'],
  scope: 'rows',
})

export const getApproval = query({
  name: 'platform.approval',
  permission: 'platform.use',
  input: one,
  output: row,
  reads: ['platform_approval', 'platform_user'],
  refusals: ['platform.approvalNotFound'],
  scope: 'rows',
})

/** What was asked and decided about a record, the newest first, for who may see the record. */
export const approvalsOf = query({
  name: 'platform.approvalsOf',
  permission: 'platform.use',
  input: z.strictObject(source),
  output: z.object({ rows: z.array(row) }),
  reads: ['platform_approval', 'platform_user'],
  scope: 'rows',
})

/** For the tray: what waits for one's word, and one's own requests that were decided and not looked at since. */
export const approvalCounts = query({
  name: 'platform.approvalCounts',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({ to_decide: z.int(), decided: z.int() }),
  reads: ['platform_approval'],
  scope: 'rows',
})

import { answer, handle, type CommandCtx, type Judgement, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { marks } from '../../storage/db.ts'
import { markDecisionsSeen, patchApproval } from './approval.store.ts'
import { approversDecideOwn, valuesFor } from './approving.ts'
import { sees, type Source } from './attachments.ts'
import { approvalCounts, approvalStates, approvalsOf, approve, getApproval, listApprovals, rejectApproval, seeApprovals, withdrawApproval, type ApprovalState } from './contract-approvals.ts'

type Request = { id: string; name: string; input: string; title: string; terms: string; permissions: string; state: ApprovalState; asked_by: string }

export const approveHandler = handle(approve, async (ctx, { approval_id, note }) => {
  const request = await requestInHand(ctx, approval_id)
  assertMove(approvalStates, { from: request.state, to: 'approved', refusal: 'platform.approvalStateForbids' })
  assertDecides(ctx, request)
  if (request.asked_by === ctx.actor.id && ctx.setting(approversDecideOwn) === 0) throw new Refusal('platform.approvalOwn')
  const { judgements } = await ctx.runApproved({
    name: request.name,
    input: JSON.parse(request.input) as unknown,
    user_id: request.asked_by,
    command_id: ctx.newId(),
    terms: request.terms,
    may: (permission) => ctx.may(permission),
  })
  // What holds now is what it was approved by: since it was asked for, an invoice may have become overdue.
  const reasons = judgements.length > 0 ? { reasons: JSON.stringify(judgements) } : {}
  await patchApproval(ctx, approval_id, { state: 'approved', decided_by: ctx.actor.id, decided_at: ctx.now, note: note || null, ...reasons })
  return { approval_id }
})

export const rejectApprovalHandler = handle(rejectApproval, async (ctx, { approval_id, reason }) => {
  const request = await requestInHand(ctx, approval_id)
  assertMove(approvalStates, { from: request.state, to: 'rejected', refusal: 'platform.approvalStateForbids' })
  assertDecides(ctx, request)
  await patchApproval(ctx, approval_id, { state: 'rejected', decided_by: ctx.actor.id, decided_at: ctx.now, note: reason })
  return { approval_id }
})

export const withdrawApprovalHandler = handle(withdrawApproval, async (ctx, { approval_id }) => {
  const { state, asked_by } = await requestInHand(ctx, approval_id)
  if (asked_by !== ctx.actor.id) throw new Refusal('platform.approvalNotFound', { approval_id })
  assertMove(approvalStates, { from: state, to: 'withdrawn', refusal: 'platform.approvalStateForbids' })
  await patchApproval(ctx, approval_id, { state: 'withdrawn', decided_by: ctx.actor.id, decided_at: ctx.now })
  return { approval_id }
})

export const seeApprovalsHandler = handle(seeApprovals, async (ctx) => ({ count: await markDecisionsSeen(ctx, { user_id: ctx.actor.id, at: ctx.now }) }))

/** A request that the actor asked for or may decide. */
async function requestInHand(ctx: CommandCtx, approval_id: string): Promise<Request> {
  const row = await ctx.db.get<Request>(
    'select id, name, input, title, terms, permissions, state, asked_by from platform_approval where id = ?',
    [approval_id],
  )
  if (!row || (row.asked_by !== ctx.actor.id && !holdsAll(ctx, row.permissions))) throw new Refusal('platform.approvalNotFound', { approval_id })
  return row
}

type May = Pick<QueryCtx, 'may'>
const holdsAll = ({ may }: May, permissions: string): boolean => permissions.split(',').every((p) => may(p))

function assertDecides(ctx: CommandCtx, { permissions }: Request): void {
  const missing = permissions.split(',').find((p) => !ctx.may(p))
  if (missing !== undefined) throw new Refusal('platform.notPermitted', { permission: missing })
}

/** The sets of permissions that some request asks for and the reader holds: a handful, so that the database can do the paging. */
async function decidable(ctx: QueryCtx): Promise<string[]> {
  const sets = await ctx.db.all<{ permissions: string }>('select permissions from platform_approval group by permissions order by permissions')
  return sets.map((s) => s.permissions).filter((p) => holdsAll(ctx, p))
}

type Row = {
  approval_id: string; name: string; source_kind: string; source_id: string; title: string; amount_minor: number | null; reasons: string; permissions: string
  state: ApprovalState; asked_by: string; asked_name: string; asked_at: number; decided_name: string | null; decided_at: number | null; note: string | null
}
const SELECT = `select a.id as approval_id, a.name, a.source_kind, a.source_id, a.title, a.amount_minor, a.reasons, a.permissions, a.state, a.asked_by,
    u.name as asked_name, a.asked_at, d.name as decided_name, a.decided_at, a.note
  from platform_approval a join platform_user u on u.id = a.asked_by left join platform_user d on d.id = a.decided_by`

const shown = (ctx: QueryCtx, { reasons, permissions, ...row }: Row) => ({
  ...row,
  reasons: (JSON.parse(reasons) as Judgement[]).map((j) => ({ rule: j.rule, verdict: j.verdict, permission: j.permission, values: valuesFor(ctx, j) })),
  may_decide: row.state === 'pending' && holdsAll(ctx, permissions) && (row.asked_by !== ctx.actor.id || ctx.setting(approversDecideOwn) === 1) ? (1 as const) : (0 as const),
  is_own: row.asked_by === ctx.actor.id ? (1 as const) : (0 as const),
})

export const listApprovalsHandler = answer(listApprovals, async (ctx, { show, limit, offset }) => {
  const held = await decidable(ctx)
  const mine = { sql: 'a.asked_by = ?', params: [ctx.actor.id] }
  const deciding = held.length === 0 ? { sql: '0 = 1', params: [] } : { sql: `a.permissions in (${marks(held)})`, params: held }
  const whose = show === 'own' ? mine : show === 'to_decide' ? toDecide(ctx, deciding) : { sql: `(${mine.sql} or ${deciding.sql})`, params: [...mine.params, ...deciding.params] }
  const state = show === 'pending' || show === 'to_decide' ? `and a.state = 'pending'` : show === 'decided' ? `and a.state <> 'pending'` : ''
  const where = `where ${whose.sql} ${state}`
  const rows = await ctx.db.all<Row>(`${SELECT} ${where} order by a.asked_at desc, a.id desc limit ? offset ?`, [...whose.params, limit, offset])
  const total = await ctx.db.get<{ total: number }>(`select count(*) as total from platform_approval a ${where}`, whose.params)
  return { rows: rows.map((row) => shown(ctx, row)), total: total!.total }
})

type Condition = { readonly sql: string; readonly params: readonly string[] }
/** Nobody is called to decide what he may not: his own requests where four eyes are wanted. */
const toDecide = (ctx: QueryCtx, deciding: Condition): Condition =>
  ctx.setting(approversDecideOwn) === 1 ? deciding : { sql: `(${deciding.sql} and a.asked_by <> ?)`, params: [...deciding.params, ctx.actor.id] }

export const getApprovalHandler = answer(getApproval, async (ctx, { approval_id }) => {
  const row = await ctx.db.get<Row>(`${SELECT} where a.id = ?`, [approval_id])
  if (!row || (row.asked_by !== ctx.actor.id && !holdsAll(ctx, row.permissions))) throw new Refusal('platform.approvalNotFound', { approval_id })
  return shown(ctx, row)
})

export const approvalsOfHandler = answer(approvalsOf, async (ctx, record: Source) => {
  if (!(await sees(ctx, record))) return { rows: [] }
  const rows = await ctx.db.all<Row>(`${SELECT} where a.source_kind = ? and a.source_id = ? order by a.asked_at desc, a.id desc limit 100`, [record.source_kind, record.source_id])
  return { rows: rows.map((row) => shown(ctx, row)) }
})

export const approvalCountsHandler = answer(approvalCounts, async (ctx) => {
  const held = await decidable(ctx)
  const { sql, params } = toDecide(ctx, held.length === 0 ? { sql: '0 = 1', params: [] } : { sql: `a.permissions in (${marks(held)})`, params: held })
  const waits = await ctx.db.get<{ count: number }>(`select count(*) as count from platform_approval a where a.state = 'pending' and ${sql}`, params)
  const decided = await ctx.db.get<{ count: number }>(
    `select count(*) as count from platform_approval where asked_by = ? and seen_at is null and state in ('approved', 'rejected')`,
    [ctx.actor.id],
  )
  return { to_decide: waits!.count, decided: decided!.count }
})

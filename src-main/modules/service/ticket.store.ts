import { answerTemplate, feedback, feedbackTicket, labour, parts, partsLine, refund, refundLine, step, ticket, ticketClass, ticketDocument } from '../../../db/schema/service.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'
import { indexForSearch } from '../platform/index.ts'
import type { TicketState } from './contract.ts'

// The only code that writes tables of service.

type Ctx = Pick<CommandCtx, 'db'>

export const insertTicket = ({ db }: Ctx, row: NewRow<typeof ticket>): Promise<void> => db.insert(ticket, row)
export const patchTicket = ({ db }: Ctx, ticket_id: string, patch: Patch<typeof ticket>): Promise<void> => db.update(ticket, { id: ticket_id }, patch)

export type StepKind = 'open' | 'dealt' | 'assign' | 'change' | 'answer' | 'note' | 'wait' | 'resume' | 'solve' | 'close' | 'reopen' | 'escalate' | 'merge'
type Told = { readonly id: string; readonly state: TicketState; readonly assignee_id: string | null }

/** Writes down what happened to a ticket, as it stands after it. */
export async function addStep(ctx: CommandCtx, { id, state, assignee_id }: Told, { kind, text = null }: { kind: StepKind; text?: string | null }): Promise<void> {
  const last = await ctx.db.get<{ seq: number | null }>('select max(seq) as seq from service_step where ticket_id = ?', [id])
  await ctx.db.insert(step, { ticket_id: id, seq: (last?.seq ?? 0) + 1, kind, state, assignee_id, text, at: ctx.now, by_id: ctx.actor.id })
}

/** How much of a long text is found by its words. */
const FOUND = 600

/** Makes a ticket findable by its number and by what was said and done. */
export async function indexTicket(ctx: CommandCtx, t: { id: string; number: string; subject: string; text: string | null; solution: string | null }): Promise<void> {
  await indexForSearch(ctx, [{ kind: 'ticket', ref_id: t.id, title: t.subject, code: t.number, texts: [t.text, t.solution].filter((x) => x !== null).map((x) => x.slice(0, FOUND)) }])
}

export const linkTicket = ({ db }: Ctx, row: NewRow<typeof ticketDocument>): Promise<void> => db.insert(ticketDocument, row)
export const unlinkTicket = ({ db }: Ctx, row: { ticket_id: string; source_kind: string; source_id: string }): Promise<unknown> => db.removeWhere(ticketDocument, row)

export const insertClasses = ({ db }: Ctx, rows: readonly NewRow<typeof ticketClass>[]): Promise<void> => db.insertMany(ticketClass, rows)
export const patchClass = ({ db }: Ctx, class_id: string, patch: Patch<typeof ticketClass>): Promise<void> => db.update(ticketClass, { id: class_id }, patch)
export const insertTemplate = ({ db }: Ctx, row: NewRow<typeof answerTemplate>): Promise<void> => db.insert(answerTemplate, row)
export const patchTemplate = ({ db }: Ctx, template_id: string, patch: Patch<typeof answerTemplate>): Promise<void> => db.update(answerTemplate, { id: template_id }, patch)

export async function insertParts({ db }: Ctx, { row, lines }: { row: NewRow<typeof parts>; lines: readonly NewRow<typeof partsLine>[] }): Promise<void> {
  await db.insert(parts, row)
  await db.insertMany(partsLine, lines)
}
export const insertLabour = ({ db }: Ctx, row: NewRow<typeof labour>): Promise<void> => db.insert(labour, row)
export const withdrawLabourRow = ({ db }: Ctx, labour_id: string): Promise<void> => db.update(labour, { id: labour_id }, { is_withdrawn: 1 })

export async function insertRefund({ db }: Ctx, { row, lines }: { row: NewRow<typeof refund>; lines: readonly NewRow<typeof refundLine>[] }): Promise<void> {
  await db.insert(refund, row)
  await db.insertMany(refundLine, lines)
}
export const patchRefund = ({ db }: Ctx, refund_id: string, patch: Patch<typeof refund>): Promise<void> => db.update(refund, { id: refund_id }, patch)

export const insertFeedback = ({ db }: Ctx, row: NewRow<typeof feedback>): Promise<void> => db.insert(feedback, row)
export const patchFeedback = ({ db }: Ctx, feedback_id: string, patch: Patch<typeof feedback>): Promise<void> => db.update(feedback, { id: feedback_id }, patch)
export const joinTicket = ({ db }: Ctx, row: NewRow<typeof feedbackTicket>): Promise<void> => db.insert(feedbackTicket, row)

import { z } from 'zod'
import { flag } from '../../kernel/contract.ts'
import { setting, type CommandCtx, type Judged, type Judgement } from '../../kernel/operation.ts'
import { insertApproval, patchApproval } from './approval.store.ts'

/** 1: who may decide a request need not ask for his own; 0: four eyes, always. */
export const approversDecideOwn = setting({ key: 'platform.approvers_decide_own', schema: flag(), fallback: 1, permission: 'platform.settings' })

/** What the caller is told of a command that waits. */
export type Pending = { readonly approval_id: string; readonly title: string; readonly reasons: readonly Pick<Judgement, 'rule' | 'values'>[] }
const pendingAnswer = z.object({ approval_id: z.string(), title: z.string(), reasons: z.array(z.object({ rule: z.string(), values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) })) })

/** The name under which the audit keeps that something was asked for. */
export const ASKED = 'platform.askApproval'

type Asking = { readonly name: string; readonly inputText: string; readonly judged: Judged }

/**
 * What the bus does with what the policies say: writes down what a rule or the actor's own word approves, and lets it pass (undefined);
 * else makes the request that waits, in the place of an earlier one for the same record.
 */
export async function settleApproval(ctx: CommandCtx, { name, inputText, judged }: Asking): Promise<Pending | undefined> {
  const { about, judgements } = judged
  const waiting = judgements.filter((j) => j.verdict === 'waits')
  const isOwnWord = ctx.setting(approversDecideOwn) === 1 && waiting.every((j) => ctx.may(j.permission))
  const approval_id = ctx.newId()
  const row = {
    id: approval_id,
    name,
    input: inputText,
    ...about,
    reasons: JSON.stringify(judgements),
    permissions: permissionsOf(waiting.length > 0 ? waiting : judgements),
    asked_by: ctx.actor.id,
    asked_at: ctx.now,
  }
  await replaceEarlier(ctx, { name, ...about })
  if (waiting.length === 0 || isOwnWord) {
    const byPerson = waiting.length > 0
    await insertApproval(ctx, { ...row, state: byPerson ? 'approved' : 'by_rule', decided_by: byPerson ? ctx.actor.id : null, decided_at: ctx.now, seen_at: ctx.now })
    return undefined
  }
  await insertApproval(ctx, { ...row, state: 'pending', decided_by: null, decided_at: null })
  return { approval_id, title: about.title, reasons: waiting.map((j) => ({ rule: j.rule, values: valuesFor(ctx, j) })) }
}

/** The values of a judgement that the actor may know. */
export const valuesFor = ({ may }: Pick<CommandCtx, 'may'>, { values, confidential }: Judgement): Judgement['values'] =>
  !confidential || may(confidential.permission) ? values : Object.fromEntries(Object.entries(values).filter(([key]) => !confidential.keys.includes(key)))

const permissionsOf = (judgements: readonly Judgement[]): string => [...new Set(judgements.map((j) => j.permission))].sort().join(',')

/** Asked again, because something was changed or said otherwise: the earlier request counts no more. */
async function replaceEarlier(ctx: CommandCtx, { name, source_kind, source_id }: { name: string; source_kind: string; source_id: string }): Promise<void> {
  // A sale without a document of its own stands under its customer, who may have several.
  if (source_kind === 'parties.party') return
  const earlier = await ctx.db.all<{ id: string }>(
    `select id from platform_approval where source_kind = ? and source_id = ? and name = ? and state = 'pending' order by id`,
    [source_kind, source_id, name],
  )
  for (const { id } of earlier) await patchApproval(ctx, id, { state: 'replaced', decided_at: ctx.now })
}

/** The answer that this command got when it was first asked for; undefined where the commandId was used for something else. */
export function askedBefore(
  repeated: { readonly name: string; readonly user_id: string; readonly input: string; readonly answer: string },
  { name, userId, inputText }: { name: string; userId: string; inputText: string },
): Pending | undefined {
  const isSame = repeated.name === ASKED && repeated.user_id === userId && repeated.input === JSON.stringify({ name, input: inputText })
  return isSame ? pendingAnswer.parse(JSON.parse(repeated.answer)) : undefined
}

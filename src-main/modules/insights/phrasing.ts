import { answer, handle, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { isErased } from '../platform/index.ts'
import { phrasingAccount, phrasingTask, setPhrasingKey } from './contract.ts'
import { phrasingModel, phrasingNames, phrasingSeconds, phrasingUrl } from './rules.ts'
import { wholeOf } from './whole-customer.ts'

export const setPhrasingKeyHandler = handle(setPhrasingKey, async (ctx, { secret }) => {
  ctx.keepSecret('phrasing', secret)
  return {}
})

function accountOf(ctx: QueryCtx): { url: string; model: string; seconds: number } {
  const url = ctx.setting(phrasingUrl)
  if (url === '') throw new Refusal('insights.phrasingOff')
  return { url, model: ctx.setting(phrasingModel), seconds: ctx.setting(phrasingSeconds) }
}

export const phrasingAccountHandler = answer(phrasingAccount, async (ctx) => accountOf(ctx))

export const phrasingTaskHandler = answer(phrasingTask, async (ctx, { party_id }) => {
  const account = accountOf(ctx)
  // The rules decide, under the reader's own rights; whom the reader may not see is not found.
  const { steps } = await wholeOf(ctx, { party_id })
  const party = (await ctx.db.get<{ same_as: string; name: string }>('select w.same_as, w.name from parties_party p join parties_party w on w.id = p.same_as where p.id = ?', [party_id]))!
  if ((await isErased(ctx, party_id)) || (await isErased(ctx, party.same_as))) throw new Refusal('parties.personErased', { name: party.name })
  const [step] = steps
  if (!step) throw new Refusal('insights.nothingToPhrase')
  const sends_names = ctx.setting(phrasingNames)
  return { ...account, what: step.what, because: step.because, sends_names, customer: sends_names === 1 ? party.name : null }
})

import { addDays, addMonths } from '../../kernel/day.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { itemsOf, ratioOf } from '../catalog/index.ts'
import { assertColleague, opportunityInHand, raiseTask } from '../crm/index.ts'
import { assertVisible, partyOf, visibleParties } from '../parties/index.ts'
import { notErased, takeNumber } from '../platform/index.ts'
import { createOrder, draftOrder, orderOfQuote, quoteInHand } from '../sales/index.ts'
import { contractStates, createContract, draftContract, orderContract, remindOfEnds, renewContract, signContract, terminateContract, updateContract } from './contract.ts'
import { insertContract, patchContract, replaceAgreed, type Agreed } from './contract.store.ts'
import { contractInHand, type Contract } from './in-hand.ts'
import { nextTerm, planFault } from './plan.ts'

type Form = Omit<InputOf<typeof createContract>, 'party_id'>

/** The form with its units looked up. Refuses a term or plan that does not hold together. */
async function agreedIn(ctx: CommandCtx, { lines, plan, amount_minor, starts_on, ends_on }: Form): Promise<Agreed> {
  if (ends_on < starts_on) throw new Refusal('contracts.termReversed', { starts_on, ends_on })
  const fault = planFault(plan, amount_minor)
  if (fault === 'differs') throw new Refusal('contracts.planDiffers', { amount_minor, plan_minor: plan.reduce((sum, p) => sum + p.amount_minor, 0) })
  if (fault === 'order') throw new Refusal('contracts.planOutOfOrder')
  const items = await itemsOf(ctx, lines.map((l) => l.item_id))
  return {
    lines: lines.map(({ unit, ...line }) => {
      const item = items.get(line.item_id)!
      ratioOf(item, unit ?? item.base_unit)
      return { ...line, unit: unit ?? item.base_unit }
    }),
    plan: plan.map((p) => ({ ...p, note: p.note || null })),
  }
}

async function ownerIn(ctx: CommandCtx, { owner_id }: { owner_id?: string | undefined }): Promise<string> {
  if (owner_id === undefined) return ctx.actor.id
  await assertColleague(ctx, owner_id)
  return owner_id
}

type Head = Pick<Contract, 'title' | 'party_id' | 'amount_minor' | 'starts_on' | 'ends_on' | 'remind_days' | 'owner_id' | 'note'> & Partial<Pick<Contract, 'opportunity_id' | 'quote_id'>> & { readonly renews_id?: string }

/** Writes a draft and gives its id. */
async function draft(ctx: CommandCtx, head: Head, agreed: Agreed): Promise<{ contract_id: string }> {
  const contract_id = ctx.newId()
  await insertContract(ctx, { row: { id: contract_id, ...head, state: 'draft', created_by: ctx.actor.id, created_at: ctx.now }, agreed })
  return { contract_id }
}

export const createContractHandler = handle(createContract, async (ctx, { party_id, ...form }) => {
  await assertVisible(ctx, party_id)
  const agreed = await agreedIn(ctx, form)
  const { title, amount_minor, starts_on, ends_on, remind_days, note } = form
  return draft(ctx, { title, party_id, amount_minor, starts_on, ends_on, remind_days, owner_id: await ownerIn(ctx, form), note: note || null }, agreed)
})

export const updateContractHandler = handle(updateContract, async (ctx, { contract_id, ...form }) => {
  const before = await contractInHand(ctx, contract_id)
  if (before.state !== 'draft') throw new Refusal('contracts.stateForbids', { from: before.state, to: 'draft' })
  const agreed = await agreedIn(ctx, form)
  const { title, amount_minor, starts_on, ends_on, remind_days, note } = form
  const owner_id = form.owner_id === undefined ? before.owner_id : await ownerIn(ctx, form)
  await patchContract(ctx, contract_id, { title, amount_minor, starts_on, ends_on, remind_days, note: note || null, owner_id })
  await replaceAgreed(ctx, contract_id, agreed)
  return { contract_id }
})

export const draftContractHandler = handle(draftContract, async (ctx, { opportunity_id, quote_id }) => {
  const found = opportunity_id === undefined ? await quotedIn(ctx, quote_id!) : await offeredIn(ctx, opportunity_id)
  if (found.head.amount_minor <= 0) throw new Refusal('contracts.nothingAgreed', { title: found.head.title })
  const starts_on = ctx.today
  const ends_on = addDays(addMonths(starts_on, 12), -1)
  const plan = [{ due_on: starts_on, amount_minor: found.head.amount_minor, note: null }]
  return draft(ctx, { ...found.head, starts_on, ends_on, remind_days: 30 }, { lines: found.lines, plan })
})

type Found = { readonly head: Omit<Head, 'starts_on' | 'ends_on' | 'remind_days'>; readonly lines: Agreed['lines'] }

async function offeredIn(ctx: CommandCtx, opportunity_id: string): Promise<Found> {
  const { name, party_id, amount_minor, owner_id, note } = await opportunityInHand(ctx, opportunity_id)
  const lines = await ctx.db.all<Agreed['lines'][number]>('select item_id, unit, quantity_e6, price_e4 from crm_opportunity_line where opportunity_id = ? order by line_no', [opportunity_id])
  return { head: { title: name, party_id, amount_minor, owner_id, note, opportunity_id }, lines }
}

/** The opportunity behind the quote, where there is one, stays known. */
async function quotedIn(ctx: CommandCtx, quote_id: string): Promise<Found> {
  const quote = await quoteInHand(ctx, quote_id)
  const { name } = await partyOf(ctx, quote.party_id)
  const origin = await ctx.db.get<{ opportunity_id: string }>(
    `select d.opportunity_id from crm_opportunity_document d join sales_quote q on q.id = d.source_id
      where d.source_kind = 'sales.quote' and (q.id = ? or q.number = ?) order by d.opportunity_id limit 1`,
    [quote_id, quote.number],
  )
  return {
    head: {
      title: quote.number === null ? name : `${quote.number} ${name}`.slice(0, 200), party_id: quote.party_id, amount_minor: quote.gross_minor,
      owner_id: quote.salesperson_id ?? ctx.actor.id, note: quote.note, quote_id, opportunity_id: origin?.opportunity_id ?? null,
    },
    lines: quote.lines.map(({ item_id, unit, quantity_e6, price_e4 }) => ({ item_id, unit, quantity_e6, price_e4 })),
  }
}

/** A draft that could be signed now. Refuses what signing refuses, and writes nothing. */
export async function signable(ctx: CommandCtx, { contract_id, signed_on }: InputOf<typeof signContract>): Promise<Contract> {
  const contract = await contractInHand(ctx, contract_id)
  assertMove(contractStates, { from: contract.state, to: 'active', refusal: 'contracts.stateForbids' })
  if (signed_on > ctx.today) throw new Refusal('contracts.signedInFuture', { day: signed_on })
  return contract
}

export const signContractHandler = handle(signContract, async (ctx, input) => {
  const { id: contract_id } = await signable(ctx, input)
  const number = await takeNumber(ctx, { series: 'contracts.contract', day: input.signed_on })
  await patchContract(ctx, contract_id, { state: 'active', number, signed_on: input.signed_on })
  return { contract_id, number }
})

export const terminateContractHandler = handle(terminateContract, async (ctx, { contract_id, reason }) => {
  const { state } = await contractInHand(ctx, contract_id)
  assertMove(contractStates, { from: state, to: 'terminated', refusal: 'contracts.stateForbids' })
  await patchContract(ctx, contract_id, { state: 'terminated', ended_on: ctx.today, end_reason: reason })
  return { contract_id }
})

export const renewContractHandler = handle(renewContract, async (ctx, { contract_id }) => {
  const { title, party_id, amount_minor, remind_days, owner_id, note, opportunity_id, ...before } = await contractInHand(ctx, contract_id)
  if (before.state !== 'active') throw new Refusal('contracts.stateForbids', { from: before.state, to: 'active' })
  const next = await ctx.db.get<{ number: string | null }>('select number from contracts_contract where renews_id = ?', [contract_id])
  if (next) throw new Refusal('contracts.renewedAlready', { number: before.number })
  const { moved, ...term } = nextTerm(before)
  const plan = before.plan.map((p) => ({ ...p, due_on: moved(p.due_on) }))
  return draft(ctx, { title, party_id, amount_minor, ...term, remind_days, owner_id, note, opportunity_id, renews_id: contract_id }, { lines: before.lines, plan })
})

export const orderContractHandler = handle(orderContract, async (ctx, { contract_id }) => {
  const contract = await contractInHand(ctx, contract_id)
  const { number, state, party_id, owner_id } = contract
  if (state !== 'active') throw new Refusal('contracts.stateForbids', { from: state, to: 'active' })
  if (contract.order_id !== null) throw new Refusal('contracts.orderedAlready', { number })
  if (!ctx.may('sales.order')) throw new Refusal('contracts.orderNotPermitted', { number })
  const isQuoted = contract.quote_id !== null && (await quoteInHand(ctx, contract.quote_id)).state === 'sent'
  if (!isQuoted && contract.lines.length === 0) throw new Refusal('contracts.nothingToOrder', { number })
  const { order_id } = isQuoted
    ? await orderOfQuote(ctx, { quote_id: contract.quote_id!, wanted_on: null })
    : await draftOrder(ctx, createOrder.input.parse({ party_id, salesperson_id: owner_id, note: `${number} ${contract.title}`.slice(0, 2000), lines: contract.lines }))
  await patchContract(ctx, contract_id, { order_id })
  return { contract_id, order_id }
})

type Ending = { id: string; number: string; title: string; party_id: string; ends_on: string; owner_id: string; remind_days: number; owner_active: number }

export const remindOfEndsHandler = handle(remindOfEnds, async (ctx) => {
  const seen = visibleParties(ctx.scope, 'c.party_id')
  const running = await ctx.db.all<Ending>(
    `select c.id, c.number, c.title, c.party_id, c.ends_on, c.owner_id, c.remind_days, u.is_active as owner_active from contracts_contract c join platform_user u on u.id = c.owner_id
      where c.state = 'active' and c.reminder_id is null and c.remind_days is not null and c.ends_on >= ? and ${notErased('c.party_id')} and ${seen.sql}
        and not exists (select 1 from contracts_contract n where n.renews_id = c.id) order by c.ends_on, c.id`,
    [ctx.today, ...seen.params],
  )
  const due = running.filter((c) => addDays(c.ends_on, -c.remind_days) <= ctx.today)
  for (const c of due) {
    const title = ctx.company.locale === 'zh-CN' ? `合同 ${c.number} ${c.ends_on} 到期，谈续约：${c.title}` : `Contract ${c.number} ends on ${c.ends_on}: talk about renewal (${c.title})`
    const task_id = await raiseTask(ctx, { title, note: null, kind: 'call', party_id: c.party_id, assignee_id: c.owner_active === 1 ? c.owner_id : ctx.actor.id, due_on: ctx.today, priority: 2 })
    await patchContract(ctx, c.id, { reminder_id: task_id })
  }
  return { count: due.length }
})

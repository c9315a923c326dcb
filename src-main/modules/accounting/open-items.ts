import { daysBetween } from '../../kernel/day.ts'
import { answer } from '../../kernel/operation.ts'
import type { Reader } from '../../storage/db.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { openItems, partyBalance, type Side } from './contract.ts'
import { openAt } from './open-amounts.ts'
import { allOf, when } from './where.ts'

type Row = {
  open_item_id: string; side: Side; party_id: string; party_name: string; source_kind: string; source_id: string; number: string
  day: string; due_on: string; amount_minor: number; open_minor: number; account_code: string
}

/** Items with what is open of them, now or at the end of a day; due first comes first. */
export const openItemsAnswer = answer(openItems, async ({ db, scope, today }, input) => {
  const { as_of, limit, offset } = input
  const open = openAt(as_of)
  const isOpen = input.include_settled === 0
  const where = allOf([
    when(input.side, 'i.side = ?'),
    when(input.party_id, ofParty('i.party_id')),
    when(input.source_kind, 'i.source_kind = ?'),
    when(input.source_id, 'i.source_id = ?'),
    when(as_of, 'i.day <= ?'),
    isOpen && as_of === undefined ? { sql: 'i.amount_minor <> i.settled_minor', params: [] } : undefined,
    visibleParties(scope, 'i.party_id'),
  ])
  const items = `select i.id, i.side, i.party_id, i.account_id, i.source_kind, i.source_id, i.number, i.day, i.due_on, i.amount_minor,
    ${open.sql} as open_minor from accounting_open_item i where ${where.sql}`
  const from = `from (${items}) o join parties_party p on p.id = o.party_id join accounting_account a on a.id = o.account_id
    ${isOpen ? 'where o.open_minor <> 0' : ''}`
  const params = [...open.params, ...where.params]
  const rows = await db.all<Row>(
    `select o.id as open_item_id, o.side, o.party_id, p.name as party_name, o.source_kind, o.source_id, o.number, o.day, o.due_on,
            o.amount_minor, o.open_minor, a.code as account_code ${from} order by o.due_on, o.id limit ? offset ?`,
    [...params, limit, offset],
  )
  const sums = await db.get<{ total: number; open_minor: number }>(
    `select count(*) as total, coalesce(sum(o.open_minor), 0) as open_minor ${from}`,
    params,
  )
  const day = as_of ?? today
  return {
    rows: rows.map((r) => ({
      ...r,
      settled_minor: r.amount_minor - r.open_minor,
      overdue_days: r.open_minor === 0 ? 0 : Math.max(0, daysBetween({ from: r.due_on, to: day })),
    })),
    ...sums!,
  }
})

/** What a party owes and is owed, minor units: positive parts and, beside them, open credits (0 or below). */
export type PartyBalance = {
  receivable_minor: number; receivable_credit_minor: number; receivable_overdue_minor: number
  payable_minor: number; payable_credit_minor: number; payable_overdue_minor: number
}

/** Sums of one party's open items. In a command, after `ctx.flush()` where that command changed them. */
export async function partyBalanceOf(
  db: Reader,
  { party_id, day, as_of }: { party_id: string; day: string; as_of?: string },
): Promise<PartyBalance> {
  const open = openAt(as_of)
  const where = allOf([
    { sql: ofParty('i.party_id'), params: [party_id] },
    as_of === undefined ? { sql: 'i.amount_minor <> i.settled_minor', params: [] } : { sql: 'i.day <= ?', params: [as_of] },
  ])
  const rows = await db.all<{ side: Side; owed: number; credit: number; overdue: number }>(
    `select o.side, sum(case when o.amount_minor > 0 then o.open_minor else 0 end) as owed,
            sum(case when o.amount_minor < 0 then o.open_minor else 0 end) as credit,
            sum(case when o.amount_minor > 0 and o.due_on < ? then o.open_minor else 0 end) as overdue
       from (select i.side, i.amount_minor, i.due_on, ${open.sql} as open_minor from accounting_open_item i where ${where.sql}) o
      group by o.side order by o.side`,
    [day, ...open.params, ...where.params],
  )
  const of = (side: Side) => rows.find((r) => r.side === side) ?? { owed: 0, credit: 0, overdue: 0 }
  const [receivable, payable] = [of('receivable'), of('payable')]
  return {
    receivable_minor: receivable.owed, receivable_credit_minor: receivable.credit, receivable_overdue_minor: receivable.overdue,
    payable_minor: payable.owed, payable_credit_minor: payable.credit, payable_overdue_minor: payable.overdue,
  }
}

const NOTHING: PartyBalance = {
  receivable_minor: 0, receivable_credit_minor: 0, receivable_overdue_minor: 0, payable_minor: 0, payable_credit_minor: 0, payable_overdue_minor: 0,
}

export const partyBalanceAnswer = answer(partyBalance, async ({ db, scope, today }, { party_id, as_of }) => {
  const visible = visibleParties(scope, 'p.id')
  const seen = await db.get<{ id: string }>(
    `select p.id from parties_party p where p.id = ? and ${visible.sql}`, [party_id, ...visible.params],
  )
  const sums = seen ? await partyBalanceOf(db, { party_id, day: as_of ?? today, as_of }) : NOTHING
  const net_minor = sums.receivable_minor + sums.receivable_credit_minor - sums.payable_minor - sums.payable_credit_minor
  return { ...sums, net_minor }
})

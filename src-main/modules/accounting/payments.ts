import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { payment, payments, type PaymentKind } from './contract.ts'
import { allOf, anywhere, when, type Condition } from './where.ts'

type Head = {
  payment_id: string; number: string; kind: PaymentKind; party_id: string; party_name: string; day: string; method: string; method_name_zh: string
  method_name_en: string; amount_minor: number; allocated_minor: number; discount_minor: number; open_minor: number; note: string | null; reference: string | null
  source_kind: string | null; source_id: string | null; reverses_id: string | null; reversed_by_id: string | null; entry_id: string; created_by: string; created_at: number
  open_item_id: string
}

// What a reversal settled for good is not counted as used: the payment is void.
const used = (column: 'amount_minor' | 'discount_minor'): string =>
  `coalesce((select sum(x.${column}) from accounting_allocation x where x.is_final = 0 and x.positive_id = i.id), 0)
   + coalesce((select sum(x.${column}) from accounting_allocation x where x.is_final = 0 and x.negative_id = i.id), 0)`

const HEAD = `p.id as payment_id, p.number, p.kind, p.party_id, p.party_name, p.day, p.method, m.name_zh as method_name_zh, m.name_en as method_name_en,
  p.amount_minor, ${used('amount_minor')} as allocated_minor, ${used('discount_minor')} as discount_minor,
  abs(i.amount_minor - i.settled_minor) as open_minor, p.note, p.reference, p.source_kind, p.source_id, p.reverses_id,
  (select r.id from accounting_payment r where r.reverses_id = p.id) as reversed_by_id, p.entry_id, p.created_by, p.created_at, i.id as open_item_id`
const FROM = `from accounting_payment p join accounting_payment_method m on m.code = p.method
  join accounting_open_item i on i.source_kind = 'accounting.payment' and i.source_id = p.id`

export const paymentsAnswer = answer(payments, async ({ db, scope }, input) => {
  const where = allOf([
    when(input.kind, 'p.kind = ?'),
    when(input.party_id, ofParty('p.party_id')),
    when(input.method, 'p.method = ?'),
    when(input.from, 'p.day >= ?'),
    when(input.to, 'p.day <= ?'),
    when(input.source_kind, 'p.source_kind = ?'),
    when(input.source_id, 'p.source_id = ?'),
    textCondition(input.text),
    visibleParties(scope, 'p.party_id'),
  ])
  // What each settled is summed of the rows on the page only.
  const rows = await db.all<Head>(
    `select ${HEAD} ${FROM} where p.id in (select p.id from accounting_payment p where ${where.sql} order by p.day desc, p.id desc limit ? offset ?)
      order by p.day desc, p.id desc`,
    [...where.params, input.limit, input.offset],
  )
  const sums = await db.get<{ total: number; amount_minor: number }>(
    `select count(*) as total, coalesce(sum(p.amount_minor), 0) as amount_minor from accounting_payment p where ${where.sql}`,
    where.params,
  )
  return { rows, ...sums! }
})

function textCondition(text: string | undefined): Condition | undefined {
  if (text === undefined || text === '') return undefined
  const pattern = anywhere(text)
  const columns = ['number', 'party_name', 'reference', 'note']
  return { sql: columns.map((c) => `lower(p.${c}) like ? escape '!'`).join(' or '), params: columns.map(() => pattern) }
}

type AllocationLine = {
  allocation_id: string; day: string; amount_minor: number; discount_minor: number; open_item_id: string; number: string; source_kind: string; source_id: string
  entry_id: string | null; undoes_id: string | null; undone_by_id: string | null; is_final: 0 | 1
}

/** One payment with everything it settled, also what was undone since. */
export const paymentAnswer = answer(payment, async ({ db, scope }: QueryCtx, { payment_id }) => {
  const where = allOf([{ sql: 'p.id = ?', params: [payment_id] }, visibleParties(scope, 'p.party_id')])
  const head = await db.get<Head>(`select ${HEAD} ${FROM} where ${where.sql}`, where.params)
  if (!head) throw new Refusal('accounting.paymentNotFound', { payment_id })
  const entry = await db.get<{ word: string; period: string; number: number }>(
    'select word, period, number from accounting_entry where id = ?', [head.entry_id],
  )
  const allocations = await db.all<AllocationLine>(
    `select a.id as allocation_id, a.day, a.amount_minor, a.discount_minor, o.id as open_item_id, o.number, o.source_kind, o.source_id, a.entry_id, a.undoes_id,
            (select u.id from accounting_allocation u where u.undoes_id = a.id) as undone_by_id, a.is_final
       from accounting_allocation a
       join accounting_open_item o on o.id = case when a.positive_id = ? then a.negative_id else a.positive_id end
      where a.positive_id = ? or a.negative_id = ? order by a.day, a.id`,
    [head.open_item_id, head.open_item_id, head.open_item_id],
  )
  return { ...head, entry: entry!, allocations }
})

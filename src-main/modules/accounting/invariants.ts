import type { Invariant } from '../../kernel/operation.ts'

// The books inspect themselves: every query must come back empty, on both engines.

const partyControls = `'receivable', 'customer_advances', 'payable', 'supplier_advances'`

/** The reversal touches no account of goods. */
const withoutGoods = `not exists (select 1 from accounting_line g join accounting_account c on c.id = g.account_id
  where g.entry_id = r.id and c.control in ('inventory', 'goods_delivered'))`

export const invariants: readonly Invariant[] = [
  {
    name: 'accounting: every entry has lines, balances, and its total is their debit',
    sql: `select e.id from accounting_entry e left join accounting_line l on l.entry_id = e.id
           group by e.id, e.total_minor
          having count(l.line_no) = 0 or sum(l.debit_minor) <> sum(l.credit_minor) or sum(l.debit_minor) <> e.total_minor`,
  },
  {
    name: 'accounting: lines bear the day of their entry, entries the month of their day',
    sql: `select e.id from accounting_entry e where e.period <> substr(e.day, 1, 7)
          union all select l.entry_id from accounting_line l join accounting_entry e on e.id = l.entry_id where l.day <> e.day`,
  },
  {
    name: 'accounting: balances are the sums of the lines, by account and month',
    sql: `select t.account_id, t.period from (
            select account_id, period, debit_minor, credit_minor from accounting_balance
            union all
            select l.account_id, case when e.kind = 'opening' then '0000-00' else substr(l.day, 1, 7) end, -l.debit_minor, -l.credit_minor
              from accounting_line l join accounting_entry e on e.id = l.entry_id
          ) t group by t.account_id, t.period having sum(t.debit_minor) <> 0 or sum(t.credit_minor) <> 0`,
  },
  {
    name: 'accounting: opening entries stand on the first day of books',
    sql: `select e.id from accounting_entry e where e.kind = 'opening' and e.day <> (select c.first_day from platform_company c)`,
  },
  {
    name: 'accounting: vouchers are numbered from 1 without gaps, by word and month, as far as the counter',
    sql: `select g.word, g.period from (
            select e.word, e.period, min(e.number) as first_no, max(e.number) as last_no, count(*) as n from accounting_entry e group by e.word, e.period
          ) g left join platform_counter c on c.key = 'accounting.voucher:' || g.word and c.period = g.period
           where g.first_no <> 1 or g.last_no <> g.n or coalesce(c.last_no, 0) <> g.last_no
          union all
          select c.key, c.period from platform_counter c
           where c.key like 'accounting.voucher:%' and c.last_no > 0
             and not exists (select 1 from accounting_entry e where 'accounting.voucher:' || e.word = c.key and e.period = c.period)`,
  },
  {
    name: 'accounting: what allocations settled is what the items say',
    sql: `select t.id from (
            select i.id, i.settled_minor as v from accounting_open_item i
            union all select a.positive_id, -(a.amount_minor + a.discount_minor) from accounting_allocation a
            union all select a.negative_id, a.amount_minor from accounting_allocation a
          ) t group by t.id having sum(t.v) <> 0`,
  },
  {
    name: 'accounting: no item is settled beyond its amount or against its sign',
    sql: `select i.id from accounting_open_item i
           where i.amount_minor = 0 or (i.amount_minor > 0 and (i.settled_minor < 0 or i.settled_minor > i.amount_minor))
              or (i.amount_minor < 0 and (i.settled_minor > 0 or i.settled_minor < i.amount_minor))`,
  },
  {
    name: 'accounting: allocations join one party and side, a positive and a negative item, not before either',
    sql: `select a.id from accounting_allocation a
            join accounting_open_item p on p.id = a.positive_id join accounting_open_item n on n.id = a.negative_id
            join parties_party pp on pp.id = p.party_id join parties_party np on np.id = n.party_id
           where (pp.same_as <> np.same_as and a.undoes_id is null and not exists (select 1 from accounting_allocation u where u.undoes_id = a.id)) or p.side <> n.side or p.amount_minor < 0 or n.amount_minor > 0 or a.day < p.day or a.day < n.day`,
  },
  {
    name: 'accounting: an undoing takes back exactly what it undoes',
    sql: `select u.id from accounting_allocation u join accounting_allocation a on a.id = u.undoes_id
           where u.positive_id <> a.positive_id or u.negative_id <> a.negative_id or u.amount_minor <> -a.amount_minor
              or u.discount_minor <> -a.discount_minor or u.day < a.day or a.undoes_id is not null or a.is_final = 1`,
  },
  {
    name: 'accounting: receivables, payables and advances agree with the open items, by account and party',
    sql: `select t.account_id, t.party from (
            select l.account_id, coalesce(l.party_id, '') as party,
                   case when a.control in ('receivable', 'customer_advances') then l.debit_minor - l.credit_minor else l.credit_minor - l.debit_minor end as v
              from accounting_line l join accounting_account a on a.id = l.account_id where a.control in (${partyControls})
            union all
            select i.account_id, i.party_id, -(i.amount_minor - i.settled_minor) from accounting_open_item i
          ) t group by t.account_id, t.party having sum(t.v) <> 0`,
  },
  {
    // Goods that go back are worth what they cost by now, so what moves them need not mirror; inventory holds those entries to the moves.
    name: 'accounting: a reversal mirrors its original, and there is one at most',
    sql: `select t.id from (
            select r.id, l.account_id, coalesce(l.party_id, '') as party, l.debit_minor, l.credit_minor
              from accounting_entry r join accounting_line l on l.entry_id = r.id
             where r.reverses_id is not null and r.source_kind <> 'accounting.payment' and ${withoutGoods}
            union all
            select r.id, l.account_id, coalesce(l.party_id, ''), l.debit_minor, l.credit_minor
              from accounting_entry r join accounting_line l on l.entry_id = r.reverses_id
             where r.reverses_id is not null and r.source_kind <> 'accounting.payment' and ${withoutGoods}
          ) t group by t.id, t.account_id, t.party having sum(t.debit_minor) <> 0 or sum(t.credit_minor) <> 0
          union all
          select e.reverses_id from accounting_entry e where e.reverses_id is not null group by e.reverses_id having count(*) > 1`,
  },
  {
    name: 'accounting: lines stand on accounts that have none below them',
    sql: `select a.id from accounting_account a
           where exists (select 1 from accounting_account c where c.parent_id = a.id) and exists (select 1 from accounting_line l where l.account_id = a.id)`,
  },
  {
    name: 'accounting: roles and payment methods lead to accounts that take lines',
    sql: `select a.id from accounting_account a
            join (select account_id from accounting_role union select account_id from accounting_payment_method) u on u.account_id = a.id
           where a.is_active = 0 or exists (select 1 from accounting_account c where c.parent_id = a.id)`,
  },
  {
    name: 'accounting: the entry of a payment holds its amount on the account of its method',
    sql: `select p.id from accounting_payment p join accounting_payment_method m on m.code = p.method
           where not exists (
             select 1 from accounting_line l where l.entry_id = p.entry_id and l.account_id = m.account_id
                and case when p.kind in ('receipt', 'supplier_refund') then l.debit_minor else l.credit_minor end = p.amount_minor)`,
  },
  {
    name: 'accounting: a reversed payment and its reversal add up to nothing',
    sql: `select r.id from accounting_payment r join accounting_payment p on p.id = r.reverses_id
           where r.amount_minor <> -p.amount_minor or r.kind <> p.kind or r.party_id <> p.party_id or r.method <> p.method or r.day < p.day
          union all
          select p.id from accounting_payment p where (p.amount_minor < 0) <> (p.reverses_id is not null)`,
  },
  {
    name: 'accounting: every payment opened one item of its amount',
    sql: `select p.id from accounting_payment p
            left join accounting_open_item i on i.source_kind = 'accounting.payment' and i.source_id = p.id
           group by p.id, p.kind, p.amount_minor
          having count(i.id) <> 1 or sum(i.amount_minor) <> case when p.kind in ('refund', 'supplier_refund') then p.amount_minor else -p.amount_minor end`,
  },
  {
    name: 'accounting: the opening clearing account is clear in closed books',
    sql: `select a.id from accounting_account a join accounting_balance b on b.account_id = a.id
           where a.control = 'opening_clearing'
             and (select k.locked_through from accounting_lock k) >= (select c.first_day from platform_company c)
             and b.period <= (select substr(k.locked_through, 1, 7) from accounting_lock k)
           group by a.id having sum(b.debit_minor - b.credit_minor) <> 0`,
  },
]

import type { Invariant } from '../../kernel/operation.ts'

/** Truths about contracts; each query must return no rows. */
export const contractsInvariants: readonly Invariant[] = [
  {
    name: 'contracts: the plan comes to the amount',
    sql: `select c.id from contracts_contract c left join contracts_instalment i on i.contract_id = c.id
           group by c.id, c.amount_minor having coalesce(sum(i.amount_minor), 0) <> c.amount_minor`,
  },
  {
    name: 'contracts: the days of a plan follow each other',
    sql: `select i.contract_id, i.part_no from contracts_instalment i join contracts_instalment n on n.contract_id = i.contract_id and n.part_no = i.part_no + 1 where n.due_on <= i.due_on`,
  },
  {
    name: 'contracts: only what was signed became an order or was renewed',
    sql: `select id from contracts_contract where order_id is not null and number is null
          union all select n.id from contracts_contract n join contracts_contract c on c.id = n.renews_id where c.number is null`,
  },
]

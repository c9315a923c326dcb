import type { Invariant } from '../../kernel/operation.ts'
import { COMPANY_SIGN, MOVE_LOCATIONS } from './query-parts.ts'

const signedMoves = `select m.item_id, ${COMPANY_SIGN} * m.quantity_e6 as quantity_e6, ${COMPANY_SIGN} * m.value_minor as value_minor
  from inventory_move m ${MOVE_LOCATIONS}`
const INVENTORY_ACCOUNT = `(select account_id from accounting_role where role = 'inventory')`

/** Truths about the stock; each query must return no rows. */
export const inventoryInvariants: readonly Invariant[] = [
  {
    name: 'inventory: every pool is the sum of its moves, in quantity and value',
    sql: `select x.item_id, sum(x.quantity_e6) as quantity_off, sum(x.value_minor) as value_off
            from (${signedMoves} union all select item_id, 0 - quantity_e6, 0 - value_minor from inventory_pool) x
           group by x.item_id having sum(x.quantity_e6) <> 0 or sum(x.value_minor) <> 0`,
  },
  {
    name: 'inventory: quantity 0 means value 0, and goods in stock have no negative value',
    sql: `select item_id, quantity_e6, value_minor from inventory_pool
           where (quantity_e6 = 0 and value_minor <> 0) or (quantity_e6 > 0 and value_minor < 0) or (quantity_e6 < 0 and value_minor > 0)`,
  },
  {
    name: 'inventory: stock on hand is the sum of the moves at each location',
    sql: `select x.item_id, x.location_id, sum(x.quantity_e6) as quantity_off
            from (select item_id, to_location_id as location_id, quantity_e6 from inventory_move
                  union all select item_id, from_location_id, 0 - quantity_e6 from inventory_move
                  union all select item_id, location_id, 0 - on_hand_e6 from inventory_stock) x
            join inventory_location l on l.id = x.location_id where l.kind = 'internal'
           group by x.item_id, x.location_id having sum(x.quantity_e6) <> 0`,
  },
  {
    name: 'inventory: reserved and incoming are the sums of the plans',
    sql: `select x.item_id, x.location_id, sum(x.reserved_e6) as reserved_off, sum(x.incoming_e6) as incoming_off
            from (select item_id, location_id, reserved_e6, case when direction = 'in' then quantity_e6 else 0 end as incoming_e6
                    from inventory_plan
                  union all select item_id, location_id, 0 - reserved_e6, 0 - incoming_e6 from inventory_stock) x
           group by x.item_id, x.location_id having sum(x.reserved_e6) <> 0 or sum(x.incoming_e6) <> 0`,
  },
  {
    name: 'inventory: nothing is reserved that is not there',
    sql: `select item_id, location_id, on_hand_e6, reserved_e6 from inventory_stock
           where reserved_e6 < 0 or reserved_e6 > case when on_hand_e6 > 0 then on_hand_e6 else 0 end`,
  },
  {
    name: 'inventory: nobody waits while goods are free',
    sql: `select p.id, p.item_id from inventory_plan p join inventory_stock s on s.item_id = p.item_id and s.location_id = p.location_id
           where p.direction = 'out' and p.reserved_e6 < p.quantity_e6 and s.on_hand_e6 > s.reserved_e6`,
  },
  {
    name: 'inventory: plans promise something, and only from or to a warehouse',
    sql: `select p.id from inventory_plan p join inventory_location l on l.id = p.location_id
           where p.quantity_e6 = 0 or l.kind <> 'internal' or (p.direction = 'in' and p.reserved_e6 <> 0)`,
  },
  {
    name: 'inventory: layers are what FIFO pools hold, and only they have any',
    sql: `select x.item_id, sum(x.quantity_e6) as quantity_off, sum(x.value_minor) as value_off
            from (select item_id, quantity_e6, value_minor from inventory_layer
                  union all
                  select p.item_id, 0 - p.quantity_e6, 0 - p.value_minor from inventory_pool p join catalog_item i on i.id = p.item_id
                   where i.costing = 'fifo' and p.quantity_e6 > 0) x
           group by x.item_id having sum(x.quantity_e6) <> 0 or sum(x.value_minor) <> 0`,
  },
  {
    name: 'inventory: the inventory account is worth the pools',
    sql: `select b.minor as account_minor, p.minor as pools_minor
            from (select coalesce(sum(debit_minor - credit_minor), 0) as minor from accounting_line
                   where account_id = ${INVENTORY_ACCOUNT}) b
            cross join (select coalesce(sum(value_minor), 0) as minor from inventory_pool) p where b.minor <> p.minor`,
  },
  {
    name: 'inventory: every entry carries exactly the value of its moves',
    sql: `select x.entry_id, sum(x.minor) as value_off
            from (select entry_id, debit_minor - credit_minor as minor from accounting_line where account_id = ${INVENTORY_ACCOUNT}
                  union all
                  select m.entry_id, 0 - ${COMPANY_SIGN} * m.value_minor from inventory_move m ${MOVE_LOCATIONS}
                    where m.entry_id is not null) x
           group by x.entry_id having sum(x.minor) <> 0`,
  },
  {
    name: 'inventory: what has no entry has no value',
    sql: `select m.source_kind, m.source_id, m.day, sum(${COMPANY_SIGN} * m.value_minor) as value_off
            from inventory_move m ${MOVE_LOCATIONS} where m.entry_id is null and m.value_minor <> 0
           group by m.source_kind, m.source_id, m.day having sum(${COMPANY_SIGN} * m.value_minor) <> 0`,
  },
  {
    name: 'inventory: moves are posted on the day of their entry',
    sql: `select m.seq, m.day, e.day as entry_day from inventory_move m join accounting_entry e on e.id = m.entry_id where e.day <> m.day`,
  },
  {
    name: 'inventory: adjustments correct a move of the same item, and no later one',
    sql: `select a.seq from inventory_move a left join inventory_move m on m.seq = a.original_seq
           where a.kind = 'adjustment' and (m.seq is null or m.kind = 'adjustment' or m.item_id <> a.item_id or m.day > a.day)`,
  },
  {
    name: 'inventory: pools know their last move',
    sql: `select p.item_id, p.last_day, p.last_seq from inventory_pool p
           where not exists (select 1 from inventory_move m where m.seq = p.last_seq and m.item_id = p.item_id and m.day = p.last_day)
              or exists (select 1 from inventory_move m where m.item_id = p.item_id and m.kind <> 'adjustment'
                           and (m.day > p.last_day or (m.day = p.last_day and m.seq > p.last_seq)))`,
  },
  {
    name: 'inventory: adjustment lines are what their moves did',
    sql: `select x.source_id, x.line_no, sum(x.quantity_e6) as quantity_off, sum(x.value_minor) as value_off
            from (select m.source_id, m.source_line_no as line_no, ${COMPANY_SIGN} * m.quantity_e6 as quantity_e6,
                         ${COMPANY_SIGN} * m.value_minor as value_minor
                    from inventory_move m ${MOVE_LOCATIONS} where m.source_kind = 'inventory.adjustment' and m.kind <> 'adjustment'
                  union all
                  select l.adjustment_id, l.line_no, 0 - l.quantity_e6, 0 - l.value_minor
                    from inventory_adjustment_line l join inventory_adjustment a on a.id = l.adjustment_id where a.kind <> 'memo') x
           group by x.source_id, x.line_no having sum(x.quantity_e6) <> 0 or sum(x.value_minor) <> 0`,
  },
  {
    name: 'inventory: one default warehouse, and one default location in each',
    sql: `select 'warehouses' as what, count(*) as n from inventory_warehouse where is_default = 1 having count(*) <> 1
          union all
          select w.code, (select count(*) from inventory_location l where l.warehouse_id = w.id and l.is_default = 1)
            from inventory_warehouse w
           where (select count(*) from inventory_location l where l.warehouse_id = w.id and l.is_default = 1) <> 1`,
  },
]

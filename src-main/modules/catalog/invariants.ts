import type { Invariant } from '../../kernel/operation.ts'

const unitExists = (table: string): string =>
  `not exists (select 1 from catalog_unit u where u.item_id = ${table}.item_id and u.name = ${table}.unit) and i.base_unit <> ${table}.unit`

/** Truths about the catalogue; each query must return no rows. */
export const catalogInvariants: readonly Invariant[] = [
  {
    name: 'catalog: further units have a positive size and another name than the base unit',
    sql: `select u.item_id, u.name from catalog_unit u join catalog_item i on i.id = u.item_id
           where u.numerator <= 0 or u.denominator <= 0 or u.name = i.base_unit`,
  },
  {
    name: 'catalog: every barcode names a unit of its item',
    sql: `select b.barcode from catalog_barcode b join catalog_item i on i.id = b.item_id where ${unitExists('b')}`,
  },
  {
    name: 'catalog: every price names a unit of its item',
    sql: `select p.list_id, p.item_id, p.unit from catalog_price p join catalog_item i on i.id = p.item_id where ${unitExists('p')}`,
  },
  {
    name: 'catalog: every item can be found under its name and code',
    sql: `select i.id, i.code from catalog_item i left join platform_search_doc d on d.kind = 'item' and d.ref_id = i.id
           where d.doc is null or d.title <> i.name or d.code is null`,
  },
  {
    name: 'catalog: nothing is found that is no item',
    sql: `select d.doc, d.ref_id from platform_search_doc d left join catalog_item i on i.id = d.ref_id
           where d.kind = 'item' and i.id is null`,
  },
  {
    name: 'catalog: no category lies in itself',
    sql: `with recursive reached (id) as (
            select id from catalog_category where parent_id is null
            union all select c.id from catalog_category c join reached r on c.parent_id = r.id)
          select c.id, c.name from catalog_category c where c.id not in (select id from reached)`,
  },
  {
    name: 'catalog: rates do not end before they begin',
    sql: `select tax_code, taxpayer, from_day from catalog_tax_rate where to_day < from_day`,
  },
]

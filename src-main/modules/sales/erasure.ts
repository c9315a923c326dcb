import { among, type ErasureObstacle, type Person } from '../../kernel/personal.ts'

const open = (table: string, states: string) => (person: Person) => ({
  sql: `select count(*) as n from ${table} where state in (${states}) and ${among('party_id', person.party_ids).sql}`,
  params: person.party_ids,
})

export const erasureObstacles: readonly ErasureObstacle[] = [
  { refusal: 'sales.ordersOpen', count: open('sales_order', `'draft', 'confirmed'`) },
  { refusal: 'sales.quotesOpen', count: open('sales_quote', `'draft', 'sent'`) },
]

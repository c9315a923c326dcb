import { among, type ErasureObstacle } from '../../kernel/personal.ts'

export const erasureObstacles: readonly ErasureObstacle[] = [
  {
    refusal: 'accounting.stillOwed',
    count: (person) => ({ sql: `select count(*) as n from accounting_open_item where amount_minor <> settled_minor and ${among('party_id', person.party_ids).sql}`, params: person.party_ids }),
  },
]

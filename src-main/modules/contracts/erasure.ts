import { among, type ErasureObstacle } from '../../kernel/personal.ts'

export const erasureObstacles: readonly ErasureObstacle[] = [
  {
    refusal: 'contracts.contractsRunning',
    count: (person) => ({ sql: `select count(*) as n from contracts_contract where state in ('draft', 'active') and order_id is null and ${among('party_id', person.party_ids).sql}`, params: person.party_ids }),
  },
]

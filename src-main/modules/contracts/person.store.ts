import { contract, instalment } from '../../../db/schema/contracts.ts'
import { LABEL, among, ofParties, type ErasureObstacle, type PersonalRows } from '../../kernel/personal.ts'

/** What contracts hold of a person. One that was signed is kept as books are. */
export const personalRows: readonly PersonalRows[] = [
  {
    kind: 'contracts.contract',
    table: instalment,
    of: (person) => {
      const of = among('c.party_id', person.party_ids)
      return { sql: `r.contract_id in (select c.id from contracts_contract c where c.number is null and ${of.sql})`, params: of.params }
    },
    becomes: { note: null },
  },
  { kind: 'contracts.contract', table: contract, of: ofParties('r.party_id'), kept: 'r.number is not null', becomes: { title: LABEL, note: null, end_reason: LABEL } },
]

export const erasureObstacles: readonly ErasureObstacle[] = [
  {
    refusal: 'contracts.contractsRunning',
    count: (person) => ({ sql: `select count(*) as n from contracts_contract where state in ('draft', 'active') and order_id is null and ${among('party_id', person.party_ids).sql}`, params: person.party_ids }),
  },
]

import { entry, payment } from '../../../db/schema/accounting.ts'
import { among, ofParties, type ErasureObstacle, type PersonalRows } from '../../kernel/personal.ts'

/** Books are kept as they are. */
export const personalRows: readonly PersonalRows[] = [
  { kind: 'accounting.payment', table: payment, of: ofParties('r.party_id'), becomes: 'kept' },
  {
    kind: 'accounting.entry',
    table: entry,
    of: (person) => {
      const of = among('l.party_id', person.party_ids)
      return { sql: `r.id in (select l.entry_id from accounting_line l where ${of.sql})`, params: of.params }
    },
    becomes: 'kept',
  },
]

export const erasureObstacles: readonly ErasureObstacle[] = [
  {
    refusal: 'accounting.stillOwed',
    count: (person) => ({ sql: `select count(*) as n from accounting_open_item where amount_minor <> settled_minor and ${among('party_id', person.party_ids).sql}`, params: person.party_ids }),
  },
]

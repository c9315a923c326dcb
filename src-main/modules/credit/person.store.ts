import { dunning, limitChange, promise, release } from '../../../db/schema/credit.ts'
import { LABEL, ofParties, type PersonalRows } from '../../kernel/personal.ts'

const of = ofParties('r.party_id')

/** What credit holds of a person besides figures: what people wrote. */
export const personalRows: readonly PersonalRows[] = [
  { kind: 'credit.release', table: release, of, becomes: { reason: LABEL } },
  { kind: 'credit.limitChange', table: limitChange, of, becomes: { reason: LABEL } },
  { kind: 'credit.dunning', table: dunning, of, becomes: { note: null } },
  { kind: 'credit.promise', table: promise, of, becomes: { note: null, ended_reason: LABEL } },
]

import { bill } from '../../../db/schema/purchasing.ts'
import { ofParties, type PersonalRows } from '../../kernel/personal.ts'

/** Bills are posted and stay. */
export const personalRows: readonly PersonalRows[] = [{ kind: 'purchasing.bill', table: bill, of: ofParties('r.party_id'), becomes: 'kept' }]

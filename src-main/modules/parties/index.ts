import { defineModule } from '../../kernel/operation.ts'

export { partiesOf, partyOf, partyIdsByCode, snapshotOf, visibleParties, assertVisible, cashPartyId, type PartyInfo } from './read-party.ts'

export const partiesModule = defineModule({
  name: 'parties',
  floor: 2,
  permissions: [
    { name: 'parties.read', grants: { sales: 'own', warehouse: 'all', bookkeeper: 'all', viewer: 'all' } },
    { name: 'parties.write', grants: { sales: 'own', bookkeeper: 'all' } },
    { name: 'parties.assign', grants: {} },
    { name: 'parties.terms', grants: { bookkeeper: 'all' } },
    { name: 'parties.import', grants: { bookkeeper: 'all' } },
  ],
  // Any reader of parties in upper floors may give these.
  refusals: ['parties.partyNotFound', 'parties.partyIsPermanent'],
  series: [{ key: 'parties.party', prefix: 'C', digits: 5, restarts: 'never' }],
})

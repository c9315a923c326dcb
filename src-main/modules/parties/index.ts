import { defineModule } from '../../kernel/operation.ts'
import { attachedTo } from '../platform/index.ts'
import { assignPartyHandler } from './assign-party.ts'
import { duplicatePairsHandler, listMergesHandler, weighDuplicatesHandler } from './duplicates.ts'
import { mergePartiesHandler, partPartiesHandler, tellApartHandler } from './merge-parties.ts'
import { PARTY_FIGURES, createPartyHandler } from './create-party.ts'
import { customerCodeRule, nextPartyCodeHandler, supplierCodeRule } from './party-code.ts'
import { partyFields } from './import-fields.ts'
import { importPartiesHandler } from './import-parties.ts'
import { listMendsHandler, mendPartiesHandler, previewMendHandler, undoMendHandler } from './mend.ts'
import { keepQualityHandler, listFaultsHandler, qualityReportHandler } from './quality.ts'
import { followErasure } from './erasure.ts'
import { contactSubject, partySubject } from './persons.ts'
import { partyTreeHandler } from './hierarchy.ts'
import { partyInvariants } from './invariants.ts'
import { findDuplicatesHandler, getPartyHandler, listPartiesHandler, partyWordsHandler, searchPartiesHandler } from './list-parties.ts'
import { visibleParties } from './read-party.ts'
import { PARTY_KIND } from './search-party.ts'
import { seedCashParty } from './seed-parties.ts'
import { deactivatePartyHandler, reactivatePartyHandler, updatePartyHandler } from './update-party.ts'

export { partiesOf, partyOf, partyIdsByCode, snapshotOf, visibleParties, assertVisible, ofParty, nowParty, winnerOf, cashPartyId, type PartyInfo } from './read-party.ts'
export { partyForm } from './contract.ts'
export { createParties, newParty } from './create-party.ts'
export { giveParty } from './assign-party.ts'
export { addContact, setCreditLimit, setPriceLevel } from './update-party.ts'
export { creditLimitChanged, partiesMerged, partiesParted } from './events.ts'
export { tellingWords } from './persons.ts'
export { relink, unlink } from './merge-log.ts'
export { findAlike, findSimilar, keysOf } from './likeness.ts'
export { phoneKeyOf, tidyTaxNo } from './party.ts'
export { likenessKeysOf, LIKELY, profileOf, resemblanceOf, type Profile } from './resemblance.ts'

export const partiesModule = defineModule({
  name: 'parties',
  floor: 2,
  commands: [
    createPartyHandler,
    updatePartyHandler,
    deactivatePartyHandler,
    reactivatePartyHandler,
    assignPartyHandler,
    importPartiesHandler,
    mergePartiesHandler,
    partPartiesHandler,
    tellApartHandler,
    weighDuplicatesHandler,
    keepQualityHandler,
    mendPartiesHandler,
    undoMendHandler,
  ],
  daily: ['parties.keepQuality'],
  often: ['parties.weighDuplicates'],
  queries: [listPartiesHandler, getPartyHandler, findDuplicatesHandler, searchPartiesHandler, partyWordsHandler, duplicatePairsHandler, listMergesHandler, partyTreeHandler, qualityReportHandler, listFaultsHandler, nextPartyCodeHandler, previewMendHandler, listMendsHandler],
  reactions: [seedCashParty, followErasure],
  personSubjects: [partySubject, contactSubject],
  permissions: [
    { name: 'parties.read', grants: { sales: 'own', warehouse: 'all', bookkeeper: 'all', viewer: 'all' } },
    { name: 'parties.write', grants: { sales: 'own', bookkeeper: 'all' } },
    { name: 'parties.assign', grants: {} },
    { name: 'parties.terms', grants: { bookkeeper: 'all' } },
    { name: 'parties.import', grants: { bookkeeper: 'all' } },
    { name: 'parties.merge', grants: { bookkeeper: 'all' } },
  ],
  // Any reader of parties in upper floors may give these.
  refusals: ['parties.partyNotFound', 'parties.partyIsPermanent', 'parties.mergeIsPermanent', 'parties.partyIsMerged', 'parties.notAPerson', 'parties.personErased'],
  settings: [customerCodeRule, supplierCodeRule],
  series: [{ key: 'parties.party', prefix: 'C', digits: 5, restarts: 'never' }],
  invariants: partyInvariants,
  importers: [{ kind: 'parties', permission: 'parties.import', command: 'parties.importParties', fields: partyFields, target: 'parties.party' }],
  searchScopes: [{ kind: PARTY_KIND, permission: 'parties.read', rows: visibleParties }],
  customFieldTargets: [{ kind: 'parties.party', table: 'parties_party', figures: PARTY_FIGURES }],
  attachmentScopes: [attachedTo({ kind: 'parties.party', table: 'parties_party', permission: 'parties.read', sight: visibleParties })],
})

import { defineModule } from '../../kernel/operation.ts'
import { chainReportHandler } from './hierarchy.ts'
import { raiseCallHandler, raiseTasksHandler } from './calls.ts'
import { insightsInvariants } from './invariants.ts'
import { getCustomerHandler, listCustomersHandler, nextPurchasesHandler } from './list-customers.ts'
import { listTierMovesHandler, overviewHandler } from './overview.ts'
import { listTogetherHandler, recommendForItemsHandler } from './recommend.ts'
import { printables } from './papers.ts'
import { phrasingAccountHandler, phrasingTaskHandler, setPhrasingKeyHandler } from './phrasing.ts'
import { recomputeHandler } from './recompute.ts'
import { listCohortHandler, retentionHandler, returningHandler } from './retention.ts'
import { callAfter, discountRate, fCounts, horizonMonths, mMinor, phrasingModel, phrasingNames, phrasingSeconds, phrasingUrl, raisesTasks, rDays, usesThresholds, windowDays } from './rules.ts'
import { createSegmentHandler, getSegmentHandler, listSegmentsHandler, previewSegmentHandler, removeSegmentHandler, segmentFilter, updateSegmentHandler } from './segments.ts'
import { wholeCustomerHandler } from './whole-customer.ts'
import { createTierHandler, listTiersHandler, seedTiers, updateTierHandler } from './tiers.ts'

// Who is in a segment, for neighbours above; lower floors come by `partyFilters`.
export { partiesOfSegment } from './segments.ts'

export const insightsModule = defineModule({
  name: 'insights',
  floor: 9,
  commands: [recomputeHandler, createTierHandler, updateTierHandler, createSegmentHandler, updateSegmentHandler, removeSegmentHandler, raiseCallHandler, raiseTasksHandler, setPhrasingKeyHandler],
  queries: [
    chainReportHandler,
    overviewHandler,
    listCustomersHandler,
    getCustomerHandler,
    wholeCustomerHandler,
    listTiersHandler,
    listTierMovesHandler,
    listSegmentsHandler,
    getSegmentHandler,
    previewSegmentHandler,
    nextPurchasesHandler,
    listTogetherHandler,
    recommendForItemsHandler,
    retentionHandler,
    returningHandler,
    listCohortHandler,
    phrasingAccountHandler,
    phrasingTaskHandler,
  ],
  permissions: [
    { name: 'insights.read', grants: { sales: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'insights.segment', grants: { sales: 'own', bookkeeper: 'all' } },
    { name: 'insights.call', grants: { sales: 'own' } },
    { name: 'insights.compute', grants: { bookkeeper: 'all' } },
    { name: 'insights.configure', grants: {} },
  ],
  refusals: ['insights.tierMoveIsPermanent', 'insights.tierIsPermanent'],
  reactions: [seedTiers],
  settings: [windowDays, usesThresholds, rDays, fCounts, mMinor, horizonMonths, discountRate, callAfter, raisesTasks, phrasingUrl, phrasingModel, phrasingSeconds, phrasingNames],
  invariants: insightsInvariants,
  printables,
  partyFilters: [segmentFilter],
  daily: ['insights.recompute'],
})

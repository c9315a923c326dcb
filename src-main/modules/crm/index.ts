import { defineModule, type AttachmentScope, type Scope } from '../../kernel/operation.ts'
import { erasureObstacles, followErasure, leadSubject } from './erasure.ts'
import { visibleParties } from '../parties/index.ts'
import { attachedTo } from '../platform/index.ts'
import { funnelHandler } from './funnel.ts'
import { findKnownHandler } from './find-known.ts'
import { importLeadsHandler, leadFields } from './import-leads.ts'
import { crmInvariants } from './invariants.ts'
import { contactHabitsHandler, listActivitiesHandler } from './list-activities.ts'
import { convertLeadHandler, createLeadHandler, loseLeadHandler, reviveLeadHandler, updateLeadHandler } from './leads.ts'
import { getLeadHandler, hotLeadsHandler, leadWordsHandler, listLeadsHandler, takeApartHandler } from './list-leads.ts'
import {
  boardHandler, getOpportunityHandler, listCompetitorsHandler, listOpportunitiesHandler, listStagesHandler, originOfDocumentHandler,
} from './list-opportunities.ts'
import { createOpportunityHandler, loseOpportunityHandler, moveOpportunityHandler, reopenOpportunityHandler, updateOpportunityHandler } from './opportunities.ts'
import { mergeReactions } from './merge.store.ts'
import { listPoolHandler, listPoolMovesHandler, poolLimitsHandler } from './list-pool.ts'
import { assignToHandler, claimHandler, handOverHandler, protectHandler, recycleHandler, returnToPoolHandler, unprotectHandler } from './pool.ts'
import { claimsADay, coolDownDays, escalateDays, heldAtMost, hotScore, recycleIdleDays, recycleNoDealDays, remindBeforeDays, stalledDays } from './rules.ts'
import { createCompetitorHandler, createStageHandler, seedStages, updateCompetitorHandler, updateStageHandler } from './stages.ts'
import { quoteOpportunityHandler, winOpportunityHandler } from './win-opportunity.ts'
import { getTaskHandler, listTasksHandler, taskCountsHandler } from './list-tasks.ts'
import { correctActivityHandler, logActivityHandler, withdrawActivityHandler } from './log-activity.ts'
import { LEAD_KIND, visibleLeads, visibleSubjects, visibleTasks, type Condition } from './query-parts.ts'
import { createTaskHandler, dropTaskHandler, finishTaskHandler, reopenTaskHandler, updateTaskHandler } from './tasks.ts'
import { removeRoutingRuleHandler, removeScoreRuleHandler, routingRulesHandler, saveRoutingRuleHandler, keepRoutedTeams, saveScoreRuleHandler, scoreRulesHandler, seedScoreRules } from './lead-rules.ts'
import { routeLeadsHandler } from './routing.ts'
import { leadSourcesHandler } from './sources.ts'
import { timelineHandler } from './timeline.ts'
import { calendarHandler, routeHandler, visitStatisticsHandler } from './list-visits.ts'
import { arrangeRouteHandler, checkInHandler, planVisitsHandler } from './visits.ts'

// What upper floors raise.
export { assertColleague, raiseTask } from './tasks.ts'
export { stalledDays } from './rules.ts'
export { opportunityInHand } from './opportunity-in-hand.ts'


/** Files and words at the rows of a table, for who may see the row `d`. */
const attached = (kind: string, table: string, sight: (scope: Scope) => Condition): AttachmentScope => ({
  kind,
  permission: 'crm.read',
  rows: (scope, column) => {
    const seen = sight(scope)
    return { sql: `exists (select 1 from ${table} d where d.id = ${column} and ${seen.sql})`, params: [...seen.params] }
  },
})

export const crmModule = defineModule({
  name: 'crm',
  floor: 8,
  personSubjects: [leadSubject],
  erasureObstacles,
  commands: [
    createLeadHandler,
    updateLeadHandler,
    convertLeadHandler,
    loseLeadHandler,
    reviveLeadHandler,
    importLeadsHandler,
    saveScoreRuleHandler,
    removeScoreRuleHandler,
    saveRoutingRuleHandler,
    removeRoutingRuleHandler,
    routeLeadsHandler,
    claimHandler,
    returnToPoolHandler,
    assignToHandler,
    handOverHandler,
    protectHandler,
    unprotectHandler,
    recycleHandler,
    createStageHandler,
    updateStageHandler,
    createCompetitorHandler,
    updateCompetitorHandler,
    createOpportunityHandler,
    updateOpportunityHandler,
    moveOpportunityHandler,
    quoteOpportunityHandler,
    winOpportunityHandler,
    loseOpportunityHandler,
    reopenOpportunityHandler,
    logActivityHandler,
    correctActivityHandler,
    withdrawActivityHandler,
    createTaskHandler,
    updateTaskHandler,
    finishTaskHandler,
    dropTaskHandler,
    reopenTaskHandler,
    planVisitsHandler,
    arrangeRouteHandler,
    checkInHandler,
  ],
  queries: [
    listLeadsHandler,
    getLeadHandler,
    findKnownHandler,
    takeApartHandler,
    leadWordsHandler,
    hotLeadsHandler,
    scoreRulesHandler,
    routingRulesHandler,
    leadSourcesHandler,
    listPoolHandler,
    poolLimitsHandler,
    listPoolMovesHandler,
    listStagesHandler,
    listCompetitorsHandler,
    listOpportunitiesHandler,
    boardHandler,
    getOpportunityHandler,
    originOfDocumentHandler,
    funnelHandler,
    listActivitiesHandler,
    timelineHandler,
    contactHabitsHandler,
    listTasksHandler,
    getTaskHandler,
    taskCountsHandler,
    routeHandler,
    visitStatisticsHandler,
    calendarHandler,
  ],
  permissions: [
    { name: 'crm.read', grants: { sales: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'crm.log', grants: { sales: 'own', bookkeeper: 'all' } },
    { name: 'crm.lead', grants: { sales: 'own' } },
    { name: 'crm.deal', grants: { sales: 'own' } },
    { name: 'crm.claim', grants: { sales: 'own' } },
    { name: 'crm.assign', grants: {} },
    { name: 'crm.configure', grants: {} },
    { name: 'crm.import', grants: {} },
  ],
  daily: ['crm.recycle'],
  refusals: ['crm.opportunitiesOpen', 'crm.leadErased', 'crm.activityIsPermanent', 'crm.taskIsPermanent', 'crm.leadIsPermanent', 'crm.opportunityIsPermanent', 'crm.poolMoveIsPermanent'],
  reactions: [followErasure, seedStages, seedScoreRules, keepRoutedTeams, ...mergeReactions],
  settings: [stalledDays, recycleIdleDays, recycleNoDealDays, remindBeforeDays, coolDownDays, claimsADay, heldAtMost, hotScore, escalateDays],
  series: [
    { key: 'crm.lead', prefix: 'L', digits: 5, restarts: 'never' },
    { key: 'crm.opportunity', prefix: 'OP', digits: 5, restarts: 'year' },
  ],
  invariants: crmInvariants,
  importers: [{ kind: 'leads', permission: 'crm.import', command: 'crm.importLeads', fields: leadFields, target: 'crm.lead' }],
  searchScopes: [
    {
      kind: LEAD_KIND,
      permission: 'crm.read',
      rows: (scope, column) => {
        // The search speaks of its own rows as d.
        const seen = visibleLeads(scope, 'sl')
        return { sql: `exists (select 1 from crm_lead sl where sl.id = ${column} and ${seen.sql})`, params: [...seen.params] }
      },
    },
  ],
  documentFinders: [
    {
      kind: 'crm.opportunity',
      permission: 'crm.read',
      from: '(select id, number, name, party_id, created_on as day, amount_minor from crm_opportunity) d join parties_party p on p.id = d.party_id',
      number: 'd.number',
      series: ['crm.opportunity'],
      amount: 'amount_minor',
      title: `p.name`,
      rows: (scope) => visibleParties(scope, 'd.party_id'),
    },
  ],
  customFieldTargets: [{ kind: 'crm.lead', table: 'crm_lead', figures: [] }],
  attachmentScopes: [
    attached('crm.lead', 'crm_lead', (scope) => visibleLeads(scope, 'd')),
    attachedTo({ kind: 'crm.opportunity', table: 'crm_opportunity', permission: 'crm.read', column: 'd.party_id', sight: visibleParties }),
    attached('crm.activity', 'crm_activity', visibleSubjects),
    attached('crm.task', 'crm_task', visibleTasks),
  ],
})

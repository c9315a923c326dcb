import { defineModule, type AttachmentScope, type Scope } from '../../kernel/operation.ts'
import { findKnownHandler } from './find-known.ts'
import { importLeadsHandler, leadFields } from './import-leads.ts'
import { crmInvariants } from './invariants.ts'
import { contactHabitsHandler, listActivitiesHandler } from './list-activities.ts'
import { convertLeadHandler, createLeadHandler, loseLeadHandler, reviveLeadHandler, updateLeadHandler } from './leads.ts'
import { getLeadHandler, leadWordsHandler, listLeadsHandler, takeApartHandler } from './list-leads.ts'
import { getTaskHandler, listTasksHandler, taskCountsHandler } from './list-tasks.ts'
import { correctActivityHandler, logActivityHandler, withdrawActivityHandler } from './log-activity.ts'
import { LEAD_KIND, visibleLeads, visibleSubjects, visibleTasks, type Condition } from './query-parts.ts'
import { createTaskHandler, dropTaskHandler, finishTaskHandler, reopenTaskHandler, updateTaskHandler } from './tasks.ts'
import { timelineHandler } from './timeline.ts'

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
  floor: 7,
  commands: [
    createLeadHandler,
    updateLeadHandler,
    convertLeadHandler,
    loseLeadHandler,
    reviveLeadHandler,
    importLeadsHandler,
    logActivityHandler,
    correctActivityHandler,
    withdrawActivityHandler,
    createTaskHandler,
    updateTaskHandler,
    finishTaskHandler,
    dropTaskHandler,
    reopenTaskHandler,
  ],
  queries: [
    listLeadsHandler,
    getLeadHandler,
    findKnownHandler,
    takeApartHandler,
    leadWordsHandler,
    listActivitiesHandler,
    timelineHandler,
    contactHabitsHandler,
    listTasksHandler,
    getTaskHandler,
    taskCountsHandler,
  ],
  permissions: [
    { name: 'crm.read', grants: { sales: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'crm.log', grants: { sales: 'own', bookkeeper: 'all' } },
    { name: 'crm.lead', grants: { sales: 'own' } },
    { name: 'crm.assign', grants: {} },
    { name: 'crm.import', grants: {} },
  ],
  refusals: ['crm.activityIsPermanent', 'crm.taskIsPermanent', 'crm.leadIsPermanent'],
  series: [{ key: 'crm.lead', prefix: 'L', digits: 5, restarts: 'never' }],
  invariants: crmInvariants,
  importers: [{ kind: 'leads', permission: 'crm.import', command: 'crm.importLeads', fields: leadFields, target: 'crm.lead' }],
  searchScopes: [
    {
      kind: LEAD_KIND,
      permission: 'crm.read',
      rows: (scope, column) => {
        const seen = visibleLeads(scope, 'd')
        return { sql: `exists (select 1 from crm_lead d where d.id = ${column} and ${seen.sql})`, params: [...seen.params] }
      },
    },
  ],
  customFieldTargets: [{ kind: 'crm.lead', table: 'crm_lead', figures: [] }],
  attachmentScopes: [
    attached('crm.lead', 'crm_lead', (scope) => visibleLeads(scope, 'd')),
    attached('crm.activity', 'crm_activity', visibleSubjects),
    attached('crm.task', 'crm_task', visibleTasks),
  ],
})

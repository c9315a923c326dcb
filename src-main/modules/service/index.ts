import { defineModule } from '../../kernel/operation.ts'
import { erasureObstacles, followErasure } from './erasure.ts'
import { attachedTo } from '../platform/index.ts'
import { linkDocumentHandler, ticketsOfDocumentHandler, unlinkDocumentHandler } from './documents.ts'
import { createFeedbackHandler, decideFeedbackHandler, getFeedbackHandler, joinFeedbackHandler, listFeedbackHandler, updateFeedbackHandler } from './feedback.ts'
import { serviceSettings } from './hours.ts'
import { serviceInvariants } from './invariants.ts'
import { getTicketHandler, listTicketsHandler, ticketsWaitingHandler } from './list-tickets.ts'
import { mergeReactions } from './merge.store.ts'
import { escalateDueHandler, mergeTicketsHandler } from './merge.ts'
import { askRefundHandler, declineRefundHandler, listRefundsHandler, postRefundHandler } from './refunds.ts'
import { logLabourHandler, returnPartsHandler, ticketEffortHandler, usePartsHandler, withdrawLabourHandler } from './repairs.ts'
import { serviceReportHandler } from './report.ts'
import {
  createClassHandler, createTemplateHandler, filledTemplateHandler, listClassesHandler, listTemplatesHandler, keepClassTeams, seedClasses, updateClassHandler, updateTemplateHandler,
} from './setup.ts'
import { visibleTickets, visibleTicketIds } from './sight.ts'
import { similarTicketsHandler } from './similar-tickets.ts'
import {
  answerTicketHandler, assignTicketHandler, closeTicketHandler, createTicketHandler, noteTicketHandler, rateTicketHandler, reopenTicketHandler, resumeTicketHandler, solveTicketHandler,
  takeTicketHandler, updateTicketHandler,
} from './tickets.ts'

export const serviceModule = defineModule({
  name: 'service',
  floor: 8,
  erasureObstacles,
  commands: [
    createTicketHandler,
    updateTicketHandler,
    assignTicketHandler,
    takeTicketHandler,
    answerTicketHandler,
    noteTicketHandler,
    resumeTicketHandler,
    solveTicketHandler,
    closeTicketHandler,
    rateTicketHandler,
    reopenTicketHandler,
    mergeTicketsHandler,
    linkDocumentHandler,
    unlinkDocumentHandler,
    escalateDueHandler,
    usePartsHandler,
    returnPartsHandler,
    logLabourHandler,
    withdrawLabourHandler,
    askRefundHandler,
    postRefundHandler,
    declineRefundHandler,
    createClassHandler,
    updateClassHandler,
    createTemplateHandler,
    updateTemplateHandler,
    createFeedbackHandler,
    updateFeedbackHandler,
    joinFeedbackHandler,
    decideFeedbackHandler,
  ],
  queries: [
    listTicketsHandler,
    getTicketHandler,
    similarTicketsHandler,
    ticketsOfDocumentHandler,
    ticketsWaitingHandler,
    ticketEffortHandler,
    listRefundsHandler,
    listClassesHandler,
    listTemplatesHandler,
    filledTemplateHandler,
    listFeedbackHandler,
    getFeedbackHandler,
    serviceReportHandler,
  ],
  permissions: [
    { name: 'service.read', grants: { sales: 'own', warehouse: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'service.work', grants: { sales: 'own', warehouse: 'own' } },
    { name: 'service.assign', grants: {} },
    { name: 'service.refund', grants: { bookkeeper: 'all' } },
    { name: 'service.decide', grants: {} },
    { name: 'service.configure', grants: {} },
  ],
  refusals: ['service.ticketsOpen', 'service.ticketIsPermanent', 'service.partsArePermanent', 'service.refundIsPermanent'],
  often: ['service.escalateDue'],
  reactions: [followErasure, seedClasses, keepClassTeams, ...mergeReactions],
  settings: serviceSettings,
  series: [
    { key: 'service.ticket', prefix: 'TK', digits: 5, restarts: 'year' },
    { key: 'service.parts', prefix: 'SP', digits: 5, restarts: 'year' },
    { key: 'service.feedback', prefix: 'FB', digits: 5, restarts: 'never' },
  ],
  invariants: serviceInvariants,
  searchScopes: [{ kind: 'ticket', permission: 'service.read', rows: (scope, column) => mutable(visibleTicketIds(scope, column)) }],
  documentFinders: [
    {
      kind: 'service.ticket',
      permission: 'service.read',
      from: '(select id, number, subject, party_id, assignee_id, created_by, escalated_to_id, created_on as day from service_ticket) d join parties_party p on p.id = d.party_id',
      number: 'd.number',
      series: ['service.ticket'],
      title: `(p.name || ' · ' || d.subject)`,
      rows: (scope) => visibleTickets(scope, 'd'),
    },
  ],
  attachmentScopes: [
    { kind: 'service.ticket', permission: 'service.read', rows: (scope, column) => mutable(visibleTicketIds(scope, column)) },
    attachedTo({ kind: 'service.feedback', table: 'service_feedback', permission: 'service.read' }),
  ],
})

function mutable({ sql, params }: { readonly sql: string; readonly params: readonly (string | number | null)[] }): { sql: string; params: (string | number | null)[] } {
  return { sql, params: [...params] }
}

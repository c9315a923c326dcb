import { defineModule } from '../../kernel/operation.ts'
import { COMPANY_FILES_ID } from '../../kernel/papers.ts'
import { approvalCountsHandler, approvalsOfHandler, approveHandler, getApprovalHandler, listApprovalsHandler, rejectApprovalHandler, seeApprovalsHandler, withdrawApprovalHandler } from './approvals.ts'
import { approversDecideOwn } from './approving.ts'
import { addAttachmentHandler, getAttachmentHandler, listAttachmentsHandler, removeAttachmentHandler } from './attachments.ts'
import { listAuditHandler, rowHistoryHandler } from './audit.ts'
import { addCommentHandler, listCommentsHandler, listMentionableHandler, listMentionsHandler, retractCommentHandler, seeMentionsHandler } from './comments.ts'
import { erasePersonHandler, erasurePreviewHandler, listErasuresHandler } from './erasure.ts'
import { createFieldHandler, listFieldsHandler, removeFieldHandler, updateFieldHandler } from './fields.ts'
import { dropDraftHandler, getDraftHandler, keepDraftHandler, listDraftsHandler } from './drafts.ts'
import { getHomeHandler, setHomeHandler } from './home-cards.ts'
import { platformInvariants } from './invariants.ts'
import { findDocumentsHandler } from './find-documents.ts'
import { listColleaguesHandler, listUsersHandler, meHandler, searchAllHandler } from './me.ts'
import { listPrintTemplatesHandler, removePrintTemplateHandler, savePrintTemplateHandler, setPrintDefaultHandler } from './prints.ts'
import { listMenusHandler, setMenuHandler } from './menus.ts'
import { createRoleHandler, listRolesHandler, removeRoleHandler, setGrantsHandler, updateRoleHandler } from './roles.ts'
import {
  listSeriesHandler,
  listSettingsHandler,
  resetSettingHandler,
  setSettingHandler,
  updateCompanyHandler,
  updateSeriesHandler,
} from './settings.ts'
import { createTeamHandler, listTeamsHandler, removeTeamHandler, updateTeamHandler } from './teams.ts'
import {
  assignRolesHandler,
  createUserHandler,
  deactivateUserHandler,
  reactivateUserHandler,
  removeOwnPasswordHandler,
  setOwnLocaleHandler,
  setOwnPasswordHandler,
  setPasswordHandler,
  updateUserHandler,
} from './users.ts'
import { chooseViewHandler, listViewsHandler, removeViewHandler, saveViewHandler } from './views.ts'

export { attachedTo, sees } from './attachments.ts'
export { tellUser } from './comments.ts'
export { assertExtraComplete, carriedExtra, extraConditions, extraInvariant, extraOrder, extraWords, printedExtra, settledExtra, withExtra, type WithExtra } from './extra.ts'
export { ownColumns, type OwnColumns } from './extra-rows.ts'
export { erasureInvariant, isErased, notErased, personErased } from './erasure.ts'
export { companyFounded, companyUpdated } from './founding.ts'
export { teamRemoved } from './teams.ts'
export { numbersOfSerial, takeCounter, takeNumber } from './numbers.ts'
export { codeRuleSetting, nextCode, takeCodes, type CodeWanted } from './codes.ts'
export { importField, problemsIn, type RowProblem } from './import-rows.ts'
export { assertPrintable } from './prints.ts'
export { docsSharing, firstRows, forgetInSearch, indexForSearch, refsFound, searchRefs } from './search.ts'
export { moveRecordBack, moveRecords, type MovedRecord } from './records.ts'

const everybody = { sales: 'all', warehouse: 'all', bookkeeper: 'all', viewer: 'all' } as const

export const platformModule = defineModule({
  name: 'platform',
  floor: 1,
  commands: [
    createUserHandler,
    updateUserHandler,
    setPasswordHandler,
    setOwnPasswordHandler,
    removeOwnPasswordHandler,
    setOwnLocaleHandler,
    setHomeHandler,
    setMenuHandler,
    deactivateUserHandler,
    reactivateUserHandler,
    assignRolesHandler,
    createTeamHandler,
    updateTeamHandler,
    removeTeamHandler,
    createRoleHandler,
    updateRoleHandler,
    setGrantsHandler,
    removeRoleHandler,
    setSettingHandler,
    resetSettingHandler,
    updateCompanyHandler,
    updateSeriesHandler,
    addAttachmentHandler,
    removeAttachmentHandler,
    addCommentHandler,
    retractCommentHandler,
    seeMentionsHandler,
    saveViewHandler,
    removeViewHandler,
    chooseViewHandler,
    createFieldHandler,
    updateFieldHandler,
    removeFieldHandler,
    savePrintTemplateHandler,
    removePrintTemplateHandler,
    setPrintDefaultHandler,
    keepDraftHandler,
    dropDraftHandler,
    approveHandler,
    rejectApprovalHandler,
    withdrawApprovalHandler,
    seeApprovalsHandler,
    erasePersonHandler,
  ],
  queries: [
    meHandler,
    getHomeHandler,
    listMenusHandler,
    listUsersHandler,
    listColleaguesHandler,
    listRolesHandler,
    listTeamsHandler,
    listSettingsHandler,
    listSeriesHandler,
    listAttachmentsHandler,
    getAttachmentHandler,
    listCommentsHandler,
    listMentionsHandler,
    listMentionableHandler,
    listAuditHandler,
    rowHistoryHandler,
    searchAllHandler,
    findDocumentsHandler,
    listViewsHandler,
    listFieldsHandler,
    listPrintTemplatesHandler,
    listDraftsHandler,
    getDraftHandler,
    listApprovalsHandler,
    getApprovalHandler,
    approvalsOfHandler,
    approvalCountsHandler,
    erasurePreviewHandler,
    listErasuresHandler,
  ],
  settings: [approversDecideOwn],
  permissions: [
    { name: 'platform.use', grants: everybody },
    { name: 'platform.users', grants: {} },
    { name: 'platform.settings', grants: {} },
    { name: 'platform.shareViews', grants: {} },
    { name: 'platform.printTemplates', grants: {} },
    // Nobody but the owner at first: it cannot be taken back.
    { name: 'platform.erase', grants: {} },
    { name: 'platform.audit', grants: { bookkeeper: 'all' } },
    { name: 'platform.attach', grants: { sales: 'all', warehouse: 'all', bookkeeper: 'all' } },
  ],
  refusals: ['platform.approvalIsPermanent', 'platform.auditIsPermanent', 'platform.changeLogIsPermanent', 'platform.draftChanged', 'platform.erasureIsPermanent'],
  invariants: platformInvariants,
  // The company's logo, the one file of the company itself.
  attachmentScopes: [
    { kind: 'platform.company', permission: 'platform.printTemplates', rows: (_, column) => ({ sql: `${column} = '${COMPANY_FILES_ID}'`, params: [] }) },
  ],
})

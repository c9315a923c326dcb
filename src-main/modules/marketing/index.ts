import { defineModule } from '../../kernel/operation.ts'
import { acquisitionHandler, listWonHandler } from './acquisition.ts'
import { followErasure } from './erasure.ts'
import { attachedTo } from '../platform/index.ts'
import { addMembersHandler, createCampaignHandler, moveCampaignHandler, recordResponseHandler, removeMemberHandler, updateCampaignHandler } from './campaigns.ts'
import { marketingInvariants } from './invariants.ts'
import { createLetterHandler, pauseLetterHandler, preparePostHandler, previewLetterHandler, queueLetterHandler, tellPostedHandler, updateLetterHandler } from './letters.ts'
import { printables, sentLetters } from './papers.ts'
import { mergeReactions } from './marketing.store.ts'
import { claimMailHandler, readReturnedHandler, setMailPasswordHandler, settleMailHandler, tellMailHandler, unsubscribeHandler } from './post.ts'
import { getCampaignHandler, getLetterHandler, listCampaignsHandler, listMailHandler, listMembersHandler, listPostHandler, listUnsubscribedHandler } from './read-campaigns.ts'
import { getSequenceHandler, listSequencesHandler, listWalksHandler } from './read-sequences.ts'
import { runSequencesHandler } from './run-sequences.ts'
import { createSequenceHandler, leaveSequenceHandler, moveSequenceHandler, updateSequenceHandler } from './sequences.ts'
import { marketingSettings } from './settings.ts'

export const marketingModule = defineModule({
  name: 'marketing',
  floor: 10,
  commands: [
    createCampaignHandler, updateCampaignHandler, moveCampaignHandler, addMembersHandler, removeMemberHandler, recordResponseHandler, createLetterHandler, updateLetterHandler, queueLetterHandler,
    preparePostHandler, tellPostedHandler, pauseLetterHandler, settleMailHandler, readReturnedHandler, unsubscribeHandler, claimMailHandler, tellMailHandler, setMailPasswordHandler,
    createSequenceHandler, updateSequenceHandler, moveSequenceHandler, leaveSequenceHandler, runSequencesHandler,
  ],
  queries: [listCampaignsHandler, getCampaignHandler, listMembersHandler, getLetterHandler, listMailHandler, previewLetterHandler, listPostHandler, listUnsubscribedHandler, getSequenceHandler, listSequencesHandler, listWalksHandler, acquisitionHandler, listWonHandler],
  often: ['marketing.runSequences'],
  permissions: [
    { name: 'marketing.read', grants: { sales: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'marketing.write', grants: { sales: 'own' } },
    { name: 'marketing.send', grants: {} },
    { name: 'marketing.configure', grants: {} },
  ],
  refusals: ['marketing.campaignIsPermanent', 'marketing.sequenceIsPermanent', 'marketing.walkedIsPermanent', 'marketing.mailIsPermanent', 'marketing.unsubscribedForEver'],
  reactions: [followErasure, ...mergeReactions],
  settings: marketingSettings,
  series: [{ key: 'marketing.campaign', prefix: 'MC', digits: 5, restarts: 'year' }],
  invariants: marketingInvariants,
  printables,
  timelineParts: [sentLetters],
  documentFinders: [
    {
      kind: 'marketing.campaign',
      permission: 'marketing.read',
      from: '(select id, number, name, from_on as day from marketing_campaign) d',
      number: 'd.number',
      series: ['marketing.campaign'],
      title: 'd.name',
      rows: () => ({ sql: '1 = 1', params: [] }),
    },
  ],
  attachmentScopes: [attachedTo({ kind: 'marketing.campaign', table: 'marketing_campaign', permission: 'marketing.read' })],
})

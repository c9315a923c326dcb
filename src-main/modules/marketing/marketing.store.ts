import { campaign, letter, mail, member, sequence, step, unsubscribed, walk, walked } from '../../../db/schema/marketing.ts'
import { on, type CommandCtx } from '../../kernel/operation.ts'
import { partiesMerged, partiesParted, relink, unlink } from '../parties/index.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes tables of marketing.

type Ctx = Pick<CommandCtx, 'db'>
export type NewMember = NewRow<typeof member>
export type NewMail = NewRow<typeof mail>

export const insertCampaign = ({ db }: Ctx, row: NewRow<typeof campaign>): Promise<void> => db.insert(campaign, row)
export const patchCampaign = ({ db }: Ctx, campaign_id: string, patch: Patch<typeof campaign>): Promise<void> => db.update(campaign, { id: campaign_id }, patch)
export const insertMembers = ({ db }: Ctx, rows: readonly NewMember[]): Promise<void> => db.insertMany(member, rows)
export const patchMember = ({ db }: Ctx, member_id: string, patch: Patch<typeof member>): Promise<void> => db.update(member, { id: member_id }, patch)
export const deleteMember = ({ db }: Ctx, member_id: string): Promise<unknown> => db.removeWhere(member, { id: member_id })
export const insertLetter = ({ db }: Ctx, row: NewRow<typeof letter>): Promise<void> => db.insert(letter, row)
export const patchLetter = ({ db }: Ctx, letter_id: string, patch: Patch<typeof letter>): Promise<void> => db.update(letter, { id: letter_id }, patch)
export const insertMail = ({ db }: Ctx, rows: readonly NewMail[]): Promise<void> => db.insertMany(mail, rows)
export const patchMail = ({ db }: Ctx, mail_id: string, patch: Patch<typeof mail>): Promise<void> => db.update(mail, { id: mail_id }, patch)
export const insertSequence = ({ db }: Ctx, row: NewRow<typeof sequence>): Promise<void> => db.insert(sequence, row)
export const patchSequence = ({ db }: Ctx, sequence_id: string, patch: Patch<typeof sequence>): Promise<void> => db.update(sequence, { id: sequence_id }, patch)
/** The steps anew, in their order. */
export async function putSteps({ db }: Ctx, sequence_id: string, rows: readonly NewRow<typeof step>[]): Promise<void> {
  await db.removeWhere(step, { sequence_id })
  await db.insertMany(step, rows)
}
export const insertWalks = ({ db }: Ctx, rows: readonly NewRow<typeof walk>[]): Promise<void> => db.insertMany(walk, rows)
export const patchWalk = ({ db }: Ctx, walk_id: string, patch: Patch<typeof walk>): Promise<void> => db.update(walk, { id: walk_id }, patch)
export const insertWalked = ({ db }: Ctx, rows: readonly NewRow<typeof walked>[]): Promise<void> => db.insertMany(walked, rows)
export const insertUnsubscribed = ({ db }: Ctx, rows: readonly NewRow<typeof unsubscribed>[]): Promise<void> => db.insertMany(unsubscribed, rows)

const WHERE = 'not exists (select 1 from marketing_member w where w.campaign_id = marketing_member.campaign_id and w.party_id = '
/** Who is a member twice stays so under both names; nobody unsubscribed is written to under another. */
export const mergeReactions = [
  on(partiesMerged, (ctx, merging) => relink(ctx, merging, { table: member, table_name: 'marketing_member', column: 'party_id', where: `${WHERE}'${merging.winner_id}')` })),
  on(partiesParted, (ctx, merging) => unlink(ctx, merging, { table: member, table_name: 'marketing_member', column: 'party_id' })),
]

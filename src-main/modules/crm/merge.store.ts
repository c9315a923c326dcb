import { activity, lead, opportunity, protection, task } from '../../../db/schema/crm.ts'
import { on } from '../../kernel/operation.ts'
import { partiesMerged, partiesParted, relink, unlink } from '../parties/index.ts'
import { followToParty } from './lead.store.ts'

/** All that crm knows of a customer goes along; the log of the pool's moves stays as it was written. */
const LINKS = [
  { table: lead, table_name: 'crm_lead', column: 'party_id' },
  { table: lead, table_name: 'crm_lead', column: 'referrer_id' },
  { table: opportunity, table_name: 'crm_opportunity', column: 'party_id' },
  { table: activity, table_name: 'crm_activity', column: 'party_id' },
  { table: task, table_name: 'crm_task', column: 'party_id' },
] as const

const followMerge = on(partiesMerged, async (ctx, merging) => {
  for (const link of LINKS) await relink(ctx, merging, link)
  // Whoever is protected already stays so in his own way.
  const where = `not exists (select 1 from crm_protection w where w.party_id = '${merging.winner_id}')`
  await relink(ctx, merging, { table: protection, table_name: 'crm_protection', column: 'party_id', where })
})

const followParting = on(partiesParted, async (ctx, merging) => {
  for (const link of LINKS) await unlink(ctx, merging, link)
  await unlink(ctx, merging, { table: protection, table_name: 'crm_protection', column: 'party_id' })
  // What was said and planned since with a lead that goes back goes with it, and next steps with their follow-ups.
  const leads = await ctx.db.all<{ id: string; party_id: string }>('select id, party_id from crm_lead where party_id = ? order by id', [merging.loser_id])
  for (const { id, party_id } of leads) await followToParty(ctx, { lead_id: id, party_id })
  await ctx.db.run(
    task,
    `update crm_task set party_id = (select a.party_id from crm_activity a where a.id = crm_task.activity_id)
      where party_id in (?, ?) and exists (select 1 from crm_activity a where a.id = crm_task.activity_id and a.party_id <> crm_task.party_id)`,
    [merging.winner_id, merging.loser_id],
  )
})

export const mergeReactions = [followMerge, followParting]

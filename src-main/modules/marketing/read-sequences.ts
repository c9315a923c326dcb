import type { OutputOf } from '../../kernel/contract.ts'
import { answer } from '../../kernel/operation.ts'
import { fold } from '../../kernel/text.ts'
import type { SqlValue } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { getSequence, listSequences, listWalks } from './contract.ts'
import { sequenceInHand } from './sequences.ts'

export const getSequenceHandler = answer(getSequence, async (ctx, { sequence_id }) => {
  const { id: _, ...sequence } = await sequenceInHand(ctx, sequence_id)
  const campaign = (await ctx.db.get<{ name: string; state: string }>('select name, state from marketing_campaign where id = ?', [sequence.campaign_id]))!
  const segment = sequence.segment_id === null ? undefined : await ctx.db.get<{ name: string }>('select name from insights_segment where id = ?', [sequence.segment_id])
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const count = (did: string): string => `coalesce(sum(case when d.did ${did} then 1 else 0 end), 0)`
  const steps = await ctx.db.all<OutputOf<typeof getSequence>['steps'][number]>(
    `select s.id as step_id, s.kind, s.letter_id, l.subject as letter_subject, s.title, s.days, s.condition, s.is_not, s.tier_id, t.name_zh as tier_zh, t.name_en as tier_en, s.otherwise, ${count("<> 'passed'")} as done, ${count("= 'passed'")} as passed,
            (select count(*) from marketing_walk w join marketing_member m on m.id = w.member_id where w.sequence_id = s.sequence_id and w.state = 'walking' and w.position = s.position and ${seen.sql}) as standing
       from marketing_step s left join marketing_letter l on l.id = s.letter_id left join insights_tier t on t.id = s.tier_id
       left join (select d.step_id, d.did from marketing_walked d join marketing_walk w on w.id = d.walk_id join marketing_member m on m.id = w.member_id where ${seen.sql}) d on d.step_id = s.id
      where s.sequence_id = ?
      group by s.id, s.kind, s.letter_id, l.subject, s.title, s.days, s.condition, s.is_not, s.tier_id, t.name_zh, t.name_en, s.otherwise, s.position, s.sequence_id order by s.position, s.id`,
    [...seen.params, ...seen.params, sequence_id],
  )
  const counts = await ctx.db.all<OutputOf<typeof getSequence>['counts'][number]>(
    `select w.state, w.why, count(*) as count from marketing_walk w join marketing_member m on m.id = w.member_id where w.sequence_id = ? and ${seen.sql} group by w.state, w.why order by w.state, w.why`,
    [sequence_id, ...seen.params],
  )
  return { sequence_id, ...sequence, campaign_name: campaign.name, campaign_state: campaign.state, segment_name: segment?.name ?? null, steps, counts }
})

export const listSequencesHandler = answer(listSequences, async (ctx, { campaign_id }) => {
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const count = (state: string): string => `coalesce(sum(case when w.state = '${state}' then 1 else 0 end), 0) as ${state}`
  const rows = await ctx.db.all<OutputOf<typeof listSequences>['rows'][number]>(
    `select q.id as sequence_id, q.name, q.goal, q.state, (select count(*) from marketing_step s where s.sequence_id = q.id) as steps, ${['walking', 'reached', 'finished'].map(count).join(', ')},
            coalesce(sum(case when w.state = 'left' then 1 else 0 end), 0) as has_left
       from marketing_sequence q left join (select w.sequence_id, w.state from marketing_walk w join marketing_member m on m.id = w.member_id where ${seen.sql}) w on w.sequence_id = q.id
      where q.campaign_id = ? group by q.id, q.name, q.goal, q.state order by q.id`,
    [...seen.params, campaign_id],
  )
  return { rows }
})

export const listWalksHandler = answer(listWalks, async (ctx, { sequence_id, show, text, limit, offset }) => {
  await sequenceInHand(ctx, sequence_id)
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const where = ['w.sequence_id = ?', seen.sql]
  const params: SqlValue[] = [sequence_id, ...seen.params]
  const only = (sql: string, value: SqlValue): void => void (where.push(sql), params.push(value))
  if (show !== 'all') only('w.state = ?', show)
  if (text !== '') only(`lower(m.name) like ? escape '\\'`, `%${fold(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)
  const from = `marketing_walk w join marketing_member m on m.id = w.member_id where ${where.join(' and ')}`
  const rows = await ctx.db.all<OutputOf<typeof listWalks>['rows'][number]>(
    `select w.id as walk_id, m.party_id, m.name, w.state, w.why, w.position, w.due_on, w.entered_on, w.ended_on from ${from} order by m.name, w.id limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows, total: (await ctx.db.get<{ n: number }>(`select count(*) as n from ${from}`, params))!.n }
})

import * as marketing from '../../../src-main/modules/marketing/contract.ts'
import { setSetting } from '../../../src-main/modules/platform/contract.ts'
import { customer, move, often, type Move, type Walk } from './walk.ts'

type Id = { id: string }
const campaignIn = (w: Walk) => w.pick<Id>(`select id from marketing_campaign order by id desc`)
const memberIn = (w: Walk) => w.pick<Id>('select id from marketing_member order by id desc')
const letterIn = (w: Walk, state?: string) => w.pick<Id>(`select id from marketing_letter ${state === undefined ? '' : `where state = '${state}'`} order by id desc`)
const form = (w: Walk) => ({ name: w.fresh('活动'), channel: w.one(marketing.channels), from_on: '2026-01-05', to_on: '2026-02-05', cost_minor: w.roll(50_000) })
/** A customer whose e-mail is known. */
const reachable = async (w: Walk): Promise<string[]> => {
  const row = await w.pick<Id>(`select id from parties_party where email is not null and is_customer = 1 and is_active = 1 order by id desc`)
  return row ? [row.id] : []
}
const RUNS = ['run one', 'run two']

async function sequenceForm(w: Walk, campaign_id: string) {
  const letter = await w.pick<Id>('select id from marketing_letter where campaign_id = ? order by id desc', [campaign_id])
  const when = { condition: w.one(['always', 'always', 'replied', 'ordered', 'ticket'] as const) }
  const wait = { what: { kind: 'wait' as const, days: 1 + w.roll(3) }, when: { condition: 'always' as const } }
  const task = { what: { kind: 'task' as const, title: w.fresh('事 ') }, when, is_not: w.one([0, 1] as const), otherwise: w.one(['skip', 'leave'] as const) }
  return { name: w.fresh('序列'), goal: w.one(marketing.goals), steps: [...(letter ? [{ what: { kind: 'letter' as const, letter_id: letter.id }, when }] : []), wait, task] }
}

/** Campaigns seldom run long enough for anybody to be led: one is made to run, with a sequence that waits. */
async function somebodySetsOut(w: Walk): Promise<void> {
  const member = await w.pick<{ campaign_id: string }>('select campaign_id from marketing_member order by id desc')
  if (!member) return
  const { campaign_id } = member
  await w.t.answer(marketing.moveCampaign, { campaign_id, state: 'running' })
  const wait = { what: { kind: 'wait', days: 3 }, when: { condition: 'always' } }
  const made = await w.t.answer(marketing.createSequence, { campaign_id, name: w.fresh('序列'), goal: 'none', steps: [wait] })
  if (!made.ok) return
  await w.t.answer(marketing.moveSequence, { ...(made.output as { sequence_id: string }), state: 'running' })
  await w.t.answer(marketing.runSequences, {})
}

export const marketingMoves: readonly Move[] = [
  move(marketing.createCampaign, async (w) => form(w)),
  move(marketing.updateCampaign, async (w) => {
    const row = await campaignIn(w)
    return row && { campaign_id: row.id, ...form(w) }
  }),
  move(marketing.moveCampaign, async (w) => {
    const row = await campaignIn(w)
    return row && { campaign_id: row.id, state: w.one(marketing.campaignStateNames) }
  }),
  often(3, move(marketing.addMembers, async (w) => {
    const row = await campaignIn(w)
    return row && { campaign_id: row.id, party_ids: [await customer(w), await customer(w), ...(await reachable(w))] }
  })),
  move(marketing.removeMember, async (w) => {
    const row = await memberIn(w)
    return row && { member_id: row.id }
  }),
  move(marketing.recordResponse, async (w) => {
    const row = await memberIn(w)
    return row && { member_id: row.id, response: w.one(marketing.responses), score: w.chance(2) ? 1 + w.roll(5) : null }
  }),
  move(marketing.createLetter, async (w) => {
    const row = await campaignIn(w)
    return row && { campaign_id: row.id, subject: w.fresh('信 '), body: w.chance(5) ? '{{nobody}}' : '{{客户}} {{bought}}' }
  }),
  move(marketing.updateLetter, async (w) => {
    const row = await letterIn(w)
    return row && { letter_id: row.id, subject: w.fresh('信 '), body: '{{contact}}' }
  }),
  move(marketing.queueLetter, async (w) => {
    const row = w.chance(9) ? await letterIn(w) : await w.pick<Id>(
      `select l.id from marketing_letter l where exists (select 1 from marketing_member m where m.campaign_id = l.campaign_id and m.email is not null
        and not exists (select 1 from marketing_mail x where x.letter_id = l.id and x.member_id = m.id)) order by l.id desc`,
    )
    if (row && w.chance(2)) for (const [key, value] of [['mail_host', 'localhost'], ['mail_from', 'shop@x.example']] as const) await w.t.run(setSetting, { key: `marketing.${key}`, value })
    return row && { letter_id: row.id }
  }),
  move(marketing.preparePost, async (w) => {
    const row = w.chance(9) ? await letterIn(w) : await w.pick<Id>(
      `select l.id from marketing_letter l where exists (select 1 from marketing_member m where m.campaign_id = l.campaign_id and m.address is not null
        and not exists (select 1 from marketing_mail x where x.letter_id = l.id and x.member_id = m.id)) order by l.id desc`,
    )
    return row && { letter_id: row.id, whom: w.one(['without_email', 'rest'] as const) }
  }),
  move(marketing.tellPosted, async (w) => {
    const row = (w.chance(4) ? undefined : await w.pick<Id>(`select l.id from marketing_letter l where exists (select 1 from marketing_mail x where x.letter_id = l.id and x.way = 'post' and x.state = 'waiting') order by l.id desc`)) ?? (await letterIn(w))
    return row && { letter_id: row.id, ...(w.chance(5) ? { posted_on: '2027-12-31' } : {}) }
  }),
  move(marketing.pauseLetter, async (w) => {
    const row = w.chance(9) ? await letterIn(w) : ((await letterIn(w, 'paused')) ?? (await letterIn(w, 'queued')))
    return row && { letter_id: row.id, paused: w.chance(3) ? (1 as const) : (0 as const) }
  }),
  often(3, move(marketing.claimMail, async (w) => ({ run: w.one(RUNS) }))),
  move(marketing.tellMail, async (w) => {
    const row = await w.pick<{ id: string; claimed_by: string }>(`select id, claimed_by from marketing_mail where state = 'claimed' order by id desc`)
    return row && { mail_id: row.id, run: row.claimed_by, became: w.one(['sent', 'bounced', 'later', 'unknown', 'held'] as const) }
  }),
  move(marketing.settleMail, async (w) => {
    const row = await w.pick<Id>(`select id from marketing_mail where state in ('unknown', 'failed') or (way = 'post' and state = 'sent') order by id desc`)
    return row && { mail_id: row.id, was: w.one(['sent', 'not_sent', 'returned'] as const) }
  }),
  move(marketing.readReturned, async (w) => {
    const row = await w.pick<{ email: string }>(`select email from marketing_mail where state = 'sent' order by id desc`)
    return { text: row && w.chance(2) ? `Final-Recipient: rfc822; ${row.email}\nStatus: 5.1.1` : `From: x${w.roll(50)}@x.example\nSubject: unsubscribe` }
  }),
  move(marketing.createSequence, async (w) => {
    const row = await campaignIn(w)
    return row && { campaign_id: row.id, ...(await sequenceForm(w, row.id)) }
  }),
  move(marketing.updateSequence, async (w) => {
    const row = await w.pick<Id & { campaign_id: string }>('select id, campaign_id from marketing_sequence order by id desc')
    return row && { sequence_id: row.id, ...(await sequenceForm(w, row.campaign_id)) }
  }),
  move(marketing.moveSequence, async (w) => {
    const row = await w.pick<Id>('select id from marketing_sequence order by id desc')
    return row && { sequence_id: row.id, state: w.chance(12) ? ('closed' as const) : w.chance(5) ? ('paused' as const) : ('running' as const) }
  }),
  move(marketing.leaveSequence, async (w) => {
    const onTheWay = () => w.pick<Id>('select id from marketing_walk where ended_on is null order by id desc')
    const row = w.chance(9) ? await w.pick<Id>('select id from marketing_walk order by id desc') : ((await onTheWay()) ?? (await somebodySetsOut(w).then(onTheWay)))
    return row && { walk_id: row.id }
  }),
  often(2, move(marketing.runSequences, async () => ({}))),
  move(marketing.unsubscribe, async (w) => (w.chance(2) ? { party_id: await customer(w) } : { email: `y${w.roll(99)}@x.example` })),
]

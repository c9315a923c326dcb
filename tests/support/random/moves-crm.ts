import * as crm from '../../../src-main/modules/crm/contract.ts'
import { setSetting } from '../../../src-main/modules/platform/contract.ts'
import { anyItem, customer, E6, extraFor, move, often, type Move, type Walk } from './walk.ts'

type Id = { id: string }
const later = (w: Walk, days: number): string => new Date(Date.parse(`${w.t.today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const taskIn = (w: Walk, state: string) => w.pick<Id & { title: string; party_id: string | null }>(`select id, title, party_id from crm_task where state = '${state}' order by id desc`)
const colleague = async (w: Walk) => (await w.pick<Id>('select id from platform_user where is_active = 1 order by id desc'))!.id
const standing = (w: Walk) => w.pick<Id>(`select id from crm_activity where is_withdrawn = 0 order by id desc`)

const leadIn = (w: Walk, ...states: string[]) => w.pick<Id>(`select id from crm_lead where state in (${states.map((s) => `'${s}'`).join(', ')}) order by id desc`)
/** A customer, or now and then a lead. */
async function subject(w: Walk): Promise<{ party_id: string } | { lead_id: string } | { opportunity_id: string }> {
  const deal = w.chance(4) ? await dealIn(w, 'open') : undefined
  if (deal) return { opportunity_id: deal.id }
  const lead = w.chance(3) ? await leadIn(w, 'new', 'working', 'lost', 'converted') : undefined
  return lead ? { lead_id: lead.id } : { party_id: await customer(w) }
}
const dealIn = (w: Walk, ...states: string[]) => w.pick<Id>(`select id from crm_opportunity where state in (${states.map((s) => `'${s}'`).join(', ')}) order by id desc`)
const stageIn = (w: Walk) => w.pick<Id & { name_zh: string }>('select id, name_zh from crm_stage where is_active = 1 order by position')
const rivalIn = (w: Walk) => w.pick<Id>('select id from crm_competitor order by id desc')
const dealInput = async (w: Walk) => {
  const rival = w.chance(2) ? await rivalIn(w) : undefined
  return {
    name: w.fresh('商机'),
    amount_minor: w.chance(2) ? w.roll(500_000) : null,
    expected_on: w.chance(3) ? null : later(w, w.roll(90)),
    contact_name: w.chance(3) ? null : '陈姐',
    lines: w.chance(3) ? [] : [{ item_id: await anyItem(w), quantity_e6: (1 + w.roll(9)) * E6, price_e4: w.roll(900_000) }],
    rivals: rival ? [{ competitor_id: rival.id }] : [],
  }
}
const leadInput = async (w: Walk) => ({
  name: w.fresh('线索'),
  company: w.chance(2) ? w.fresh('公司') : null,
  phone: w.chance(2) ? '139' + String(10_000_000 + w.roll(80_000_000)) : null,
  email: w.chance(3) ? `lead${w.roll(5000)}@example.com` : null,
  source: w.one(['展会', '官网', '转介绍']),
  referrer_id: w.chance(5) ? await customer(w) : null,
  extra: await extraFor(w, 'crm.lead'),
  accept_duplicate: w.chance(8) ? (0 as const) : (1 as const),
})

const dealMove = <C extends Move['contract']>(contract: C, from: string, more: (w: Walk) => Promise<object | undefined> = async () => ({})): Move => ({
  contract,
  make: async (w) => {
    const row = await dealIn(w, ...from.split(' '))
    const rest = row && (await more(w))
    return row && rest && { opportunity_id: row.id, ...rest }
  },
})

/** A customer or open lead that is nobody's, or somebody's. */
async function owned(w: Walk, whose: 'nobody' | 'somebody'): Promise<{ party_id: string } | { lead_id: string } | undefined> {
  const not = whose === 'nobody' ? 'not ' : ''
  const lead = w.chance(2) ? await w.pick<Id>(`select id from crm_lead where state in ('new', 'working') and owner_id is ${whose === 'nobody' ? '' : 'not '}null order by id desc`) : undefined
  if (lead) return { lead_id: lead.id }
  const party = await w.pick<Id>(
    `select p.id from parties_party p where p.is_customer = 1 and p.is_cash = 0 and p.is_active = 1 and ${not}exists (select 1 from parties_assignment a where a.party_id = p.id and a.to_day is null) order by p.id desc`,
  )
  return party && { party_id: party.id }
}

const ruleIn = (w: Walk, table: 'crm_score_rule' | 'crm_routing_rule') => w.pick<Id>(`select id from ${table} order by id desc`)

const rulesIn = async (w: Walk, table: 'crm_score_rule' | 'crm_routing_rule'): Promise<number> => (await w.pick<{ n: number }>(`select count(*) as n from ${table}`))!.n

export const crmMoves: readonly Move[] = [
  move(crm.saveScoreRule, async (w) => {
    const rule = await ruleIn(w, 'crm_score_rule')
    const isNew = !rule || (w.chance(2) && (await rulesIn(w, 'crm_score_rule')) < 40)
    const what = w.one([{ fact: 'has_phone' as const }, { fact: 'source_is' as const, word: '展会' }, { fact: 'idle_days' as const, number: 1 + w.roll(30) }, { fact: 'last_result' as const, word: 'interested' }])
    return { ...(isNew ? {} : { rule_id: rule.id, position: 1 + w.roll(3) }), ...what, points: 1 + w.roll(50), is_active: w.chance(4) ? (0 as const) : (1 as const) }
  }),
  move(crm.removeScoreRule, async (w) => {
    const rule = await ruleIn(w, 'crm_score_rule')
    return rule && { rule_id: rule.id }
  }),
  move(crm.saveRoutingRule, async (w) => {
    const rule = await ruleIn(w, 'crm_routing_rule')
    const isNew = !rule || (w.chance(2) && (await rulesIn(w, 'crm_routing_rule')) < 40)
    const team = w.chance(2) ? await w.pick<Id>('select id from platform_team order by id') : undefined
    const to = team ? { method: w.one(['in_turn', 'least_load'] as const), team_id: team.id } : { method: 'person' as const, user_id: await colleague(w) }
    return { ...(isNew ? {} : { rule_id: rule.id, position: 1 + w.roll(3) }), name: w.fresh('规则'), source: w.chance(2) ? w.one(['展会', '官网']) : null, word: w.chance(3) ? '要' : null, ...to }
  }),
  move(crm.removeRoutingRule, async (w) => {
    const rule = await ruleIn(w, 'crm_routing_rule')
    return rule && { rule_id: rule.id }
  }),
  move(crm.routeLeads, async (w) => ((await ruleIn(w, 'crm_routing_rule')) ? {} : undefined)),
  move(crm.planVisits, async (w) => ({ day: later(w, w.roll(5)), stops: [{ ...(await subject(w)), title: w.fresh('拜访'), minute: w.chance(2) ? w.roll(1440) : null }] })),
  move(crm.arrangeRoute, async (w) => {
    const stop = await w.pick<Id & { due_on: string; assignee_id: string }>(`select id, due_on, assignee_id from crm_task where kind = 'visit' and state <> 'dropped' order by id desc`)
    return stop && { day: stop.due_on, assignee_id: stop.assignee_id, task_ids: [stop.id] }
  }),
  move(crm.checkIn, async (w) => {
    const stop = await w.pick<Id>(`select t.id from crm_task t join platform_user u on u.id = t.assignee_id where t.kind = 'visit' and t.state = 'open' and t.arrived_at is null and t.due_on <= '${w.t.today}' and t.assignee_id = (select min(id) from platform_user) order by t.id desc`)
    return stop && { task_id: stop.id, note: w.chance(2) ? '门口有竞品' : null }
  }),
  move(crm.claim, (w) => owned(w, 'nobody')),
  move(crm.returnToPool, async (w) => {
    const about = await owned(w, 'somebody')
    return about && { ...about, reason: 'does not answer' }
  }),
  move(crm.assignTo, async (w) => {
    const about = await owned(w, w.one(['nobody', 'somebody'] as const))
    return about && { ...about, user_id: await colleague(w) }
  }),
  move(crm.handOver, async (w) => {
    const leaver = await w.pick<Id>('select id from platform_user order by id desc')
    return { from_user_id: leaver!.id, to_user_id: await colleague(w), reason: 'leaves' }
  }),
  move(crm.protect, async (w) => {
    const about = await owned(w, 'somebody')
    return about && { ...about, reason: 'big one', until_on: w.chance(2) ? later(w, 30) : null }
  }),
  move(crm.unprotect, async (w) => {
    const row = await w.pick<{ party_id: string | null; lead_id: string | null }>('select party_id, lead_id from crm_protection order by id desc')
    return row && (row.party_id === null ? { lead_id: row.lead_id! } : { party_id: row.party_id })
  }),
  move(crm.recycle, async (w) => {
    if (w.chance(2)) await w.t.run(setSetting, { key: 'crm.recycle_idle_days', value: w.roll(4) })
    return {}
  }),
  move(crm.createStage, async (w) => ({ name_zh: w.fresh('阶段'), probability_e8: w.roll(100) * 1_000_000, required_fields: w.chance(3) ? ['expected_on' as const] : [] })),
  often(2, move(crm.updateStage, async (w) => {
    const row = await stageIn(w)
    return row && { stage_id: row.id, name_zh: row.name_zh, probability_e8: w.roll(100) * 1_000_000, position: 1 + w.roll(6), is_active: w.chance(2) ? (0 as const) : (1 as const) }
  })),
  move(crm.createCompetitor, async (w) => ({ name: w.fresh('对手') })),
  move(crm.updateCompetitor, async (w) => {
    const row = await rivalIn(w)
    return row && { competitor_id: row.id, name: w.fresh('对手'), is_active: w.roll(2) as 0 | 1 }
  }),
  move(crm.createOpportunity, async (w) => ({ party_id: await customer(w), ...(await dealInput(w)) })),
  dealMove(crm.updateOpportunity, 'open', dealInput),
  dealMove(crm.moveOpportunity, 'open', async (w) => {
    const stage = await stageIn(w)
    return stage && { stage_id: stage.id }
  }),
  dealMove(crm.quoteOpportunity, 'open'),
  dealMove(crm.winOpportunity, 'open', async (w) => ({ order: w.chance(3) ? 'none' : 'draft' })),
  dealMove(crm.loseOpportunity, 'open', async (w) => ({ close_reason: 'too dear', lost_to_id: (w.chance(2) ? await rivalIn(w) : undefined)?.id ?? null })),
  dealMove(crm.reopenOpportunity, 'won lost'),
  move(crm.createLead, async (w) => ({ ...(await leadInput(w)), ...(w.chance(4) ? { owner_id: w.chance(2) ? null : await colleague(w) } : {}) })),
  move(crm.updateLead, async (w) => {
    const row = await leadIn(w, 'new', 'working', 'lost')
    return row && { lead_id: row.id, ...(await leadInput(w)) }
  }),
  move(crm.convertLead, async (w) => {
    const row = await leadIn(w, 'new', 'working', 'lost')
    return row && { lead_id: row.id, accept_duplicate: 1 as const, ...(w.chance(3) ? { party_id: await customer(w) } : {}), opportunity: w.chance(2) ? { name: w.fresh('首单') } : null }
  }),
  move(crm.loseLead, async (w) => {
    const row = await leadIn(w, 'new', 'working')
    return row && { lead_id: row.id, lost_reason: 'too dear' }
  }),
  move(crm.reviveLead, async (w) => {
    const row = await leadIn(w, 'lost')
    return row && { lead_id: row.id }
  }),
  move(crm.logActivity, async (w) => {
    const task = w.chance(4) ? await taskIn(w, 'open') : undefined
    return {
      ...(await subject(w)),
      kind: w.one(crm.activityKinds),
      text: w.fresh('谈了 '),
      minute: w.chance(3) ? null : w.roll(1440),
      result: w.chance(3) ? null : w.one(crm.activityResults),
      ...(w.chance(2) ? { next_step: w.fresh('再约 '), next_on: later(w, w.roll(9)) } : {}),
      ...(task ? { task_id: task.id } : {}),
    }
  }),
  move(crm.correctActivity, async (w) => {
    const row = await standing(w)
    return row && { activity_id: row.id, kind: w.one(crm.activityKinds), text: w.fresh('更正 ') }
  }),
  move(crm.withdrawActivity, async (w) => {
    const row = await standing(w)
    return row && { activity_id: row.id, reason: 'logged for the wrong customer' }
  }),
  move(crm.createTask, async (w) => ({
    title: w.fresh('待办 '),
    kind: w.one(crm.stepKinds),
    ...(w.chance(3) ? {} : await subject(w)),
    assignee_id: await colleague(w),
    due_on: later(w, w.roll(20) - 5),
    priority: w.one([1, 2, 3] as const),
  })),
  move(crm.updateTask, async (w) => {
    const row = await taskIn(w, 'open')
    return row && { task_id: row.id, title: row.title, due_on: later(w, w.roll(9)), party_id: w.chance(4) ? null : row.party_id }
  }),
  ...([[crm.finishTask, 'open'], [crm.dropTask, 'open'], [crm.reopenTask, 'done']] as const).map(([contract, from]) =>
    move(contract, async (w) => {
      const row = await taskIn(w, from)
      return row && { task_id: row.id }
    }),
  ),
]

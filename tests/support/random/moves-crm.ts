import * as crm from '../../../src-main/modules/crm/contract.ts'
import { customer, extraFor, move, type Move, type Walk } from './walk.ts'

type Id = { id: string }
const later = (w: Walk, days: number): string => new Date(Date.parse(`${w.t.today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const taskIn = (w: Walk, state: string) => w.pick<Id & { title: string; party_id: string | null }>(`select id, title, party_id from crm_task where state = '${state}' order by id desc`)
const colleague = async (w: Walk) => (await w.pick<Id>('select id from platform_user where is_active = 1 order by id desc'))!.id
const standing = (w: Walk) => w.pick<Id>(`select id from crm_activity where is_withdrawn = 0 order by id desc`)

const leadIn = (w: Walk, ...states: string[]) => w.pick<Id>(`select id from crm_lead where state in (${states.map((s) => `'${s}'`).join(', ')}) order by id desc`)
/** A customer, or now and then a lead. */
async function subject(w: Walk): Promise<{ party_id: string } | { lead_id: string }> {
  const lead = w.chance(3) ? await leadIn(w, 'new', 'working', 'lost', 'converted') : undefined
  return lead ? { lead_id: lead.id } : { party_id: await customer(w) }
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

export const crmMoves: readonly Move[] = [
  move(crm.createLead, async (w) => ({ ...(await leadInput(w)), ...(w.chance(4) ? { owner_id: w.chance(2) ? null : await colleague(w) } : {}) })),
  move(crm.updateLead, async (w) => {
    const row = await leadIn(w, 'new', 'working', 'lost')
    return row && { lead_id: row.id, ...(await leadInput(w)) }
  }),
  move(crm.convertLead, async (w) => {
    const row = await leadIn(w, 'new', 'working', 'lost')
    return row && { lead_id: row.id, accept_duplicate: 1 as const, ...(w.chance(3) ? { party_id: await customer(w) } : {}) }
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

import { describe, expect, test } from 'vitest'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { twoSalespeople } from '../../support/people.ts'

// 2026-01-15 is a Thursday.
async function shop() {
  const { t, amy, bob } = await twoSalespeople()
  const party = async (name: string, assigned_to: string, no: string): Promise<string> =>
    (await t.run(parties.createParty, { name, assigned_to, phone: `0571 8888 000${no}`, addresses: [{ label: '店', region: '杭州', street: '龙井路1号', is_default: 1 }] })).party_id
  const [jia, yi] = [await party('甲茶庄', amy, '1'), await party('乙茶庄', amy, '2')]
  const ofBob = await party('丙茶庄', bob, '3')
  const { lead_id } = await t.run(crm.createLead, { company: '新店', address: '西湖区2号' }, amy)
  return { t, amy, bob, jia, yi, ofBob, lead_id }
}

describe('a visit', () => {
  test('is planned on a route, put in order, begun at the door and told afterwards', async () => {
    const { t, amy, jia, yi, lead_id } = await shop()
    const stops = [{ party_id: jia, title: '送春茶样', minute: 600 }, { party_id: yi, title: '收款' }, { lead_id, title: '认识一下', note: '找店长' }]
    const { task_ids } = await t.run(crm.planVisits, { day: '2026-01-16', stops }, amy)
    const names = async () => (await t.ask(crm.route, { day: '2026-01-16' }, amy)).stops.map((s) => s.subject_name)
    expect((await t.ask(crm.route, { day: '2026-01-16' }, amy)).stops).toMatchObject([
      { title: '送春茶样', subject_name: '甲茶庄', minute: 600, address: '杭州龙井路1号', phone: '0571 8888 0001', state: 'open', arrived_at: null, activity_id: null },
      { title: '收款', subject_name: '乙茶庄' },
      { title: '认识一下', subject_name: '新店', address: '西湖区2号', phone: null },
    ])
    await t.run(crm.arrangeRoute, { day: '2026-01-16', assignee_id: amy, task_ids: [task_ids[2]!] }, amy)
    expect(await names()).toEqual(['新店', '甲茶庄', '乙茶庄'])
    // More stops follow what stands already.
    await t.run(crm.planVisits, { day: '2026-01-16', stops: [{ party_id: jia, title: '再看一眼' }] }, amy)
    expect(await names()).toEqual(['新店', '甲茶庄', '乙茶庄', '甲茶庄'])
    t.today = '2026-01-16'
    const { arrived_at } = await t.run(crm.checkIn, { task_id: task_ids[0]!, note: '门口有竞品海报' }, amy)
    const { activity_id } = await t.run(crm.logActivity, { party_id: jia, kind: 'visit', text: '样品留下了', result: 'interested', task_id: task_ids[0]! }, amy)
    expect((await t.ask(crm.route, { day: '2026-01-16' }, amy)).stops[1]).toMatchObject({ state: 'done', arrived_at, arrived_note: '门口有竞品海报', activity_id, result: 'interested', words: '样品留下了' })
    // What has been done is open again: the follow-up stays, but did not do it.
    await t.run(crm.reopenTask, { task_id: task_ids[0]! }, amy)
    expect((await t.ask(crm.route, { day: '2026-01-16' }, amy)).stops[1]).toMatchObject({ state: 'open', arrived_at, activity_id: null })
    // On another day it is on another route.
    const task = await t.ask(crm.getTask, { task_id: task_ids[1]! }, amy)
    await t.run(crm.updateTask, { task_id: task_ids[1]!, title: task.title, kind: 'visit', party_id: yi, due_on: '2026-01-19' }, amy)
    expect(await names()).toEqual(['新店', '甲茶庄', '甲茶庄'])
    await t.verify()
  })

  test('is refused in the past, before its day, twice, by others, and where it is no visit', async () => {
    const { t, amy, bob, jia, ofBob } = await shop()
    const stop = (party_id: string) => [{ party_id, title: '拜访' }]
    expect((await t.refused(crm.planVisits, { day: '2026-01-14', stops: stop(jia) }, amy)).code).toBe('crm.planInPast')
    expect((await t.refused(crm.planVisits, { day: '2026-01-15', stops: stop(ofBob) }, amy)).code).toBe('parties.partyNotFound')
    const { task_ids: [tomorrow] } = await t.run(crm.planVisits, { day: '2026-01-16', stops: stop(jia) }, amy)
    const { task_ids: [today] } = await t.run(crm.planVisits, { day: '2026-01-15', stops: stop(jia) }, amy)
    const { task_id: call } = await t.run(crm.createTask, { title: '打电话', kind: 'call', due_on: '2026-01-15' }, amy)
    expect(await t.refused(crm.checkIn, { task_id: tomorrow! }, amy)).toEqual({ code: 'crm.visitNotYet', details: { due_on: '2026-01-16' } })
    expect((await t.refused(crm.checkIn, { task_id: call }, amy)).code).toBe('crm.notAVisit')
    expect((await t.refused(crm.checkIn, { task_id: today! })).code).toBe('crm.visitOfOthers')
    expect((await t.refused(crm.checkIn, { task_id: today! }, bob)).code).toBe('crm.taskNotFound')
    expect((await t.refused(crm.arrangeRoute, { day: '2026-01-15', assignee_id: amy, task_ids: [tomorrow!] }, amy)).code).toBe('crm.notOnRoute')
    expect((await t.refused(crm.arrangeRoute, { day: '2026-01-15', assignee_id: amy, task_ids: [today!] }, bob)).code).toBe('crm.notOnRoute')
    await t.run(crm.checkIn, { task_id: today! }, amy)
    expect((await t.refused(crm.checkIn, { task_id: today! }, amy)).code).toBe('crm.visitBegun')
    expect((await t.refused(crm.updateTask, { task_id: today!, title: '电话', kind: 'call', party_id: jia, due_on: '2026-01-15' }, amy)).code).toBe('crm.visitBegun')
    await t.run(crm.finishTask, { task_id: today! }, amy)
    expect((await t.refused(crm.checkIn, { task_id: today! }, amy)).code).toBe('crm.taskStateForbids')
  })

  test('counts for who made it: planned, made, missed, dropped, without a plan; others count only for who may see them', async () => {
    const { t, amy, bob, jia, yi, ofBob } = await shop()
    const plan = async (party_id: string, day: string, as: string) => (await t.run(crm.planVisits, { day, stops: [{ party_id, title: '拜访' }] }, as)).task_ids[0]!
    const [first, , third] = [await plan(jia, '2026-01-15', amy), await plan(yi, '2026-01-15', amy), await plan(yi, '2026-01-16', amy)]
    await plan(ofBob, '2026-01-20', bob)
    await t.run(crm.logActivity, { party_id: jia, kind: 'visit', text: '谈了', result: 'promised', task_id: first }, amy)
    await t.run(crm.logActivity, { party_id: jia, kind: 'visit', text: '又路过' }, amy)
    await t.run(crm.dropTask, { task_id: third }, amy)
    t.today = '2026-01-17'
    const amys = { user_id: amy, user_name: 'amy', planned: 2, done: 1, missed: 1, dropped: 1, unplanned: 1, subjects: 1, interested: 1 }
    expect(await t.ask(crm.visitStatistics, {}, amy)).toEqual({ from: '2026-01-01', to: '2026-01-17', rows: [amys] })
    expect((await t.ask(crm.visitStatistics, { from: '2026-01-01', to: '2026-01-31' })).rows).toEqual([amys, { user_id: bob, user_name: 'bob', planned: 1, done: 0, missed: 0, dropped: 0, unplanned: 0, subjects: 0, interested: 0 }])
    expect((await t.refused(crm.visitStatistics, { from: '2026-02-01', to: '2026-01-01' })).code).toBe('crm.daysTurned')
  })
})

test('the calendar shows tasks by the clock and the days on which orders are expected', async () => {
  const { t, amy, bob, jia, ofBob } = await shop()
  await t.run(crm.createTask, { title: '晚些打', kind: 'call', due_on: '2026-01-16', minute: 900, party_id: jia }, amy)
  await t.run(crm.createTask, { title: '早上打', kind: 'call', due_on: '2026-01-16', minute: 540 }, amy)
  await t.run(crm.createTask, { title: '哪天都行', kind: 'todo', due_on: '2026-01-16' }, amy)
  await t.run(crm.createOpportunity, { name: '团购', party_id: jia, expected_on: '2026-01-18' }, amy)
  await t.run(crm.createTask, { title: '别人的', kind: 'todo', due_on: '2026-01-16', party_id: ofBob }, bob)
  const { task_id } = await t.run(crm.createTask, { title: '不做了', kind: 'todo', due_on: '2026-01-16' }, amy)
  await t.run(crm.dropTask, { task_id }, amy)
  const of = async (input: object, as?: string) => (await t.ask(crm.calendar, { from: '2026-01-01', to: '2026-01-31', ...input }, as)).entries.map((e) => `${e.day} ${e.minute ?? ''} ${e.title} ${e.subject_name ?? ''}`)
  expect(await of({}, amy)).toEqual(['2026-01-16  哪天都行 ', '2026-01-16 540 早上打 ', '2026-01-16 900 晚些打 甲茶庄', '2026-01-18  团购 甲茶庄'])
  expect(await of({ user_id: amy }, bob)).toEqual([])
  expect(await of({ whose: 'all' })).toHaveLength(5)
  t.today = '2026-01-17'
  expect((await t.ask(crm.calendar, { from: '2026-01-16', to: '2026-01-16' }, bob)).entries).toMatchObject([{ is_overdue: 1, state: 'open', kind: 'task', step: 'todo' }])
  expect((await t.refused(crm.calendar, { from: '2026-02-01', to: '2026-01-01' })).code).toBe('crm.daysTurned')
  expect((await t.refused(crm.calendar, { from: '2026-01-01', to: '2026-12-31' })).code).toBe('crm.daysTooMany')
})

import { describe, expect, test } from 'vitest'
import { habitsOf, suggestionAfter } from '../../../src-main/modules/crm/activity.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { twoSalespeople } from '../../support/people.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'

/** Two salespeople with a customer each. */
async function twoWithCustomers() {
  const { t, amy, bob } = await twoSalespeople()
  const ofAmy = (await t.run(parties.createParty, { name: '甲茶庄', assigned_to: amy, contacts: [{ name: '陈姐' }] })).party_id
  const ofBob = (await t.run(parties.createParty, { name: '乙茶庄', assigned_to: bob })).party_id
  return { t, amy, bob, ofAmy, ofBob }
}

describe('a follow-up', () => {
  test('is kept with its next step, the task that asked for it is done, and all of it stands in the timeline', async () => {
    const { t, amy, ofAmy } = await twoWithCustomers()
    const first = await t.run(crm.logActivity, { party_id: ofAmy, kind: 'call', text: '问了春茶的价', result: 'interested', minute: 600, next_step: '送样', next_kind: 'visit', next_on: '2026-01-16' }, amy)
    expect(first.suggestion).toBeNull()
    t.today = '2026-01-16'
    expect(await t.ask(crm.taskCounts, {}, amy)).toEqual({ overdue: 0, today: 1, week: 0, escalated: 0 })
    const second = await t.run(crm.logActivity, { party_id: ofAmy, kind: 'visit', contact_name: '陈姐', text: '样品留下了', minute: 625, task_id: first.task_id! }, amy)
    expect(second).toMatchObject({ task_id: null, suggestion: null })
    expect((await t.ask(crm.getTask, { task_id: first.task_id! }, amy)).state).toBe('done')
    const { item_id } = await t.run(createItem, { name: '绿茶', kind: 'service', base_unit: '盒', price_e4: 880_000 })
    const order = await t.run(sales.createOrder, { party_id: ofAmy, lines: [{ item_id, quantity_e6: 1_000_000, price_e4: 880_000 }] })
    const { rows, has_more } = await t.ask(crm.timeline, { party_id: ofAmy }, amy)
    expect(rows.map((r) => [r.source_kind, r.source_id, r.day])).toEqual([
      ['crm.activity', second.activity_id, '2026-01-16'],
      ['sales.order', order.order_id, '2026-01-16'],
      ['crm.activity', first.activity_id, '2026-01-15'],
    ])
    expect(rows[2]!.activity).toMatchObject({ next_step: '送样', next_state: 'done', channel: 'phone', user_name: 'amy' })
    expect(has_more).toBe(0)
    expect(await t.ask(crm.timeline, { party_id: ofAmy, limit: 1 }, amy)).toMatchObject({ has_more: 1, rows: [{ source_id: second.activity_id }] })
    expect(await t.ask(crm.contactHabits, { party_id: ofAmy }, amy)).toMatchObject({ last_on: '2026-01-16', best_hour: 10, reached: 2, tried: 2, next: null, contact_names: ['陈姐'] })
  })

  test('says at once what might come next, and only where nothing is planned', async () => {
    const { t, amy, ofAmy } = await twoWithCustomers()
    // 2026-01-15 is a Thursday: two days on is a Saturday, so Monday.
    const log = (result: crm.ActivityResult | null, more: object = {}) => t.run(crm.logActivity, { party_id: ofAmy, kind: 'call', text: 'x', result, ...more }, amy)
    expect((await log('no_answer')).suggestion).toEqual({ step: 'callAgain', kind: 'call', due_on: '2026-01-16' })
    expect((await log('interested')).suggestion).toEqual({ step: 'sendOffer', kind: 'todo', due_on: '2026-01-19' })
    expect((await log(null)).suggestion).toBeNull()
    const { task_id } = await log('reached', { next_step: '寄目录' })
    expect((await t.ask(crm.getTask, { task_id: task_id! }, amy)).due_on).toBe('2026-01-16')
    expect((await log('interested')).suggestion).toBeNull()
  })

  test('is refused for the future, for a day gone by, and for a task that is closed or unknown', async () => {
    const { t, ofAmy } = await twoWithCustomers()
    const log = (more: object) => t.refused(crm.logActivity, { party_id: ofAmy, kind: 'call', text: 'x', ...more })
    expect((await log({ day: '2026-01-16' })).code).toBe('crm.activityInFuture')
    expect((await log({ next_step: '再打', next_on: '2026-01-14' })).code).toBe('crm.nextDayPast')
    expect((await log({ task_id: unknownId })).code).toBe('crm.taskNotFound')
    const { task_id } = await t.run(crm.createTask, { title: '打电话', due_on: '2026-01-15' })
    await t.run(crm.dropTask, { task_id })
    expect((await log({ task_id })).code).toBe('crm.taskStateForbids')
    expect(await t.answer(crm.logActivity, { party_id: ofAmy, kind: 'call' })).toMatchObject({ ok: false, kind: 'invalid' })
    expect(await t.answer(crm.logActivity, { party_id: ofAmy, kind: 'call', text: 'x', next_on: '2026-01-20' })).toMatchObject({ ok: false, kind: 'invalid' })
  })

  test('is corrected and withdrawn by its author or who assigns work, and never goes away', async () => {
    const { t, amy, bob, ofAmy } = await twoWithCustomers()
    const { activity_id } = await t.run(crm.logActivity, { party_id: ofAmy, kind: 'call', text: '错' }, amy)
    await t.run(parties.assignParty, { party_id: ofAmy, user_id: null })
    expect(await t.refused(crm.correctActivity, { activity_id, kind: 'call', text: '对' }, bob)).toEqual({ code: 'crm.activityOfOthers', details: { name: 'amy' } })
    expect((await t.refused(crm.withdrawActivity, { activity_id, reason: 'x' }, bob)).code).toBe('crm.activityOfOthers')
    await t.run(crm.correctActivity, { activity_id, kind: 'visit', text: '对' }, amy)
    expect((await t.refused(crm.correctActivity, { activity_id, kind: 'visit', day: '2026-02-01', text: '对' }, amy)).code).toBe('crm.activityInFuture')
    expect((await t.ask(crm.listActivities, { text: '对' }, bob)).rows).toMatchObject([{ kind: 'visit', channel: 'in_person', user_name: 'amy' }])
    await t.run(crm.withdrawActivity, { activity_id, reason: '记错客户' })
    expect((await t.refused(crm.correctActivity, { activity_id, kind: 'call', text: 'x' }, amy)).code).toBe('crm.activityWithdrawn')
    expect((await t.ask(crm.listActivities, {}, amy)).rows).toMatchObject([{ is_withdrawn: 1, withdrawn_reason: '记错客户' }])
    expect((await t.ask(crm.contactHabits, { party_id: ofAmy })).count).toBe(0)
  })

  test('survives the salesperson who wrote it', async () => {
    const { t, amy, bob, ofAmy } = await twoWithCustomers()
    await t.run(crm.logActivity, { party_id: ofAmy, kind: 'message', text: '微信加上了' }, amy)
    await t.run(parties.assignParty, { party_id: ofAmy, user_id: bob })
    await t.run(platform.deactivateUser, { user_id: amy })
    expect((await t.ask(crm.timeline, { party_id: ofAmy }, bob)).rows).toMatchObject([{ text: '微信加上了', user_name: 'amy' }])
  })
})

describe('tasks', () => {
  test('are listed by day, made, changed, closed and opened again', async () => {
    const { t, amy, ofAmy } = await twoWithCustomers()
    const make = async (title: string, due_on: string, more: object = {}) => (await t.run(crm.createTask, { title, due_on, ...more }, amy)).task_id
    const late = await make('催款', '2026-01-10', { party_id: ofAmy, priority: 1 })
    const now = await make('打电话', '2026-01-15')
    await make('寄样', '2026-01-20')
    await make('年会', '2026-03-01')
    const list = async (input: object) => (await t.ask(crm.listTasks, input, amy)).rows.map((r) => r.title)
    expect(await list({})).toEqual(['催款', '打电话', '寄样', '年会'])
    expect(await list({ show: 'now' })).toEqual(['催款', '打电话'])
    expect(await list({ show: 'today' })).toEqual(['打电话'])
    expect(await list({ show: 'overdue' })).toEqual(['催款'])
    expect(await list({ show: 'week' })).toEqual(['寄样'])
    expect(await list({ text: '甲茶' })).toEqual(['催款'])
    expect(await list({ text: '%' })).toEqual([])
    expect(await t.ask(crm.taskCounts, {}, amy)).toEqual({ overdue: 1, today: 1, week: 1, escalated: 0 })
    await t.run(crm.finishTask, { task_id: late }, amy)
    expect((await t.refused(crm.finishTask, { task_id: late }, amy)).code).toBe('crm.taskStateForbids')
    expect((await t.refused(crm.updateTask, { task_id: late, title: 'x', due_on: '2026-01-20' }, amy)).code).toBe('crm.taskStateForbids')
    expect(await list({ show: 'done' })).toEqual(['催款'])
    await t.run(crm.reopenTask, { task_id: late }, amy)
    await t.run(crm.updateTask, { task_id: now, title: '发微信', kind: 'message', due_on: '2026-01-16' }, amy)
    await t.run(crm.dropTask, { task_id: now }, amy)
    expect(await list({ show: 'all', sort: 'priority' })).toEqual(['催款', '发微信', '寄样', '年会'])
  })

  test('refuse colleagues who are unknown or gone, customers out of sight, and a step that changes its customer', async () => {
    const { t, amy, bob, ofAmy, ofBob } = await twoWithCustomers()
    await t.run(platform.deactivateUser, { user_id: bob })
    const make = (more: object) => t.refused(crm.createTask, { title: 'x', due_on: '2026-01-15', ...more }, amy)
    expect((await make({ assignee_id: bob })).code).toBe('crm.userNotFound')
    expect((await make({ assignee_id: unknownId })).code).toBe('crm.userNotFound')
    expect((await make({ party_id: ofBob })).code).toBe('parties.partyNotFound')
    const { task_id } = await t.run(crm.logActivity, { party_id: ofAmy, kind: 'call', text: 'x', next_step: '再打' }, amy)
    expect((await t.refused(crm.updateTask, { task_id: task_id!, title: 'x', due_on: '2026-01-20', party_id: null }, amy)).code).toBe('crm.stepKeepsCustomer')
    // Guards of the database: 'crm.activityIsPermanent' and 'crm.taskIsPermanent'.
    await expect(t.office.engine.write(async (db) => db.run(await taskTable(), 'delete from crm_task'))).rejects.toThrow('crm.taskIsPermanent')
    await expect(t.office.engine.write(async (db) => db.run(await taskTable(), 'delete from crm_activity'))).rejects.toThrow('crm.activityIsPermanent')
  })

  test('and follow-ups of customers out of sight are not there', async () => {
    const { t, amy, bob, ofAmy, ofBob } = await twoWithCustomers()
    const { activity_id, task_id } = await t.run(crm.logActivity, { party_id: ofAmy, kind: 'call', text: '秘密', next_step: '秘密的下一步' }, amy)
    expect((await t.ask(crm.listActivities, {}, bob)).total).toBe(0)
    expect((await t.ask(crm.listTasks, {}, bob)).total).toBe(0)
    expect((await t.ask(crm.listTasks, { party_id: ofAmy, show: 'all' }, bob)).rows).toEqual([])
    expect((await t.refused(crm.timeline, { party_id: ofAmy }, bob)).code).toBe('parties.partyNotFound')
    expect((await t.refused(crm.contactHabits, { party_id: ofAmy }, bob)).code).toBe('parties.partyNotFound')
    expect((await t.refused(crm.logActivity, { party_id: ofAmy, kind: 'call', text: 'x' }, bob)).code).toBe('parties.partyNotFound')
    expect((await t.refused(crm.correctActivity, { activity_id, kind: 'call', text: 'x' }, bob)).code).toBe('crm.activityNotFound')
    expect((await t.refused(crm.withdrawActivity, { activity_id, reason: 'x' }, bob)).code).toBe('crm.activityNotFound')
    for (const contract of [crm.finishTask, crm.dropTask, crm.reopenTask, crm.getTask]) expect((await t.refused(contract, { task_id: task_id! }, bob)).code).toBe('crm.taskNotFound')
    expect((await t.ask(platform.listComments, { source_kind: 'crm.task', source_id: task_id! }, bob)).rows).toEqual([])
    // A task that was given to Bob is his to see; whom it is about is not.
    const given = await t.run(crm.createTask, { title: '送样品', due_on: '2026-01-15', party_id: ofAmy, assignee_id: bob }, amy)
    expect(await t.ask(crm.getTask, { task_id: given.task_id }, bob)).toMatchObject({ title: '送样品', party_id: null, subject_name: null })
    expect((await t.ask(crm.listTasks, { party_id: ofAmy }, bob)).total).toBe(0)
    expect((await t.ask(crm.listTasks, { text: '甲茶' }, bob)).total).toBe(0)
    await t.run(crm.finishTask, { task_id: given.task_id }, bob)
    expect((await t.ask(crm.listTasks, { show: 'done' }, amy)).rows).toMatchObject([{ title: '送样品', subject_name: '甲茶庄' }])
    expect(ofBob).not.toBe(ofAmy)
  })
})

const taskTable = async () => (await import('../../../db/schema/crm.ts')).task

test('habits: the channel and hour that worked most often; calls that nobody took count as tried only', () => {
  const said = (channel: crm.Channel | null, hour: number | null, result: crm.ActivityResult | null = 'reached') => ({ channel, minute: hour === null ? null : hour * 60 + 5, result })
  expect(habitsOf([])).toEqual({ channel: null, best_hour: null, reached: 0, tried: 0 })
  expect(habitsOf([said('phone', 9, 'no_answer'), said('phone', 9, 'no_answer'), said('wechat', 20), said('wechat', 20), said(null, 3)])).toEqual({ channel: 'wechat', best_hour: 20, reached: 2, tried: 4 })
  expect(habitsOf([said('phone', 9)])).toMatchObject({ best_hour: null, channel: 'phone' })
  expect(suggestionAfter({ result: 'declined', today: '2026-01-15' })).toMatchObject({ step: 'keepInTouch', due_on: '2026-04-15' })
})

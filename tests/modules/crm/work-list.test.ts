import { expect, test } from 'vitest'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { twoSalespeople } from '../../support/people.ts'
import type { TestOffice } from '../../support/office.ts'

const titles = async (t: TestOffice, input: object, as?: string) => (await t.ask(crm.listTasks, input, as)).rows.map((r) => r.title)

test('the list of work is put in order by what hangs on it: value, closing day, score, last contact; what has none comes last', async () => {
  const { t, amy, bob } = await twoSalespeople()
  const party_id = (await t.run(parties.createParty, { name: '甲茶庄', assigned_to: amy })).party_id
  const other = (await t.run(parties.createParty, { name: '乙茶庄', assigned_to: amy })).party_id
  const deal = async (amount_minor: number, expected_on: string) => (await t.run(crm.createOpportunity, { name: '团购', party_id, amount_minor, expected_on }, amy)).opportunity_id
  const task = (title: string, more: object) => t.run(crm.createTask, { title, kind: 'call', due_on: '2026-01-15', ...more }, amy)
  await task('大单', { opportunity_id: await deal(900_000, '2026-03-01') })
  await task('小单', { opportunity_id: await deal(100_000, '2026-02-01') })
  const { lead_id } = await t.run(crm.createLead, { company: '热客', phone: '139 0000 0001' }, amy)
  await task('热线索', { lead_id })
  await task('冷线索', { lead_id: (await t.run(crm.createLead, { name: '冷客' }, amy)).lead_id })
  await task('老客', { party_id: other })
  await task('杂事', {})
  await t.run(crm.logActivity, { party_id: other, kind: 'call', text: '上周聊过', day: '2026-01-08' }, amy)
  await t.run(crm.logActivity, { lead_id, kind: 'call', text: '昨天聊过', day: '2026-01-14' }, amy)
  expect((await titles(t, { sort: 'amount_minor', direction: 'desc' }, amy)).slice(0, 2)).toEqual(['大单', '小单'])
  expect((await titles(t, { sort: 'expected_on' }, amy)).slice(0, 2)).toEqual(['小单', '大单'])
  expect((await titles(t, { sort: 'score', direction: 'desc' }, amy)).slice(0, 2)).toEqual(['热线索', '冷线索'])
  expect((await titles(t, { sort: 'last_on' }, amy)).slice(0, 2)).toEqual(['老客', '热线索'])
  const { rows } = await t.ask(crm.listTasks, { sort: 'score', direction: 'desc' }, amy)
  expect(rows[0]).toMatchObject({ score: 20, last_on: '2026-01-14', amount_minor: null, expected_on: null })
  // Who may do a task but not see its customer learns nothing of what hangs on it.
  await t.run(crm.createTask, { title: '请鲍勃打', kind: 'call', due_on: '2026-01-15', assignee_id: bob, lead_id }, amy)
  expect((await t.ask(crm.listTasks, {}, bob)).rows).toMatchObject([{ title: '请鲍勃打', score: null, last_on: null, subject_name: null }])
})

test('a task left undone for more than the days is told to who leads its doer, from the day on', async () => {
  const { t, amy, bob } = await twoSalespeople()
  await t.run(crm.createTask, { title: '拖着', kind: 'call', due_on: '2026-01-15' }, amy)
  await t.run(crm.createTask, { title: '老板自己的', kind: 'call', due_on: '2026-01-15' })
  const told = async (as?: string) => [(await t.ask(crm.taskCounts, {}, as)).escalated, await titles(t, { show: 'escalated' }, as)]
  t.today = '2026-01-18'
  expect(await told()).toEqual([0, []])
  t.today = '2026-01-19'
  expect(await told()).toEqual([1, ['拖着']])
  expect([await told(amy), await told(bob)]).toEqual([[0, []], [0, []]])
  // Who leads the team of a salesperson sees theirs.
  const { team_id } = await t.run(platform.createTeam, { name: '一组', manager_id: bob })
  await t.run(platform.updateUser, { user_id: amy, team_id })
  const role = (await t.ask(platform.listRoles, {})).rows.find((r) => r.code === 'sales')!
  await t.run(platform.setGrants, { role_id: role.role_id, grants: role.grants.map((g) => (g.permission === 'crm.read' ? { ...g, scope: 'team' as const } : g)) })
  expect(await told(bob)).toEqual([1, ['拖着']])
  await t.run(platform.setSetting, { key: 'crm.escalate_days', value: 0 })
  expect(await told()).toEqual([0, []])
})

import { expect, test } from 'vitest'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import { setSetting } from '../../../src-main/modules/platform/contract.ts'
import { furnish } from '../../support/furnish.ts'
import { testOffice } from '../../support/office.ts'
import { seesPlanted } from '../../support/planted.ts'

test('every invariant of crm sees its violation', async () => {
  const t = await testOffice()
  const { customers } = await furnish(t)
  const [party_id, other] = customers as [string, string]
  const { activity_id, task_id } = await t.run(crm.logActivity, { party_id, kind: 'call', text: '问价', next_step: '报价' })
  const { lead_id } = await t.run(crm.createLead, { company: '新客' })
  const { lead_id: converted } = await t.run(crm.createLead, { company: '成客' })
  await t.run(crm.logActivity, { lead_id: converted, kind: 'call', text: '好' })
  await t.run(crm.convertLead, { lead_id: converted })
  await t.run(crm.returnToPool, { lead_id, reason: 'x' })
  await t.run(setSetting, { key: 'crm.cool_down_days', value: 0 })
  await t.run(crm.claim, { lead_id })
  const { opportunity_id } = await t.run(crm.createOpportunity, { name: '商机', party_id })
  const planted: Record<string, [string, string[]][]> = {
    'crm: a follow-up says something, and a withdrawn one says why': [['update crm_activity set is_withdrawn = 1 where id = ?', [activity_id]]],
    'crm: a task is closed by somebody at some time, and an open one by nobody': [[`update crm_task set state = 'done' where id = ?`, [task_id!]]],
    'crm: rules of scores and routing are numbered without gaps': [['update crm_score_rule set position = 9 where position = 2', []]],
    'crm: what a follow-up has done is done': [['update crm_task set done_activity_id = ? where id = ?', [activity_id, task_id!]]],
    'crm: a next step is about the customer of its follow-up': [['update crm_task set party_id = ? where id = ?', [other, task_id!]]],
    'crm: a converted lead has become somebody on a day, and no other has': [[`update crm_lead set state = 'converted' where id = ?`, [lead_id]]],
    'crm: what was said with a lead is said with the customer it became': [['update crm_activity set party_id = ? where lead_id = ?', [other, converted]]],
    'crm: a lead is owned since a day, and one of nobody is not': [['update crm_lead set owned_since = null where id = ?', [lead_id]]],
    'crm: every lead can be found under its name and code, and nothing else': [[`update platform_search_doc set title = 'x' where kind = 'lead' and ref_id = ?`, [lead_id]]],
    'crm: an opportunity stands where its last step took it': [[`update crm_opportunity set state = 'won' where id = ?`, [opportunity_id]]],
    'crm: an opportunity is closed on a day, and an open one is not; a lost one says why': [[`update crm_opportunity set closed_on = '2026-01-15' where id = ?`, [opportunity_id]]],
    'crm: open opportunities stand in stages that are in use, numbered without gaps': [['update crm_stage set is_active = 0 where position = 1', []]],
    'crm: what leads from an opportunity to sales leads to a document that is there': [
      [`insert into crm_opportunity_document (opportunity_id, source_kind, source_id) values (?, 'sales.quote', ?)`, [opportunity_id, party_id]],
    ],
    'crm: the last move of a lead left it with whom it has': [['update crm_lead set owner_id = null, owned_since = null where id = ?', [lead_id]]],
  }
  const names = t.office.registry.invariants.map((i) => i.name).filter((name) => name.startsWith('crm:'))
  expect(Object.keys(planted).sort()).toEqual(names.sort())
  for (const [invariant, plant] of Object.entries(planted)) expect(await seesPlanted(t, { invariant, plant }), invariant).toBe(true)
})

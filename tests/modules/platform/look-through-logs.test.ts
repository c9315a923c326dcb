import { expect, test } from 'vitest'
import { audit } from '../../../db/schema/platform.ts'
import { logActivity } from '../../../src-main/modules/crm/contract.ts'
import { createParty, updateParty } from '../../../src-main/modules/parties/contract.ts'
import { erasePerson } from '../../../src-main/modules/platform/contract.ts'
import { endOfLogs, lookThroughLogs, placesNow, seeker } from '../../../src-main/modules/platform/look-through-logs.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'

const [PHONE, LATER] = ['13912345678', '13700001111']

test('a text is found by an id among many, by a word in whatever case, and as JSON writes it', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `01900000-0000-7000-8000-${String(i).padStart(12, '0')}`)
  const holds = seeker([...ids, 'Ruoxi@Example.com', 'say "hi" (1+1)'])
  expect(holds(JSON.stringify({ to: 'RUOXI@example.com' }))).toBe(true)
  expect(holds(JSON.stringify({ note: 'Say "Hi" (1+1)!' }))).toBe(true)
  expect(holds(`["${ids[77]!}",1]`)).toBe(true)
  expect(holds(JSON.stringify({ id: '01900000-0000-7000-8000-999999999999', note: 'say hi' }))).toBe(false)
  expect(seeker([])('')).toBe(false)
})

test('logs of several portions are read through; what comes afterwards, and whom nobody looked for before, is found at the end', async () => {
  const t = await testOffice()
  const { party_id } = await t.run(createParty, { name: '欧阳若曦', kind: 'person', phone: PHONE })
  const first = await t.office.engine.read(endOfLogsOf)
  // A log that is longer than a portion, with somebody in the last of its rows.
  await lengthen(t, { by: 11_000, phones: new Map([[5_000, LATER], [10_999, PHONE]]) })
  const through = await t.office.engine.read(endOfLogsOf)
  const wanted = { marks: [party_id, PHONE], records: [party_id] }
  const before = await lookThroughLogs((work) => t.office.engine.read((db) => work({ db })), { wanted, through })
  expect(before.entries).toEqual([first.audit, through.audit])
  expect(before.about).toEqual([])
  await t.run(updateParty, { party_id, phone: LATER })
  const now = await t.office.engine.read((db) => placesNow({ db }, { wanted: { ...wanted, marks: [...wanted.marks, LATER] }, before }))
  expect(now.entries).toEqual([first.audit, first.audit + 5_001, through.audit, through.audit + 1])
  expect(now.about).toEqual([through.audit + 1])
  expect(now.changes.length).toBeGreaterThan(before.changes.length)
})

test('what is written about somebody while their data are being erased is erased too', async () => {
  const t = await testOffice()
  const { party_id } = await t.run(createParty, { name: '欧阳若曦', kind: 'person', phone: PHONE })
  const other = await t.run(createParty, { name: '甲公司' })
  await lengthen(t, { by: 40_000, phones: new Map() })
  const erasing = t.run(erasePerson, { subject_kind: 'parties.party', subject_id: party_id, asked_by: 'self', asked_on: t.today })
  await new Promise((resolve) => setTimeout(resolve, 30))
  await t.run(logActivity, { party_id, kind: 'call', text: '过敏体质' })
  await t.run(logActivity, { party_id: other.party_id, kind: 'call', text: `转自 ${PHONE}` })
  await erasing
  const left = await t.office.engine.read((db) => db.all(`select seq from platform_audit where input like '%过敏体质%' or input like '%${PHONE}%' union all select seq from platform_change where before like '%过敏体质%' order by seq`))
  expect(left).toEqual([])
  expect(await t.refused(logActivity, { party_id, kind: 'call', text: '过敏体质' })).toMatchObject({ code: 'parties.personErased' })
})

/** Puts commands of others behind the log, some of them with a phone in what they were told. */
async function lengthen(t: TestOffice, { by, phones }: { by: number; phones: ReadonlyMap<number, string> }): Promise<void> {
  const user_id = (await t.office.bus.people()).ownerId!
  const { change } = await t.office.engine.read(endOfLogsOf)
  const rows = Array.from({ length: by }, (_, i) => ({ command_id: `filler-${i}`, name: 'x', user_id, desk: 'x', at: 1, today: t.today, input: `{"no":${i},"phone":"${phones.get(i) ?? ''}"}`, answer: '{}', changes_through: change }))
  await t.office.engine.write((db) => db.insertMany(audit, rows))
}

const endOfLogsOf = (db: Parameters<typeof endOfLogs>[0]['db']) => endOfLogs({ db })

import { expect, test } from 'vitest'
import type { Lobby } from '../../../src-main/app/lobby.ts'
import type { Answer } from '../../../src-main/app/office-types.ts'
import { deskOf } from '../../../src-main/app/transports/desk.ts'
import type { Ticket } from '../../../src-main/app/transports/gate.ts'

test('a session that somebody else ended is forgotten at the desk, which stands at the door again', async () => {
  let answer: Answer = { ok: true, output: {} }
  const office = { ask: async () => answer, onePerson: async () => false, card: { name: '茶行', is_sample: 0, currency: 'CNY' }, brokenInvariants: [] }
  const lobby = { current: () => ({ office, data: '/shop' }) } as unknown as Lobby
  const ticket = { signedIn: { office, session: 's' } } as unknown as Ticket
  const desk = deskOf({ ticket, lobby, desk: 'front' })
  await desk.ask({ name: 'platform.me', input: {} })
  expect(await desk.whoAmI()).toMatchObject({ is_signed_in: 1 })
  answer = { ok: false, kind: 'refusal', code: 'platform.notSignedIn', details: {} }
  expect(await desk.ask({ name: 'platform.me', input: {} })).toEqual(answer)
  expect(await desk.whoAmI()).toMatchObject({ is_signed_in: 0 })
})

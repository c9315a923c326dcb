import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { wholeSchema } from '../../db/schema/index.ts'
import { exportList } from '../../src-main/app/export-list.ts'
import { printDocument } from '../../src-main/app/print/print-service.ts'
import type { Contract } from '../../src-main/kernel/contract.ts'
import type { QueryHandler } from '../../src-main/kernel/operation.ts'
import * as accounting from '../../src-main/modules/accounting/contract.ts'
import * as contracts from '../../src-main/modules/contracts/contract.ts'
import * as credit from '../../src-main/modules/credit/contract.ts'
import * as crm from '../../src-main/modules/crm/contract.ts'
import * as insights from '../../src-main/modules/insights/contract.ts'
import * as marketing from '../../src-main/modules/marketing/contract.ts'
import * as parties from '../../src-main/modules/parties/contract.ts'
import * as platform from '../../src-main/modules/platform/contract.ts'
import * as promotions from '../../src-main/modules/promotions/contract.ts'
import * as purchasing from '../../src-main/modules/purchasing/contract.ts'
import * as sales from '../../src-main/modules/sales/contract.ts'
import * as service from '../../src-main/modules/service/contract.ts'
import { metaOf } from '../../src-main/storage/table-meta.ts'
import { isOnServer, storedText } from '../support/files.ts'
import { furnish, type Furnished } from '../support/furnish.ts'
import { inputFor, type JsonSchema } from '../support/hostile.ts'
import { testOffice, type TestOffice } from '../support/office.ts'
import { PASSWORD, addUser, openToOthers } from '../support/people.ts'

// R9: the matrix of roles × all commands and queries of the registry × one's own, the team's and others' rows. What belongs to somebody is
// known by its ids, numbers and words; an answer in which one of those of somebody out of sight stands is a leak.

const E6 = 1_000_000
/** Inputs for each command, out of the ids of all three. */
const TRIES = Number(process.env['ZHANGGUI_RIGHTS_TRIES'] ?? 25)

type Whose = 'own' | 'team' | 'other'
/** All that one salesperson has: ids by table, and everything by which it can be recognized in an answer. */
type World = { readonly ids: ReadonlyMap<string, readonly string[]>; readonly secrets: ReadonlySet<string> }
type Company = { readonly t: TestOffice; readonly users: Readonly<Record<string, string>>; readonly worlds: Readonly<Record<Whose, World>> }

const tables = wholeSchema.flatMap((m) => m.tables).map(metaOf)
/** Everybody's, or written about everybody. */
const SHARED_TABLES = /^(platform_(audit|change|session|counter|series|user|role|setting|search_doc|reference_count)|parties_likeness|crm_lead_likeness|crm_stage$)/

/** Ids and numbers of every row that there is. */
async function rowsNow(t: TestOffice): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  for (const { name, columns } of tables) {
    if (SHARED_TABLES.test(name) || !columns.includes('id')) continue
    const told = columns.filter((c) => c === 'id' || c === 'number')
    const rows = await t.office.engine.read((db) => db.all<Record<string, unknown>>(`select ${told.join(', ')} from ${name} order by id`))
    found.set(name, new Set(rows.flatMap((r) => told.map((c) => r[c])).filter((v): v is string => typeof v === 'string' && v.length >= 6)))
  }
  return found
}

/** One salesperson's year in an hour: a customer and all that can come of one. */
async function live(t: TestOffice, { user, word, items, supplier }: { user: string; word: string; items: readonly string[]; supplier: string }): Promise<void> {
  const { party_id } = await t.run(parties.createParty, {
    name: `${word} 商行`, short_name: `${word}s`, aliases: [`${word} 别名`], phone: `0571-${word.length}${word.charCodeAt(0)}00${word.charCodeAt(1)}`, email: `${word}@example.com`, note: `${word} note`, tags: [`${word} tag`],
    contacts: [{ name: `${word} 联系人`, phone: '13800138000' }], addresses: [{ street: `${word} 路` }], tax_no: `9133${word}`.toUpperCase(), accept_duplicate: 1, assigned_to: user,
  })
  const lines = [{ item_id: items[0]!, quantity_e6: 2 * E6, price_e4: 150_000, description: `${word} line` }]
  const head = { party_id, lines, note: `${word} order` }
  await t.run(sales.createOrder, head, user)
  const quote = await t.run(sales.createQuote, head, user)
  await t.run(sales.sendQuote, { quote_id: quote.quote_id }, user)
  const { order_id } = await t.run(sales.createOrder, { ...head, customer_reference: `${word} ref` }, user)
  await t.run(sales.confirmOrder, { order_id }, user)
  await t.run(sales.deliver, { order_id, invoice: 'with' }, user)
  const waiting = await t.run(sales.createOrder, head, user)
  await t.run(sales.confirmOrder, { order_id: waiting.order_id }, user)
  await t.run(sales.deliver, { order_id: waiting.order_id, invoice: 'apart' }, user)
  const promised = await t.run(sales.createOrder, head, user)
  await t.run(sales.confirmOrder, { order_id: promised.order_id }, user)
  await t.run(accounting.receivePayment, { party_id, day: t.today, method: 'bank', amount_minor: 1000, reference: `${word} money` }, user)
  const { lead_id } = await t.run(crm.createLead, { company: `${word} 线索`, name: `${word} 人`, phone: '13900001111', accept_duplicate: 1 }, user)
  await t.run(crm.logActivity, { lead_id, kind: 'call', text: `${word} said`, next_step: `${word} next` }, user)
  await t.run(crm.logActivity, { party_id, kind: 'visit', text: `${word} told`, next_step: `${word} then` }, user)
  await t.run(crm.createOpportunity, { name: `${word} 商机`, party_id, note: `${word} hope`, lines: [{ item_id: items[0]!, quantity_e6: E6, price_e4: 1 }] }, user)
  await t.run(crm.createTask, { kind: 'todo', title: `${word} todo`, due_on: t.today }, user)
  await t.run(platform.addComment, { source_kind: 'parties.party', source_id: party_id, text: `${word} comment` }, user)
  if (!isOnServer) {
    await t.run(platform.addAttachment, { source_kind: 'sales.order', source_id: order_id, ...(await storedText(t, { text: `${word} scan`, name: `${word}.pdf` })) }, user)
    await t.run(platform.addAttachment, { source_kind: 'parties.party', source_id: party_id, ...(await storedText(t, { text: `${word} card`, name: `${word}-card.pdf` })) }, user)
  }
  await keep(t, { user, word, party_id, item_id: items[0]! })
  // What is bought for a customer is nobody's: it must not tell of the customer.
  await t.run(purchasing.postBill, { party_id: supplier, day: t.today, lines: [{ item_id: items[1]!, quantity_e6: E6, price_e4: 10_000 }] })
}

/** What comes after the sale: service, contract, credit, campaign, coupon, a due visit. The owner does what salespeople may not. */
async function keep(t: TestOffice, { user, word, party_id, item_id }: { user: string; word: string; party_id: string; item_id: string }): Promise<void> {
  const [classRow] = (await t.ask(service.listClasses, {})).rows
  const { ticket_id } = await t.run(service.createTicket, { class_id: classRow!.class_id, subject: `${word} broken`, party_id, item_id, assignee_id: user })
  await t.run(service.answerTicket, { ticket_id, text: `${word} answered`, waits: 1 })
  await t.run(service.noteTicket, { ticket_id, text: `${word} noted` })
  await t.run(service.createFeedback, { title: `愿望 ${word.length}`, item_id, ticket_id })
  const plan = [{ due_on: '2026-03-01', amount_minor: 5000, note: `${word} part` }]
  const { contract_id } = await t.run(contracts.createContract, { party_id, title: `${word} contract`, amount_minor: 5000, starts_on: '2026-01-01', ends_on: '2026-12-31', remind_days: 30, lines: [], plan })
  await t.run(contracts.signContract, { contract_id, signed_on: t.today })
  await t.run(credit.setLimit, { party_id, limit_minor: 100_000_000, reason: `${word} known`, holds_until: '2026-12-31' })
  const { campaign_id } = await t.run(marketing.createCampaign, { name: `春 ${word.length}${word.charCodeAt(0)}`, channel: 'email', from_on: '2026-01-05', to_on: '2026-02-05', cost_minor: 100 })
  await t.run(marketing.addMembers, { campaign_id, party_ids: [party_id] })
  const [member] = (await t.ask(marketing.listMembers, { campaign_id })).rows
  await t.run(marketing.recordResponse, { member_id: member!.member_id, response: 'interested', score: 4 })
  const { letter_id } = await t.run(marketing.createLetter, { campaign_id, subject: '您好 {{客户}}', body: '{{联系人}} {{最近购买}}' })
  for (const [key, value] of [['mail_host', 'localhost'], ['mail_from', 'shop@x.example']] as const) await t.run(platform.setSetting, { key: `marketing.${key}`, value })
  await t.run(marketing.queueLetter, { letter_id })
  const coupon = await t.run(promotions.createPromotion, { kind: 'coupon', name: `券 ${word.length}${word.charCodeAt(0)}`, from_at: 0, to_at: 9_000_000_000_000, guards: [], off_minor: 5, off_rate_e8: 0, least_minor: 0 })
  await t.run(promotions.startPromotion, { promotion_id: coupon.promotion_id })
  await t.run(promotions.issueCoupons, { promotion_id: coupon.promotion_id, party_ids: [party_id] })
  await t.run(crm.planVisits, { day: t.today, stops: [{ party_id, title: `${word} visit`, minute: 600 }] }, user)
}

/** What everybody works on who may at all. */
const NOBODYS = /^(purchasing_|inventory_lot|marketing_(campaign|letter)|promotions_promotion|service_feedback)/
/** Tables whose rows belong to one customer: their ids tell of the customer. */
const OWNED = /^(parties_|crm_|sales_|service_(ticket|step)|contracts_|credit_|insights_raised|marketing_(member|mail)|promotions_coupon|platform_(comment|attachment)$)/

async function company(): Promise<Company> {
  const t = await testOffice()
  await openToOthers(t)
  const { items, suppliers }: Furnished = await furnish(t)
  const team_id = (await t.run(platform.createTeam, { name: '一组' })).team_id
  const far_id = (await t.run(platform.createTeam, { name: '二组' })).team_id
  const grants = (scope: 'own' | 'team') => [...t.office.registry.permissions.keys()].map((permission) => ({ permission, scope: permission === 'platform.use' ? ('all' as const) : scope }))
  const users: Record<string, string> = {}
  for (const role of ['sales', 'warehouse', 'bookkeeper', 'viewer']) users[role] = await addUser(t, { login: role, role, team_id })
  for (const scope of ['own', 'team'] as const) {
    const { role_id } = await t.run(platform.createRole, { code: `all-${scope}`, name_zh: `全权-${scope}`, name_en: `All, ${scope}`, grants: grants(scope) })
    users[`everything, ${scope}`] = (await t.run(platform.createUser, { login: `all-${scope}`, name: `all-${scope}`, password: PASSWORD, team_id, role_ids: [role_id] })).user_id
  }
  const mate = await addUser(t, { login: 'mate', role: 'sales', team_id })
  const stranger = await addUser(t, { login: 'stranger', role: 'sales', team_id: far_id })
  const worlds = {} as Record<Whose, World>
  for (const [whose, user, word] of [['own', users['sales']!, 'Quokka'], ['team', mate, 'Narwhal'], ['other', stranger, 'Vicuna']] as const) {
    const before = await rowsNow(t)
    await live(t, { user, word, items, supplier: suppliers[0]! })
    const ids = new Map<string, string[]>()
    for (const [table, all] of await rowsNow(t)) if (!NOBODYS.test(table)) ids.set(table, [...all].filter((id) => !before.get(table)?.has(id)))
    worlds[whose] = { ids, secrets: new Set([word, word.toUpperCase(), ...[...ids].filter(([table]) => OWNED.test(table)).flatMap(([, list]) => list)]) }
  }
  await t.run(insights.recompute, { again: 1 })
  // Only where a service is set up is it asked what may be told it; names go along, so that a leak would show.
  await t.run(platform.setSetting, { key: 'insights.phrasing_url', value: 'http://localhost:9/v1' })
  await t.run(platform.setSetting, { key: 'insights.phrasing_names', value: 1 })
  return { t, users, worlds }
}

/** What a person with this role may see; 'shared' questions belong to nobody. */
function outOfSight({ role, contract }: { role: string; contract: Contract }): Whose[] {
  const owned = { 'everything, own': ['own', 'team', 'other'], 'everything, team': ['other'] }[role]
  if (owned) return contract.kind === 'query' && contract.scope === 'shared' ? [] : (owned as Whose[])
  // Salespeople see their own customers whatever they ask; the other built-in roles see all customers.
  return role === 'sales' ? ['team', 'other'] : []
}

const isId = (schema: JsonSchema): boolean => (schema.pattern ?? '').includes('[0-9a-f]{8}')

/** Values worth trying for a field, those of the rows out of sight first. */
function valuesFor(name: string, schema: JsonSchema, { worlds, t }: Company, whose: readonly Whose[]): unknown[] {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.flatMap((s) => valuesFor(name, s, { worlds, t } as Company, whose))
  if ('const' in schema) return [schema.const]
  if (schema.enum) return [...schema.enum]
  if (isId(schema)) {
    const noun = name.replace(/_?id$/, '')
    const fits = (table: string): boolean => noun === '' || ['source', 'subject', 'record', 'ref'].includes(noun) || table.endsWith(`_${noun}`) || (noun === 'winner' || noun === 'loser' ? table === 'parties_party' : false)
    const all = whose.flatMap((w) => [...worlds[w].ids])
    const fitting = all.filter(([table]) => fits(table))
    return (fitting.length > 0 ? fitting : all.filter(([table]) => /^(parties_party|sales_order|sales_invoice|crm_lead)$/.test(table))).flatMap(([, ids]) => ids)
  }
  if (name === 'source_kind') return [...t.office.registry.attachmentScopes.keys()]
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'string' && (schema.pattern ?? '').includes('(19|20|21)')) return ['2026-01-01', '2026-12-31']
  if (type === 'string') return ['Vicuna', 'Narwhal', '商行', '13900001111', 'sales.order', 'parties.party', '']
  if (type === 'integer' || type === 'number') return [...new Set([Math.max(schema.minimum ?? 0, 0), Math.min(schema.maximum ?? 100, 100)])]
  if (type === 'array') return [[], ...valuesFor(name.replace(/s$/, ''), schema.items ?? {}, { worlds, t } as Company, whose).slice(0, 12).map((v) => [v])]
  if (type === 'null') return [null]
  if (type === 'boolean') return [true, false]
  return [{}]
}

/** The records of the kind that the question names already. */
function idsOfKind(base: Record<string, unknown>, name: string, { worlds }: Company, whose: readonly Whose[]): readonly string[] | undefined {
  const kind = base['source_kind']
  return name === 'source_id' && typeof kind === 'string' ? whose.flatMap((w) => worlds[w].ids.get(kind.replace('.', '_')) ?? []) : undefined
}

/** Questions to a query: the shortest, then with each of its fields set to each value, one at a time; what it needs is tried in all ways. */
function questionsOf(contract: Contract, company: Company, whose: readonly Whose[]): Record<string, unknown>[] {
  const schema = z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const properties = Object.entries(schema.properties ?? {})
  const needed = new Set(schema.required ?? [])
  let bases: Record<string, unknown>[] = [{}]
  for (const [name, s] of properties.filter(([n]) => needed.has(n))) {
    bases = bases.flatMap((base) => (idsOfKind(base, name, company, whose) ?? valuesFor(name, s, company, whose)).map((value) => ({ ...base, [name]: value }))).slice(0, 900)
  }
  const first = bases[0] ?? {}
  const wide = 'limit' in (schema.properties ?? {}) ? { limit: 100 } : {}
  const more = properties.filter(([n]) => !needed.has(n) && n !== 'limit' && n !== 'offset').flatMap(([name, s]) => valuesFor(name, s, company, whose).map((value) => ({ ...first, ...wide, [name]: value })))
  return [...bases.map((b) => ({ ...b, ...wide })), ...more]
}

/** Secrets of somebody else in an answer, less what the asker said himself. */
function told(text: string, { secrets }: World, asked: string): string | undefined {
  const own = asked.toUpperCase()
  for (const secret of secrets) if (text.includes(secret) && !own.includes(secret.toUpperCase())) return secret
  return undefined
}

type Leak = { readonly role: string; readonly name: string; readonly whose: Whose; readonly secret: string; readonly asked: string }

/** Asks one query in all its ways as one user; what it told, and whether it answered at all. */
async function ask(company: Company, { role, contract }: { role: string; contract: Contract }): Promise<{ leaks: Leak[]; seen: Set<Whose>; isPermitted: boolean }> {
  const { t, users, worlds } = company
  const hidden = outOfSight({ role, contract })
  const seen = new Set<Whose>()
  const leaks: Leak[] = []
  let isPermitted = true
  for (const question of questionsOf(contract, company, ['other', 'team', 'own'])) {
    const answer = await t.answer(contract, question, users[role])
    if (!answer.ok && answer.kind === 'refusal' && answer.code === 'platform.notPermitted') isPermitted = false
    if (!isPermitted) break
    const [text, asked] = [JSON.stringify(answer), JSON.stringify(question)]
    for (const whose of ['own', 'team', 'other'] as const) {
      const secret = told(text, worlds[whose], asked)
      if (secret === undefined) continue
      seen.add(whose)
      if (hidden.includes(whose) && leaks.length < 3) leaks.push({ role, name: contract.name, whose, secret, asked })
    }
  }
  return { leaks, seen, isPermitted }
}

const ROLES = ['sales', 'warehouse', 'bookkeeper', 'viewer', 'everything, own', 'everything, team']
const mark = ({ seen, isPermitted }: { seen: ReadonlySet<Whose>; isPermitted: boolean }): string =>
  !isPermitted ? '  –  ' : (['own', 'team', 'other'] as const).map((w) => (seen.has(w) ? w[0]! : '·')).join(' ')

describe('R9: who may see what', () => {
  test('every query × every role × own, team and others: nothing leaks', { timeout: 900_000 }, async () => {
    const it = await company()
    const queries = [...it.t.office.registry.queries.values()].map((h) => h.contract).sort((a, b) => (a.name < b.name ? -1 : 1))
    const leaks: Leak[] = []
    const rows: string[] = []
    for (const contract of queries) {
      const cells: string[] = []
      for (const role of ROLES) {
        const found = await ask(it, { role, contract })
        leaks.push(...found.leaks)
        cells.push(mark(found))
      }
      rows.push(`${contract.name.padEnd(34)} ${contract.scope === 'shared' ? 'shared' : 'rows  '}  ${cells.map((c) => c.padEnd(18)).join('')}`)
    }
    process.stderr.write(`${' '.repeat(42)} ${ROLES.map((r) => r.padEnd(18)).join('')}\n${rows.join('\n')}\no own, t team's, o (third) others' rows told; – no right. ${queries.length} queries × ${ROLES.length} roles: ${leaks.length} leaks\n`)
    expect(leaks).toEqual([])
  })

  test('taken one filter away, the matrix sees it', { timeout: 300_000 }, async () => {
    const it = await company()
    const { queries } = it.t.office.registry
    for (const name of ['sales.orders', 'crm.leads', 'parties.search', 'accounting.openItems', 'platform.comments', 'service.tickets', 'contracts.list', 'marketing.members', 'insights.customers', 'insights.cohort', 'marketing.won']) {
      const handler = queries.get(name)
      if (!handler) continue
      const blind: QueryHandler = { ...handler, run: (ctx, input) => handler.run({ ...ctx, scope: { kind: 'all' }, scopeUnder: () => ({ kind: 'all' }), scopeOfUser: () => ({ kind: 'all' }) }, input) }
      ;(queries as Map<string, QueryHandler>).set(name, blind)
      expect((await ask(it, { role: 'sales', contract: handler.contract })).leaks, name).not.toEqual([])
      ;(queries as Map<string, QueryHandler>).set(name, handler)
      expect((await ask(it, { role: 'sales', contract: handler.contract })).leaks, name).toEqual([])
    }
  })

  test('files of lists and printed papers tell no more than the screen', { timeout: 300_000 }, async () => {
    const it = await company()
    const { t, users, worlds } = it
    const caller = { desk: 'test', userId: users['sales']! }
    for (const [name, columns] of [['sales.orders', ['party_name', 'number']], ['parties.list', ['name', 'phone']], ['accounting.openItems', ['party_name', 'number']], ['crm.leads', ['company', 'name']], ['sales.invoices', ['party_name', 'number']]] as const) {
      const out = join(t.scratch, `${name}.csv`)
      await exportList({ office: t.office, caller, registry: t.office.registry, name, input: {}, form: { title: name, columns: columns.map((field) => ({ title: field, from: field })) }, format: 'csv', out, currency: 'CNY' })
      const text = readFileSync(out, 'utf8')
      expect(text, name).toContain('Quokka')
      for (const whose of ['team', 'other'] as const) expect(told(text, worlds[whose], ''), `${name} ${whose}`).toBeUndefined()
    }
    const behind = { office: t.office, caller, data: t.data, currency: 'CNY' } as unknown as Parameters<typeof printDocument>[1]
    for (const [kind, table] of [['sales.order', 'sales_order'], ['sales.invoice', 'sales_invoice'], ['sales.delivery', 'sales_delivery'], ['sales.quote', 'sales_quote'], ['accounting.payment', 'accounting_payment']] as const) {
      for (const id of worlds.other.ids.get(table)!.filter((x) => x.length === 36)) {
        const paper = await printDocument({ name: `${kind}Print`, input: { id }, language: 'zh-CN' } as never, behind)
        expect(paper.ok, `${kind} ${id}`).toBe(false)
        expect(told(JSON.stringify(paper), worlds.other, id), kind).toBeUndefined()
      }
    }
  })

  test('every command in the hands of a salesperson, with the ids of others: nothing of theirs is told or changed', { timeout: 900_000 }, async () => {
    const it = await company()
    const { t, users, worlds } = it
    const commands = [...t.office.registry.commands.values()].map((h) => h.contract).sort((a, b) => (a.name < b.name ? -1 : 1))
    const strange = ['team', 'other'] as const
    const ids = [...new Set(strange.flatMap((w) => [...worlds[w].ids.values()].flat()))].filter((id) => id.length === 36)
    const theirs = new Set(ids)
    const lastChange = () => t.office.engine.read(async (db) => (await db.get<{ seq: number | null }>('select max(seq) as seq from platform_change'))!.seq ?? 0)
    const counts = { accepted: 0, refused: 0, invalid: 0, withoutRight: 0 }
    const leaks: object[] = []
    for (const contract of commands) {
      const schema = z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
      for (const input of fc.sample(inputFor(schema, ids), { numRuns: TRIES, seed: 9 })) {
        const before = await lastChange()
        const answer = await t.answer(contract, input, users['sales'])
        if (!answer.ok && answer.code === 'platform.notPermitted') {
          counts.withoutRight++
          break
        }
        counts[answer.ok ? 'accepted' : answer.kind === 'invalid' ? 'invalid' : 'refused']++
        const [text, asked] = [JSON.stringify(answer), JSON.stringify(input) ?? '']
        for (const whose of strange) {
          const secret = told(text, worlds[whose], asked)
          if (secret !== undefined) leaks.push({ name: contract.name, whose, secret, asked: asked.slice(0, 300) })
        }
        if (!answer.ok) continue
        const changed = await t.office.engine.read((db) => db.all<{ tbl: string; pk: string }>(`select tbl, pk from platform_change where seq > ? and op <> 'i' order by seq`, [before]))
        for (const { tbl, pk } of changed) for (const id of theirs) if (pk.includes(id)) leaks.push({ name: contract.name, changed: tbl, id, asked: asked.slice(0, 300) })
      }
    }
    process.stderr.write(`${commands.length} commands, ${TRIES} tries each as a salesperson: ${JSON.stringify(counts)}, ${leaks.length} leaks\n`)
    expect(leaks).toEqual([])
  })
})

import { expect, type Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newCommandId } from '../../../src-renderer/api/command-id.ts'
import { settled } from './crawl.ts'
import type { Locale } from './office.ts'

/** One thing to look at: an address, and what is opened on it. */
export type Screen = { readonly name: string; readonly path: string; readonly open?: (page: Page) => Promise<void> }
export type Words = (key: string) => string
type Row = Record<string, string>
type Ask = (name: string, input?: object) => Promise<{ rows: readonly Row[] }>
type Run = (name: string, input: object) => Promise<Row>

/** The program's words in a language, by their keys. */
export function wordsOf(locale: Locale): Words {
  const folder = join(import.meta.dirname, '../../../assets/locales', locale)
  const texts = Object.assign({}, ...readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as object)) as Record<string, string>
  return (key) => {
    const text = texts[key]
    if (text === undefined) throw new Error(`no words for ${key} in ${locale}`)
    return text
  }
}

/** Asks and commands over the open page's own session. */
export function operator(page: Page): { ask: Ask; run: Run } {
  const call = async (name: string, input: object): Promise<unknown> => {
    const answer = await page.evaluate(
      async ([to, body, id]) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': id }
        return (await (await fetch(`/api/${to}`, { method: 'POST', headers, body })).json()) as { ok: boolean; output: unknown }
      },
      [name, JSON.stringify(input), newCommandId()] as const,
    )
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`)
    return answer.output
  }
  return { ask: (name, input = {}) => call(name, input) as Promise<{ rows: readonly Row[] }>, run: (name, input) => call(name, input) as Promise<Row> }
}

/** What the sample lacks: a draft, a reversal, a voucher, a second warehouse, a price list, a transfer. Gives the ids of one record of each kind. */
export async function recordsOf(page: Page, names: { readonly warehouse: string; readonly list: string; readonly summary: string }): Promise<Record<string, string>> {
  const { ask, run } = operator(page)
  const first = async (name: string, key: string, input: object = {}): Promise<string> => {
    const id = (await ask(name, { limit: 1, ...input })).rows[0]?.[key]
    if (id === undefined) throw new Error(`the sample has nothing for ${name} ${JSON.stringify(input)}`)
    return id
  }
  const [toConvert, quote_id] = (await ask('sales.quotes', { limit: 2, state: 'sent' })).rows.map((q) => q['quote_id']!)
  const [toReverse, invoice_id] = (await ask('sales.invoices', { limit: 2, due: 'open' })).rows.map((i) => i['invoice_id']!)
  const { order_id: draftOrder } = await run('sales.convertQuote', { quote_id: toConvert })
  const { quote_id: draftQuote } = await run('sales.reviseQuote', { quote_id })
  const { invoice_id: reversal } = await run('sales.reverseInvoice', { invoice_id: toReverse, reason: names.summary })
  const accounts = (await ask('accounting.accounts', { leaves_only: 1, manual_only: 1 })).rows.filter((a) => a['control'] === null)
  const { entry_id: voucher } = await run('accounting.postVoucher', {
    day: (await ask('accounting.journal', { limit: 1 })).rows[0]!['day'],
    summary: names.summary,
    lines: [
      { account_id: accounts[0]!['account_id'], debit_minor: 12_300, credit_minor: 0 },
      { account_id: accounts[1]!['account_id'], debit_minor: 0, credit_minor: 12_300 },
    ],
  })
  await run('inventory.createWarehouse', { code: 'W2', name: names.warehouse })
  await run('catalog.createPriceList', { name: names.list })
  for (const [i, kind] of ['number', 'date', 'choice', 'link'].entries()) {
    const more = kind === 'choice' ? { choices: [names.summary] } : kind === 'link' ? { link_kind: 'party' } : {}
    await run('platform.createField', { target: 'sales.order', key: `own_${kind}`, label: `${names.list} ${i + 1}`, kind, is_listed: 0, ...more })
  }
  const customer = await first('sales.invoices', 'party_id', { due: 'overdue' })
  // A chain: the customer is the end of it, a supplier its head.
  await run('parties.updateParty', { party_id: customer, parent_id: await first('parties.list', 'party_id', { role: 'supplier' }), chain_role: 'end', accept_duplicate: 1 })
  const { task_id } = await run('crm.logActivity', { party_id: customer, kind: 'call', text: names.summary, result: 'promised', next_step: names.list })
  const { lead_id } = await run('crm.createLead', { company: names.list, name: names.warehouse, phone: '021 5555 0101', source: names.summary, referrer_id: customer })
  await run('crm.logActivity', { lead_id, kind: 'visit', text: names.summary, result: 'interested' })
  await run('crm.claim', { party_id: customer })
  const { user, today } = (await ask('platform.me', {})) as unknown as { user: { user_id: string }; today: string }
  await run('crm.saveRoutingRule', { name: names.list, source: names.summary, method: 'person', user_id: user.user_id })
  const { task_ids } = (await run('crm.planVisits', { day: today, stops: [{ party_id: customer, title: names.list, minute: 570 }, { lead_id, title: names.summary }] })) as unknown as { task_ids: string[] }
  await run('crm.checkIn', { task_id: task_ids[0]!, note: names.summary })
  const { competitor_id } = await run('crm.createCompetitor', { name: names.list, strengths: names.summary })
  const item_id = await first('catalog.items', 'item_id')
  const { opportunity_id } = await run('crm.createOpportunity', { name: names.list, party_id: customer, lines: [{ item_id, quantity_e6: 3_000_000, price_e4: 500_000 }], rivals: [{ competitor_id, note: names.summary }], expected_on: '2020-01-01' })
  const lost = await run('crm.createOpportunity', { name: names.warehouse, party_id: customer, amount_minor: 120_000 })
  await run('crm.loseOpportunity', { opportunity_id: lost['opportunity_id'], close_reason: names.summary, lost_to_id: competitor_id })
  await run('crm.quoteOpportunity', { opportunity_id })
  const times = { from_at: 0, to_at: 4_000_000_000_000 }
  const { promotion_id } = await run('promotions.createPromotion', { kind: 'flash', name: names.list, ...times, item_id, price_e4: 10_000, quota_e6: 1_000_000, guards: [{ item_id, level_e6: 1_000_000 }] })
  const { promotion_id: coupons } = await run('promotions.createPromotion', { kind: 'coupon', name: names.warehouse, ...times, off_minor: 1_000, least_minor: 10_000 })
  await run('promotions.startPromotion', { promotion_id: coupons })
  await run('promotions.issueCoupons', { promotion_id: coupons, party_ids: [customer], count: 2, code: 'TEA', most_uses: 10 })
  // Two that are in the books twice: one pair merged, the other to be looked at.
  const doubles: string[] = []
  for (const code of ['D1', 'D2', 'D3']) {
    const { party_id } = await run('parties.createParty', { code, name: names.list, phone: '0571-88881234', note: code, tags: [names.summary], contacts: [{ name: names.warehouse }], accept_duplicate: 1 })
    doubles.push(party_id!)
  }
  await run('parties.mergeParties', { winner_id: doubles[0], loser_id: doubles[2], reason: names.summary })
  await run('insights.recompute', { again: 1 })
  const { segment_id } = await run('insights.createSegment', { name: names.list, conditions: [{ kind: 'bought', within_days: 365 }] })
  const { campaign_id } = await run('marketing.createCampaign', { name: names.list, channel: 'email', from_on: '2020-01-01', to_on: '2099-01-01', cost_minor: 50_000 })
  await run('marketing.addMembers', { campaign_id, segment_id })
  const { letter_id } = await run('marketing.createLetter', { campaign_id, subject: names.list, body: names.summary })
  const steps = [{ what: { kind: 'task', title: names.list }, when: { condition: 'always' } }, { what: { kind: 'wait', days: 3 }, when: { condition: 'always' } }, { what: { kind: 'letter', letter_id }, when: { condition: 'ordered' }, is_not: 1, otherwise: 'leave' }]
  const { sequence_id: draftSequence } = await run('marketing.createSequence', { campaign_id, name: names.summary, goal: 'ordered', steps })
  const { sequence_id } = await run('marketing.createSequence', { campaign_id, name: names.list, goal: 'ordered', steps: steps.slice(0, 2) })
  await run('marketing.moveCampaign', { campaign_id, state: 'running' })
  await run('marketing.moveSequence', { sequence_id, state: 'running' })
  await run('marketing.runSequences', {})
  // Nobody in the sample has a postal address.
  const { party_id: posted } = await run('parties.createParty', { name: names.summary, is_customer: 1, addresses: [{ label: names.list, region: names.list, street: names.warehouse, postcode: '200120', is_default: 1 }], accept_duplicate: 1 })
  await run('marketing.addMembers', { campaign_id, party_ids: [posted] })
  await run('marketing.preparePost', { letter_id, whom: 'rest' })
  await run('marketing.unsubscribe', { email: 'nobody@example.com', reason: names.summary })
  const class_id = (await ask('service.classes')).rows[0]!['class_id']!
  const invoice = (await ask('sales.invoices', { party_id: customer, kind: 'invoice', limit: 1 })).rows[0]!
  const { ticket_id: like } = await run('service.createTicket', { class_id, party_id: customer, item_id, subject: names.summary })
  await run('service.solveTicket', { ticket_id: like, solution: names.list })
  await run('service.closeTicket', { ticket_id: like, closing_reason: 'repaired', score: 4, score_text: names.summary, confirmed_by: names.list })
  const source = { source_kind: 'sales.invoice', source_id: invoice['invoice_id'] }
  const { ticket_id } = await run('service.createTicket', { class_id, source, item_id, subject: names.summary, text: names.warehouse, contact_name: names.list })
  await run('service.answerTicket', { ticket_id, text: names.list })
  const { parts_id } = await run('service.useParts', { ticket_id, lines: [{ item_id, quantity_e6: 1_000_000 }] })
  await run('service.logLabour', { ticket_id, minutes: 45, note: names.summary })
  await run('service.askRefund', { ticket_id, invoice_id: invoice['invoice_id'], reason: names.summary, lines: [{ invoice_line_no: 1, amount_minor: 100 }] })
  await run('service.createTemplate', { name: names.list, text: names.summary })
  const { feedback_id } = await run('service.createFeedback', { title: names.list, ticket_id })
  const delivery_id = await first('sales.deliveries', 'delivery_id', { kind: 'delivery' })
  const { contract_id } = await run('contracts.draftContract', { opportunity_id })
  await run('contracts.signContract', { contract_id, signed_on: '2020-01-01' })
  const { contract_id: draftContract } = await run('contracts.renewContract', { contract_id })
  await run('forecast.keepForecast', {}).catch(() => undefined)
  const { dunning_id } = await run('credit.dun', { party_id: customer, note: names.summary })
  await run('credit.promiseToPay', { party_id: customer, parts: [{ due_on: '2099-01-01', amount_minor: 10_000 }, { due_on: '2099-02-01', amount_minor: 10_000 }] })
  const approval_id = await somethingToApprove(page, draftOrder!)
  return {
    'crm/contracts': contract_id!,
    draftContract: draftContract!,
    approvals: approval_id,
    'money/dunning': dunning_id!,
    'crm/tasks': task_id!,
    'crm/leads': lead_id!,
    'crm/deals': opportunity_id!,
    'insights/segments': segment_id!,
    'marketing/campaigns': campaign_id!,
    'marketing/letters': letter_id!,
    'marketing/sequences': sequence_id!,
    draftSequence: draftSequence!,
    'service/tickets': ticket_id!,
    'service/feedback': feedback_id!,
    'service/parts': parts_id!,
    'sales/quotes': quote_id!,
    draftQuote: draftQuote!,
    'sales/orders': await first('sales.orders', 'order_id', { todo: 'to_deliver' }),
    orderToInvoice: await first('sales.orders', 'order_id', { todo: 'to_invoice' }),
    orderDone: await first('sales.orders', 'order_id', { state: 'closed' }),
    draftOrder: draftOrder!,
    'sales/deliveries': delivery_id,
    'sales/exchange': delivery_id,
    return: await first('sales.deliveries', 'delivery_id', { kind: 'return' }),
    'sales/invoices': invoice_id!,
    reversal: reversal!,
    creditNote: await first('sales.invoices', 'invoice_id', { kind: 'credit_note' }),
    customers: customer,
    erasures: `crm.lead:${lead_id!}`,
    suppliers: await first('parties.list', 'party_id', { role: 'supplier' }),
    items: await first('catalog.items', 'item_id'),
    'stock/adjustments': await first('inventory.adjustments', 'adjustment_id'),
    'purchasing/bills': await first('purchasing.bills', 'bill_id', { show: 'open' }),
    'money/receipts': await first('accounting.payments', 'payment_id', { kind: 'receipt' }),
    'money/payments': await first('accounting.payments', 'payment_id', { kind: 'payment' }),
    'books/entries': await first('accounting.journal', 'entry_id', { kind: 'document' }),
    voucher: voucher!,
    account: accounts[0]!['account_id']!,
    help: 'orders',
    'sales/promotions': promotion_id!,
    coupons: coupons!,
    twice: `one=${doubles[0]}&other=${doubles[1]}`,
  }
}

/** Judges orders and freezes who is late; the draft then waits for a second pair of eyes. Gives the request. */
async function somethingToApprove(page: Page, order_id: string): Promise<string> {
  const { ask, run } = operator(page)
  const rules = { 'credit.approves_orders': 1, 'credit.approved_below_minor': 1, 'platform.approvers_decide_own': 0, 'credit.freeze_days': 3650, 'credit.freezes': 1 }
  for (const [key, value] of Object.entries(rules)) await run('platform.setSetting', { key, value })
  await run('sales.confirmOrder', { order_id }).catch(() => undefined)
  await run('platform.setSetting', { key: 'platform.approvers_decide_own', value: 1 })
  await run('platform.setSetting', { key: 'credit.freeze_days', value: 5 })
  return (await ask('platform.approvals')).rows[0]!['approval_id']!
}

/** Every address, each record's page, the tabs and dialogs on them, and what the keys open. */
export function screensOf(patterns: readonly string[], records: Readonly<Record<string, string>>, t: Words): readonly Screen[] {
  const record = (kind: string): string => {
    const id = records[kind]
    if (id === undefined) throw new Error(`routes.tsx leads to one of ${kind}, and no record of it is visited: add one in recordsOf`)
    return id
  }
  const routes = patterns.map((pattern): Screen => {
    if (pattern.endsWith('*')) return { name: 'not-found', path: '/nowhere/at/all' }
    const path = pattern.replace(/:\w+/, () => record(pattern.split('/:')[0]!.slice(1)))
    return { name: pattern === '/' ? 'home' : pattern.replaceAll('/', '-').replaceAll(':', '').slice(1), path }
  })
  const order = `/sales/orders/${record('sales/orders')}`
  const invoice = `/sales/invoices/${record('sales/invoices')}`
  const delivery = `/sales/deliveries/${record('sales/deliveries')}`
  const bill = `/purchasing/bills/${record('purchasing/bills')}`
  const customer = `/customers/${record('customers')}`
  const ticket = `/service/tickets/${record('service/tickets')}`
  const dialog = (name: string, path: string, key: string): Screen => ({
    name: `dialog-${name}`,
    path,
    open: async (page) => {
      await page.getByRole('button', { name: t(key) }).first().click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  })
  const tab = (name: string, path: string, key: string): Screen => ({ name: `tab-${name}`, path, open: (page) => page.getByRole('tab', { name: t(key) }).click() })
  const keys = (name: string, press: string): Screen => ({
    name,
    path: '/',
    open: async (page) => {
      await page.keyboard.press(press)
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  })
  return [
    ...routes,
    { name: 'order-to-invoice', path: `/sales/orders/${record('orderToInvoice')}` },
    {
      name: 'orders-own-filters',
      path: '/sales/orders',
      open: (page) => page.getByRole('button', { name: t('ui.fields.filter') }).click(),
    },
    { name: 'promotion-coupons', path: `/sales/promotions/${record('coupons')}` },
    dialog('code-rule', '/settings/series', 'ui.codes.edit'),
    dialog('promotion', '/sales/promotions', 'command.promotions.createPromotion'),
    dialog('issue-coupons', `/sales/promotions/${record('coupons')}`, 'command.promotions.issueCoupons'),
    { name: 'merge-two', path: `/customers/merge?${record('twice')}` },
    { name: 'order-done', path: `/sales/orders/${record('orderDone')}` },
    { name: 'order-draft', path: `/sales/orders/${record('draftOrder')}` },
    { name: 'quote-draft', path: `/sales/quotes/${record('draftQuote')}` },
    { name: 'return', path: `/sales/deliveries/${record('return')}` },
    { name: 'credit-note', path: `/sales/invoices/${record('creditNote')}` },
    { name: 'reversal', path: `/sales/invoices/${record('reversal')}` },
    { name: 'voucher', path: `/books/entries/${record('voucher')}` },
    { name: 'ledger-account', path: `/books/ledger?account=${record('account')}` },
    { name: 'customer-collection', path: `${customer}?tab=collection` },
    { name: 'contract-draft', path: `/crm/contracts/${record('draftContract')}` },
    dialog('sign', `/crm/contracts/${record('draftContract')}`, 'command.contracts.signContract'),
    dialog('dun', `${customer}?tab=collection`, 'command.credit.dun'),
    dialog('promise', `${customer}?tab=collection`, 'command.credit.promiseToPay'),
    dialog('limit', customer, 'command.credit.setLimit'),
    dialog('release', customer, 'command.credit.releaseCustomer'),
    dialog('reject', `/approvals/${record('approvals')}`, 'command.platform.rejectApproval'),
    tab('customer-whole', customer, 'ui.whole.title'),
    tab('customer-timeline', customer, 'ui.crm.timeline'),
    tab('customer-history', customer, 'ui.party.history'),
    tab('customer-facts', customer, 'ui.party.facts'),
    tab('supplier-bills', `/suppliers/${record('suppliers')}`, 'ui.nav.bills'),
    tab('item-plans', `/items/${record('items')}`, 'ui.stock.plans'),
    tab('roles', '/settings/users', 'ui.users.roles'),
    dialog('deliver', order, 'command.sales.deliver'),
    dialog('change-order', order, 'command.sales.changeOrder'),
    dialog('order-invoice', `/sales/orders/${record('orderToInvoice')}`, 'command.sales.postInvoice'),
    dialog('order-receive', `/sales/orders/${record('sales/orders')}`, 'command.accounting.receivePayment'),
    dialog('order-return', `/sales/orders/${record('orderDone')}`, 'command.sales.returnGoods'),
    dialog('receive', invoice, 'command.accounting.receivePayment'),
    dialog('credit-note', invoice, 'command.sales.creditNote'),
    dialog('reverse-invoice', invoice, 'command.sales.reverseInvoice'),
    dialog('return', delivery, 'command.sales.returnGoods'),
    dialog('reverse-delivery', delivery, 'command.sales.reverseDelivery'),
    dialog('print', invoice, 'ui.print'),
    dialog('labels', delivery, 'ui.print.labels'),
    { name: 'statement-shown', path: `/money/statement?party=${record('customers')}&from=2020-01-01&items=1` },
    { name: 'print-design-own', path: '/settings/prints/design?kind=sales.invoice&template=continuous-140&copy=1' },
    { name: 'print-design-label', path: '/settings/prints/design?kind=catalog.label&template=label-60x40&copy=1' },
    { name: 'print-design-sheet', path: '/settings/prints/design?kind=catalog.label&template=sheet-70x37&copy=1' },
    dialog('pay', bill, 'command.accounting.paySupplier'),
    dialog('late-cost', bill, 'command.purchasing.postLateCost'),
    dialog('reverse-payment', `/money/receipts/${record('money/receipts')}`, 'ui.payment.reverse.receipt'),
    dialog('user', '/settings/users', 'command.platform.createUser'),
    {
      name: 'help-beside',
      path: order,
      open: async (page) => {
        await page.keyboard.press('F1')
        await expect(page.locator('.zg-guide')).toBeVisible()
      },
    },
    dialog('win-deal', `/crm/deals/${record('crm/deals')}`, 'command.crm.winOpportunity'),
    dialog('lose-deal', `/crm/deals/${record('crm/deals')}`, 'command.crm.loseOpportunity'),
    dialog('plan-visits', '/crm/visits', 'command.crm.planVisits'),
    dialog('check-in', '/crm/visits', 'command.crm.checkIn'),
    dialog('score-rule', '/crm/lead-rules', 'ui.crm.score.new'),
    dialog('routing-rule', '/crm/lead-rules', 'ui.crm.route.new'),
    dialog('tier', '/insights/tiers', 'command.insights.createTier'),
    dialog('remove-segment', '/insights/segments', 'ui.remove'),
    dialog('stage', '/crm/stages', 'command.crm.createStage'),
    dialog('competitor', '/crm/stages', 'command.crm.createCompetitor'),
    dialog('hand-over', '/crm/pool', 'command.crm.handOver'),
    dialog('convert-lead', `/crm/leads/${record('crm/leads')}`, 'command.crm.convertLead'),
    dialog('assign-lead', `/crm/leads/${record('crm/leads')}`, 'command.crm.assignTo'),
    dialog('lose-lead', `/crm/leads/${record('crm/leads')}`, 'command.crm.loseLead'),
    ...['assignTicket', 'solveTicket', 'closeTicket', 'mergeTickets', 'useParts', 'logLabour', 'askRefund', 'linkDocument'].map((step) => dialog(`ticket-${step}`, ticket, `command.service.${step}`)),
    ...['updateCampaign', 'addMembers', 'recordResponse'].map((step) => dialog(`campaign-${step}`, `/marketing/campaigns/${record('marketing/campaigns')}`, step === 'updateCampaign' ? 'ui.edit' : `command.marketing.${step}`)),
    { name: 'sequence-draft', path: `/marketing/sequences/${record('draftSequence')}` },
    dialog('sequence-close', `/marketing/sequences/${record('marketing/sequences')}`, 'ui.marketing.closeSequence'),
    ...['command.marketing.tellPosted', 'ui.marketing.printLetters', 'ui.marketing.printLabels'].map((step) => dialog(`letter-${step.split('.').at(-1)}`, `/marketing/letters/${record('marketing/letters')}`, step)),
    dialog('ticket-feedback', ticket, 'ui.service.toFeedback'),
    dialog('post-refund', '/service/refunds', 'command.service.postRefund'),
    dialog('ticket-class', '/service/setup', 'command.service.createClass'),
    dialog('ticket-template', '/service/setup', 'command.service.createTemplate'),
    dialog('feedback-decide', `/service/feedback/${record('service/feedback')}`, 'command.service.decideFeedback'),
    dialog('feedback-new', '/service/feedback', 'command.service.createFeedback'),
    { name: 'ticket-like', path: `/service/tickets/new?invoice=${record('sales/invoices')}` },
    tab('customer-tickets', customer, 'ui.nav.tickets'),
    dialog('field', '/settings/fields', 'command.platform.createField'),
    {
      name: 'tray',
      path: '/',
      open: async (page) => {
        await page.keyboard.press('Alt+a')
        await expect(page.getByRole('menuitem').first()).toBeVisible()
      },
    },
    keys('palette', 'Control+k'),
    keys('quick-log', 'l'),
    keys('keyboard-map', '?'),
  ]
}

/** Opens the screen and waits until it stands. */
export async function openScreen(page: Page, screen: Screen, go: (path: string) => Promise<void>): Promise<void> {
  await go(screen.path)
  await settled(page)
  if (!screen.open) return
  await screen.open(page)
  await settled(page)
}

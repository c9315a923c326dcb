import { addDays, weekday } from '../kernel/day.ts'
import type { CommandContract, OutputOf, QueryContract, SentInputOf } from '../kernel/contract.ts'
import * as crm from '../modules/crm/contract.ts'
import { createSegment, recompute } from '../modules/insights/contract.ts'
import * as service from '../modules/service/contract.ts'

// The front half of the sample company: who asked, who was called, what may come, what went wrong. Its own dice, so that the trade stays what it is.

type Words = { readonly zh: string; readonly en: string }
export type Shop = {
  readonly clock: { readonly today: string }
  readonly customers: readonly string[]
  readonly items: readonly { readonly item_id: string; readonly price_e4: number }[]
  run<C extends CommandContract>(contract: C, input: SentInputOf<C>): Promise<OutputOf<C>>
  ask<C extends QueryContract>(contract: C, input: SentInputOf<C>): Promise<OutputOf<C>>
  word(w: Words): string
}

const talks: readonly (Words & { readonly result: (typeof crm.activityResults)[number] })[] = [
  { zh: '问了上批茶的反响，客人喜欢，月底再补一批。', en: 'Asked how the last tea went: guests like it, they will restock at the end of the month.', result: 'promised' },
  { zh: '送了新茶样，让店长先试。', en: 'Sent samples of the new tea for the manager to try.', result: 'interested' },
  { zh: '没人接，下午再打。', en: 'Nobody answered, will call again.', result: 'no_answer' },
  { zh: '聊了节前的礼盒，要一份报价。', en: 'Talked about gift boxes for the holidays: they want a quote.', result: 'interested' },
  { zh: '对方说库存还多，过阵子再说。', en: 'They still have stock and will come back later.', result: 'not_now' },
  { zh: '核对了上月的账，没有出入。', en: 'Went through last month together, all agrees.', result: 'reached' },
]
const steps: readonly Words[] = [{ zh: '回访补货', en: 'Ask about restocking' }, { zh: '发报价', en: 'Send the quote' }, { zh: '带样品上门', en: 'Visit with samples' }]
const leads: readonly (Words & { readonly name: Words; readonly phone: string; readonly source: Words })[] = [
  { zh: '无锡梁溪茶舍', en: 'Liangxi Tea Rooms', name: { zh: '顾小姐', en: 'Ms Gu' }, phone: '0510-55502001', source: { zh: '展会', en: 'Fair' } },
  { zh: '福州三坊酒店', en: 'Sanfang Hotel', name: { zh: '林经理', en: 'Mr Lin' }, phone: '0591-55502002', source: { zh: '官网', en: 'Website' } },
  { zh: '长沙橘洲礼品', en: 'Juzhou Gifts', name: { zh: '易老板', en: 'Mr Yi' }, phone: '0731-55502003', source: { zh: '老客户介绍', en: 'Referral' } },
  { zh: '郑州商都超市', en: 'Shangdu Supermarket', name: { zh: '牛采购', en: 'Ms Niu' }, phone: '0371-55502004', source: { zh: '电话', en: 'Phone' } },
  { zh: '昆明翠湖书吧', en: 'Green Lake Bookshop', name: { zh: '杨店长', en: 'Ms Yang' }, phone: '0871-55502005', source: { zh: '展会', en: 'Fair' } },
]
const deals: readonly Words[] = [
  { zh: '中秋礼盒团购', en: 'Gift boxes for mid-autumn' }, { zh: '门店茶具换新', en: 'New teaware for their shops' }, { zh: '年度供茶', en: 'Tea for a whole year' },
  { zh: '开业用品', en: 'Everything for an opening' }, { zh: '春节福利采购', en: 'New Year presents for staff' }, { zh: '会议用水', en: 'Water for conferences' },
]
const troubles: readonly Words[] = [
  { zh: '紫砂壶收到时壶盖破了', en: 'The teapot came with a broken lid' }, { zh: '少发了两盒绿茶', en: 'Two boxes of green tea were missing' }, { zh: '想问保温杯能不能刻字', en: 'Can the flasks be engraved?' },
  { zh: '茶饼受潮有味', en: 'The tea cakes are damp' }, { zh: '发票抬头要改', en: 'The name on the invoice must change' },
]
const answerText = { zh: '已联系，马上处理。', en: 'Got in touch, on it.' }
const solutionText = { zh: '补发并道歉，客户满意。', en: 'Sent anew with an apology; the customer is content.' }

/** Who asks, is called and complains, beside the year's trade. */
export class Front {
  private readonly shop: Shop
  private readonly roll: (n: number) => number
  private readonly last: string
  private stages: string[] = []
  private classes: string[] = []

  constructor(given: { shop: Shop; roll: (n: number) => number; last: string }) {
    this.shop = given.shop
    this.roll = given.roll
    this.last = given.last
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.roll(list.length)]!
  }

  /** One day at the front desk. */
  async day(): Promise<void> {
    const { today } = this.shop.clock
    const left = (days: number): boolean => today === addDays(this.last, -days)
    for (const [i, lead] of leads.entries()) if (left(50 - i * 11)) await this.lead(lead, i)
    for (const [i, deal] of deals.entries()) if (left(70 - i * 12)) await this.deal(deal, i)
    for (const [i, trouble] of troubles.entries()) if (left(40 - i * 9)) await this.trouble(trouble, i)
    if (weekday(today) < 6 && this.roll(3) === 0) await this.talk()
  }

  private async talk(): Promise<void> {
    const { shop } = this
    const said = this.pick(talks)
    const isOld = shop.clock.today < addDays(this.last, -10)
    const goesOn = this.roll(3) === 0
    const kind = this.pick(['call', 'call', 'visit', 'message'] as const)
    const { task_id } = await shop.run(crm.logActivity, {
      party_id: this.pick(shop.customers), kind, result: said.result, text: shop.word(said), ...(goesOn ? { next_step: shop.word(this.pick(steps)), next_on: addDays(shop.clock.today, 1 + this.roll(6)) } : {}),
    })
    if (task_id && isOld) await shop.run(crm.finishTask, { task_id })
  }

  private async lead(lead: (typeof leads)[number], i: number): Promise<void> {
    const { shop } = this
    const source = shop.word(lead.source)
    const { lead_id } = await shop.run(crm.createLead, { company: shop.word(lead), name: shop.word(lead.name), phone: lead.phone, source, ...(i === 2 ? { referrer_id: shop.customers[0]! } : {}), accept_duplicate: 1 })
    if (i > 3) return
    await shop.run(crm.logActivity, { lead_id, kind: 'call', text: shop.word(talks[1]!), result: 'interested', next_step: shop.word(steps[2]!), next_on: addDays(shop.clock.today, 2 + i * 8) })
    if (i === 0) await shop.run(crm.loseLead, { lead_id, lost_reason: shop.word({ zh: '已有固定供应商', en: 'They have a supplier' }) })
  }

  private async deal(deal: Words, i: number): Promise<void> {
    const { shop } = this
    if (this.stages.length === 0) this.stages = (await shop.ask(crm.listStages, {})).rows.map((s) => s.stage_id)
    const { item_id, price_e4 } = shop.items[(i * 4) % shop.items.length]!
    const { opportunity_id } = await shop.run(crm.createOpportunity, {
      name: shop.word(deal), party_id: shop.customers[(i * 5) % shop.customers.length]!, stage_id: this.stages[0]!, lines: [{ item_id, quantity_e6: (20 + i * 15) * 1_000_000, price_e4 }],
      contact_name: shop.word({ zh: '采购部', en: 'Purchasing' }), expected_on: addDays(shop.clock.today, 40 + i * 6),
    })
    for (const stage_id of this.stages.slice(1, 1 + (i % this.stages.length))) await shop.run(crm.moveOpportunity, { opportunity_id, stage_id })
    if (i === 0) await shop.run(crm.loseOpportunity, { opportunity_id, close_reason: shop.word({ zh: '价格比别家高', en: 'Dearer than others' }) })
    if (i === 1) await shop.run(crm.winOpportunity, { opportunity_id, order: 'none' })
  }

  private async trouble(trouble: Words, i: number): Promise<void> {
    const { shop } = this
    if (this.classes.length === 0) this.classes = (await shop.ask(service.listClasses, {})).rows.map((c) => c.class_id)
    const { ticket_id } = await shop.run(service.createTicket, { class_id: this.classes[i % this.classes.length]!, subject: shop.word(trouble), party_id: shop.customers[(i * 3 + 1) % shop.customers.length]! })
    if (i === troubles.length - 1) return
    await shop.run(service.answerTicket, { ticket_id, text: shop.word(answerText) })
    if (i >= 3) return
    await shop.run(service.solveTicket, { ticket_id, solution: shop.word(solutionText) })
    await shop.run(service.closeTicket, { ticket_id, closing_reason: 'solved', score: i === 1 ? 3 : 5 })
  }

  /** When the year is over: customers are known, and two groups of them kept. */
  async close(): Promise<void> {
    const { shop } = this
    await shop.run(createSegment, { name: shop.word({ zh: '三十天没买的老客户', en: 'Regulars silent for thirty days' }), conditions: [{ kind: 'bought', min_count: 3 }, { kind: 'bought', is_not: 1, within_days: 30 }] })
    await shop.run(createSegment, { name: shop.word({ zh: '欠款逾期一个月', en: 'A month overdue' }), conditions: [{ kind: 'overdue', min_days: 30 }] })
    await shop.run(recompute, { again: 1 })
  }
}

import { isLabel, isLetter, type Printable } from '../../kernel/papers.ts'
import type { PrintingCompany } from './asked.ts'
import type { PaperData, PaperRow } from './paper.ts'
import { letterheadOf, paperWords, type PaperLocale } from './words.ts'

type Both = readonly [zh: string, en: string]

// What the designer's preview shows: every field has something to say, so that all that can be printed is seen at its place.

const SAME = (text: string): Both => [text, text]
const PARTY: Both = ['华东贸易有限公司', 'Eastern Trading Company Ltd']
const PLACE: Both = ['上海市浦东新区世纪大道 100 号', '100 Century Avenue, Springfield']

const VALUES: Readonly<Record<string, Both>> = {
  customer: PARTY, party: PARTY, customer_code: SAME('C00012'), customer_phone: SAME('021-5555 0100'), customer_address: PLACE, ship_to: PLACE,
  customer_bank: ['工商银行浦东支行 6222 0200 0000 0001', 'First Bank 12-34-56 00000001'], tax_no: SAME('91310000MA1K00000X'), day: SAME('2026-03-15'),
  due_on: SAME('2026-04-14'), valid_until: SAME('2026-03-31'), promised_on: SAME('2026-03-20'), original: SAME('IN2026-00009'), orders: SAME('SO2026-00012'),
  deliveries: SAME('DN2026-00015'), reference: SAME('PO-7788'), salesperson: ['王小明', 'Amy Wong'], warehouse: ['主仓库', 'Main warehouse'],
  tracking: SAME('SF1234567890'), method: ['银行转账', 'Bank transfer'], period: SAME('2026-03-01 – 2026-03-31'), account: ['1122 应收账款', '1122 Receivables'],
  item_code: SAME('A-1001'), item: ['不锈钢保温杯 500ml 磨砂黑', 'Steel vacuum flask 500 ml, black'], unit: ['个', 'pc'], quantity: SAME('120'), price: SAME('25.50'),
  discount: SAME('60.00'), net: SAME('2,654.87'), tax_rate: SAME('13%'), tax: SAME('345.13'), amount: SAME('3,000.00'), packs: ['10箱', '10 cartons'],
  remark: ['易碎', 'fragile'], settles: SAME('IN2026-00010'), settlement_discount: SAME('5.00'), document_kind: ['销售单', 'Invoice'],
  document: SAME('IN2026-00010'), summary: ['送货到店', 'Delivered to the shop'], charged: SAME('3,000.00'), settled_column: SAME('1,000.00'), balance: SAME('5,000.00'),
  voucher: ['记-12', 'J-12'], debit: SAME('3,000.00'), credit: SAME('1,000.00'), direction: ['借', 'Dr'], item_name: ['不锈钢保温杯', 'Steel vacuum flask'],
  pay_by: SAME('2026-04-30'), document_day: SAME('2026-03-01'), overdue_days: SAME('31'), document_amount: SAME('3,000.00'), open: SAME('3,000.00'),
  recipient: PARTY, contact: ['王小明', 'Amy Wong'], postcode: SAME('200120'), address: PLACE, subject: ['新茶上市', 'New teas are in'],
  body: ['王先生：\n\n今年的新茶到了，请您来店里尝尝。', 'Dear Amy,\n\nThis year’s teas have arrived. Come and taste them.'],
  company: ['本公司', 'Our company'], contract_title: ['年度供货合同', 'Supply for the year'],
  spec: ['500ml 磨砂黑', '500 ml, black'], location_name: ['二排三层', 'Row 2, shelf 3'], location_code: SAME('A-02-03'),
}

/** An invented document of a kind with this many lines (or labels), on the company's own paper. */
export function examplePaper({ printable, company, locale, lines }: { printable: Printable; company: PrintingCompany; locale: PaperLocale; lines: number }): PaperData {
  const t = paperWords(locale)
  const value = (key: string): string => VALUES[key]?.[locale === 'zh-CN' ? 0 : 1] ?? t(key)
  const facts = Object.fromEntries(printable.facts.map((key) => [key, value(key)]))
  const cells = Object.fromEntries(printable.columns.map(({ key }) => [key, value(key)]))
  const rows = Array.from({ length: lines }, (_, i): PaperRow => ({ cells: 'no' in cells ? { ...cells, no: String(i + 1) } : cells }))
  return {
    ...letterheadOf({ company, locale }),
    title: t(`kind.${printable.kind}`),
    number: printable.parts.includes('number') ? 'NO2026-00010' : '',
    facts,
    rows,
    totals: [{ label: t('total'), value: '9,000.00', is_strong: 1 }],
    words: { label: t('in_words'), value: locale === 'zh-CN' ? '玖仟元整' : 'Nine thousand only' },
    notes: [`${t('note')} ${locale === 'zh-CN' ? '请当面点清。' : 'Please check on receipt.'}`],
    plan: { title: t('contract.plan'), heads: [t('no'), t('due_on'), t('amount'), t('remark')], rows: [['1', '2026-03-15', '3,000.00', ''], ['2', '2026-06-15', '6,000.00', '']] },
    ageing: {
      title: t('ageing'),
      heads: [t('ageing.not_due'), t('ageing.beyond').replace('{{days}}', '30'), t('total')],
      values: ['3,000.00', '2,000.00', '5,000.00'],
    },
    slip: { title: t('slip.title'), lines: [t('slip.agreed'), t('slip.differs')], signatures: [t('slip.stamp'), t('slip.signed'), t('day')] },
    signers: { made_by: locale === 'zh-CN' ? '李会计' : 'Joy Lee' },
    ...(isLabel(printable) ? { labels: Array.from({ length: lines }, () => ({ facts: { ...facts, price: locale === 'zh-CN' ? '¥25.50 / 个' : '25.50 / pc' }, code: '6901028075831' })) } : {}),
    ...(isLetter(printable) ? { letters: Array.from({ length: lines }, () => ({ to: [value('customer'), value('customer_address')], day: value('day'), subject: value('subject'), body: value('body') })) } : {}),
  }
}

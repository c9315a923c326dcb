import type { OutputOf } from '../../kernel/contract.ts'
import { formatMoney, formatDecimal, currencyOf } from '../../kernel/money.ts'
import { formatQuantity } from '../../kernel/quantity.ts'
import type { deliveryPrint, invoicePrint, offerPrint } from '../../modules/sales/contract.ts'
import { textsOf } from '../describe.ts'
import type { PaperColumn, PaperModel } from './paper.ts'

type Locale = 'zh-CN' | 'en'
type InvoicePaper = OutputOf<typeof invoicePrint>
type DeliveryPaper = OutputOf<typeof deliveryPrint>
type OfferPaper = OutputOf<typeof offerPrint>
type Priced = InvoicePaper | OfferPaper
type Fact = { label: string; value: string }

/** The words of papers in one language. */
const wordsOf = (locale: Locale) => {
  const texts = textsOf(locale, 'print')
  return (key: string): string => texts[`print.${key}`] ?? key
}

/** Facts without a value are left out. */
const facts = (pairs: readonly (readonly [label: string, value: string | null | undefined])[]): Fact[] =>
  pairs.flatMap(([label, value]) => (value ? [{ label, value }] : []))

/** An invoice, a credit note, or the reversal of one. */
export function invoicePaper(data: InvoicePaper): PaperModel {
  const t = wordsOf(data.locale)
  const money = moneyOf(data)
  const settled = data.kind === 'invoice' && data.settled_minor !== 0
  return {
    ...common(data, t(`title.${data.kind}`)),
    facts: facts([
      [t('customer'), data.party.tax_title ?? data.party.name],
      [t('tax_no'), data.party.tax_no],
      [t('customer_address'), [data.party.tax_address, data.party.tax_phone].filter(Boolean).join(' ')],
      [t('customer_bank'), [data.party.bank_name, data.party.bank_account].filter(Boolean).join(' ')],
      [t('day'), data.day],
      [t('due_on'), data.kind === 'invoice' ? data.due_on : null],
      [t('original'), data.original_number],
      [t('orders'), data.order_numbers.join(', ')],
      [t('deliveries'), data.delivery_numbers.join(', ')],
      [t('reference'), data.reference],
      [t('salesperson'), data.salesperson_name],
    ]),
    ...pricedTable(data, t),
    totals: [
      ...pricedTotals(data, t),
      ...(settled ? [{ label: t('settled'), value: money(data.settled_minor), is_strong: 0 as const }, { label: t('open'), value: money(data.open_minor), is_strong: 1 as const }] : []),
    ],
    words: { label: t('in_words'), value: data.amount_in_words },
    notes: data.note ? [`${t('note')} ${data.note}`] : [],
    signatures: [t('made_by') + ' ' + data.created_by_name, t('received_by')],
  }
}

/** A quote or the confirmation of an order. */
export function offerPaper(data: OfferPaper): PaperModel {
  const t = wordsOf(data.locale)
  return {
    ...common(data, t(`title.${data.kind}`)),
    facts: facts([
      [t('customer'), data.party.name],
      [t('customer_phone'), data.party.phone],
      [t('ship_to'), data.ship_to],
      [t('day'), data.day],
      [t('valid_until'), data.valid_until],
      [t('promised_on'), data.promised_on],
      [t('reference'), data.customer_reference],
      [t('salesperson'), data.salesperson_name],
    ]),
    ...pricedTable(data, t),
    totals: pricedTotals(data, t),
    words: { label: t('in_words'), value: data.amount_in_words },
    notes: data.note ? [`${t('note')} ${data.note}`] : [],
    signatures: [t('made_by') + ' ' + data.created_by_name, t('agreed_by')],
  }
}

/** A delivery or return note: goods and quantities, no prices. */
export function deliveryPaper(data: DeliveryPaper): PaperModel {
  const t = wordsOf(data.locale)
  return {
    ...common(data, t(`title.${data.kind === 'reversal' ? 'delivery_reversal' : data.kind}`)),
    facts: facts([
      [t('customer'), data.party.name],
      [t('customer_phone'), data.party.phone],
      [t('ship_to'), data.ship_to],
      [t('day'), data.day],
      [t('warehouse'), data.warehouse_name],
      [t('orders'), data.order_number],
      [t('tracking'), data.tracking],
    ]),
    columns: [
      { label: t('no'), align: 'center', width: 24 },
      { label: t('item_code'), align: 'left', width: 80 },
      { label: t('item'), align: 'left', width: '*' },
      { label: t('unit'), align: 'center', width: 36 },
      { label: t('quantity'), align: 'right', width: 60 },
      { label: t('packs'), align: 'right', width: 80 },
    ],
    rows: data.lines.map((l, i) => [String(i + 1), l.item_code, itemText(l), l.unit, formatQuantity(l.quantity_e6), l.quantity_words]),
    totals: [],
    words: null,
    notes: data.note ? [`${t('note')} ${data.note}`] : [],
    signatures: [t('made_by') + ' ' + data.created_by_name, t('delivered_by'), t('received_by')],
  }
}

function common(data: InvoicePaper | DeliveryPaper | OfferPaper, title: string) {
  const t = wordsOf(data.locale)
  const { company } = data
  const line = (label: string, value: string | null): string[] => (value ? [`${label} ${value}`] : [])
  return {
    title,
    number: data.number,
    locale: data.locale,
    company: {
      name: company.name,
      lines: [
        [...line(t('tax_no'), company.tax_no), ...line(t('phone'), company.phone)].join('   '),
        company.address ?? '',
        [company.bank_name, company.bank_account].filter(Boolean).join(' '),
      ].filter((l) => l !== ''),
    },
    watermark: company.is_sample === 1 ? t('sample') : null,
    page_label: t('page'),
  }
}

const moneyOf =
  (data: Priced) =>
  (minor: number): string =>
    formatMoney(minor, { digits: currencyOf(data.currency).digits, locale: data.locale })

const itemText = (l: { item_name: string; spec: string | null; description: string | null }): string => {
  const name = l.spec ? `${l.item_name} ${l.spec}` : l.item_name
  return l.description && l.description !== l.item_name ? `${name}\n${l.description}` : name
}

/** Price and money columns; the discount column only where there is one, the tax columns only where there is tax. */
function pricedTable(data: Priced, t: (key: string) => string): { columns: PaperColumn[]; rows: string[][] } {
  const money = moneyOf(data)
  const { digits } = currencyOf(data.currency)
  const hasDiscount = data.lines.some((l) => l.discount_minor !== 0)
  const hasTax = data.lines.some((l) => l.tax_rate_e8 !== 0)
  const picked: { column: PaperColumn; text: (l: Priced['lines'][number], i: number) => string; shown: boolean }[] = [
    { column: { label: t('no'), align: 'center', width: 18 }, text: (_, i) => String(i + 1), shown: true },
    { column: { label: t('item_code'), align: 'left', width: 50 }, text: (l) => l.item_code, shown: true },
    { column: { label: t('item'), align: 'left', width: '*' }, text: itemText, shown: true },
    { column: { label: t('unit'), align: 'center', width: 24 }, text: (l) => l.unit, shown: true },
    { column: { label: t('quantity'), align: 'right', width: 38 }, text: (l) => formatQuantity(l.quantity_e6), shown: true },
    {
      column: { label: t(data.prices_include_tax === 1 && hasTax ? 'price_with_tax' : 'price'), align: 'right', width: 46 },
      text: (l) => formatDecimal(l.price_e4, 4, digits),
      shown: true,
    },
    { column: { label: t('discount'), align: 'right', width: 38 }, text: (l) => (l.discount_minor === 0 ? '' : money(l.discount_minor)), shown: hasDiscount },
    { column: { label: t('net'), align: 'right', width: 48 }, text: (l) => money(l.net_minor), shown: hasTax },
    { column: { label: t('tax_rate'), align: 'right', width: 26 }, text: (l) => `${formatDecimal(l.tax_rate_e8, 6)}%`, shown: hasTax },
    { column: { label: t('amount'), align: 'right', width: 54 }, text: (l) => money(l.gross_minor), shown: true },
  ]
  const shown = picked.filter((p) => p.shown)
  return { columns: shown.map((p) => p.column), rows: data.lines.map((l, i) => shown.map((p) => p.text(l, i))) }
}

function pricedTotals(data: Priced, t: (key: string) => string): PaperModel['totals'] {
  const money = moneyOf(data)
  const plain = (label: string, value: number) => ({ label, value: money(value), is_strong: 0 as const })
  return [
    ...(data.discount_minor === 0 ? [] : [plain(t('document_discount'), -data.discount_minor)]),
    ...(data.tax_minor === 0 ? [] : [plain(t('net_total'), data.net_minor), plain(t('tax_total'), data.tax_minor)]),
    { label: `${t('total')} ${data.currency}`, value: money(data.gross_minor), is_strong: 1 as const },
  ]
}

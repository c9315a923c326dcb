import type { OutputOf } from '../../kernel/contract.ts'
import { formatMoney, formatDecimal, currencyOf } from '../../kernel/money.ts'
import { formatQuantity } from '../../kernel/quantity.ts'
import type { deliveryPrint, invoicePrint, offerPrint } from '../../modules/sales/contract.ts'
import type { PaperData } from './paper.ts'
import { letterheadOf, paperWords, type Words } from './words.ts'

type InvoicePaper = OutputOf<typeof invoicePrint>
type DeliveryPaper = OutputOf<typeof deliveryPrint>
type OfferPaper = OutputOf<typeof offerPrint>
type Priced = InvoicePaper | OfferPaper

/** An invoice, a credit note, or the reversal of one. */
export function invoicePaper(data: InvoicePaper): PaperData {
  const t = paperWords(data.locale)
  const money = moneyOf(data)
  const settled = data.kind === 'invoice' && data.settled_minor !== 0
  return {
    ...common(data, { t, title: t(`title.${data.kind}`) }),
    facts: {
      customer: data.party.tax_title ?? data.party.name,
      tax_no: data.party.tax_no,
      customer_address: [data.party.tax_address, data.party.tax_phone].filter(Boolean).join(' '),
      customer_bank: [data.party.bank_name, data.party.bank_account].filter(Boolean).join(' '),
      day: data.day,
      due_on: data.kind === 'invoice' ? data.due_on : null,
      original: data.original_number,
      orders: data.order_numbers.join(', '),
      deliveries: data.delivery_numbers.join(', '),
      reference: data.reference,
      salesperson: data.salesperson_name,
    },
    ...priced(data, t),
    totals: [
      ...pricedTotals(data, t),
      ...(settled
        ? [{ label: t('settled'), value: money(data.settled_minor), is_strong: 0 as const }, { label: t('open'), value: money(data.open_minor), is_strong: 1 as const }]
        : []),
    ],
  }
}

/** A quote or the confirmation of an order. */
export function offerPaper(data: OfferPaper): PaperData {
  const t = paperWords(data.locale)
  return {
    ...common(data, { t, title: t(`title.${data.kind}`) }),
    facts: {
      customer: data.party.name,
      customer_phone: data.party.phone,
      ship_to: data.ship_to,
      day: data.day,
      valid_until: data.valid_until,
      promised_on: data.promised_on,
      reference: data.customer_reference,
      salesperson: data.salesperson_name,
    },
    ...priced(data, t),
    totals: pricedTotals(data, t),
  }
}

/** A delivery or return note: goods and quantities, no prices. */
export function deliveryPaper(data: DeliveryPaper): PaperData {
  const t = paperWords(data.locale)
  return {
    ...common(data, { t, title: t(`title.${data.kind === 'reversal' ? 'delivery_reversal' : data.kind}`) }),
    facts: {
      customer: data.party.name,
      customer_phone: data.party.phone,
      ship_to: data.ship_to,
      day: data.day,
      warehouse: data.warehouse_name,
      orders: data.order_number,
      tracking: data.tracking,
    },
    rows: data.lines.map((l, i) => ({
      cells: { no: String(i + 1), item_code: l.item_code, item: itemText(l), unit: l.unit, quantity: formatQuantity(l.quantity_e6), packs: l.quantity_words },
    })),
  }
}

function common(data: InvoicePaper | DeliveryPaper | OfferPaper, { t, title }: { t: Words; title: string }) {
  return {
    ...letterheadOf(data),
    title,
    number: data.number,
    extra: data.own_fields,
    notes: data.note ? [`${t('note')} ${data.note}`] : [],
    signers: { made_by: data.created_by_name },
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

/** Lines with prices and money; the discount and the tax say something only where there is one. */
function priced(data: Priced, t: Words): Pick<PaperData, 'rows' | 'captions' | 'words'> {
  const money = moneyOf(data)
  const { digits } = currencyOf(data.currency)
  const hasTax = data.lines.some((l) => l.tax_rate_e8 !== 0)
  return {
    captions: data.prices_include_tax === 1 && hasTax ? { price: t('price_with_tax') } : {},
    words: { label: t('in_words'), value: data.amount_in_words },
    rows: data.lines.map((l, i) => ({
      cells: {
        no: String(i + 1),
        item_code: l.item_code,
        item: itemText(l),
        unit: l.unit,
        quantity: formatQuantity(l.quantity_e6),
        packs: l.quantity_words,
        price: formatDecimal(l.price_e4, 4, digits),
        discount: l.discount_minor === 0 ? '' : money(l.discount_minor),
        net: hasTax ? money(l.net_minor) : '',
        tax_rate: hasTax ? `${formatDecimal(l.tax_rate_e8, 6)}%` : '',
        tax: hasTax ? money(l.tax_minor) : '',
        amount: money(l.gross_minor),
      },
    })),
  }
}

function pricedTotals(data: Priced, t: Words): NonNullable<PaperData['totals']> {
  const money = moneyOf(data)
  const plain = (label: string, value: number) => ({ label, value: money(value), is_strong: 0 as const })
  return [
    ...(data.discount_minor === 0 ? [] : [plain(t('document_discount'), -data.discount_minor)]),
    ...(data.tax_minor === 0 ? [] : [plain(t('net_total'), data.net_minor), plain(t('tax_total'), data.tax_minor)]),
    { label: `${t('total')} ${data.currency}`, value: money(data.gross_minor), is_strong: 1 as const },
  ]
}

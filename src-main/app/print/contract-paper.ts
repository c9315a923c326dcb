import { z } from 'zod'
import { id, type OutputOf } from '../../kernel/contract.ts'
import { currencyOf, formatDecimal, formatMoney, lineAmount } from '../../kernel/money.ts'
import { formatQuantity } from '../../kernel/quantity.ts'
import { amountInWords } from '../../kernel/words.ts'
import type { getContract } from '../../modules/contracts/contract.ts'
import type { getParty } from '../../modules/parties/contract.ts'
import { parsedInput, type Asked } from './asked.ts'
import type { PaperData } from './paper.ts'
import { letterheadOf, paperWords } from './words.ts'

/** 合同: who agrees with whom on what, for how long, and in which parts it is paid; both sign. */
export async function contractPaper({ ask, input, locale, company }: Asked): Promise<PaperData> {
  const { id: contract_id } = parsedInput(z.strictObject({ id: id() }), input)
  const data = (await ask('contracts.contract', { contract_id })) as OutputOf<typeof getContract>
  const party = (await ask('parties.get', { party_id: data.party_id })) as OutputOf<typeof getParty>
  const ours = await company()
  const t = paperWords(locale)
  const { digits } = currencyOf(ours.currency)
  const money = (minor: number): string => formatMoney(minor, { digits, locale })
  const address = party.addresses.find((a) => a.is_default === 1) ?? party.addresses[0]
  const letterhead = letterheadOf({ company: ours, locale })
  const lines_minor = data.lines.reduce((sum, l) => sum + lineAmount({ ...l, digits }), 0)
  const differs = data.lines.length > 0 && lines_minor !== data.amount_minor
  return {
    ...letterhead,
    title: t('title.contract'),
    number: data.number ?? '',
    // What nobody has signed is no contract yet.
    watermark: letterhead.watermark ?? (data.state === 'active' ? null : t(`contract.${data.state}`)),
    captions: { customer: t('contract.buyer'), company: t('contract.seller'), period: t('contract.term'), day: t('contract.signed_on') },
    facts: {
      customer: data.party_name, customer_address: party.tax_address ?? (address ? `${address.region ?? ''}${address.street}` : null), customer_phone: party.tax_phone ?? party.phone, tax_no: party.tax_no,
      customer_bank: [party.bank_name, party.bank_account].filter(Boolean).join(' '),
      company: ours.name, contract_title: data.title, period: `${data.starts_on} – ${data.ends_on}`, day: data.signed_on, salesperson: data.owner_name,
    },
    rows: data.lines.map((l) => ({
      cells: { no: String(l.line_no), item: l.item_name, unit: l.unit, quantity: formatQuantity(l.quantity_e6), price: formatDecimal(l.price_e4, 4, digits), amount: money(lineAmount({ ...l, digits })) },
    })),
    totals: [
      ...(differs ? [{ label: t('contract.lines'), value: money(lines_minor), is_strong: 0 as const }] : []),
      { label: `${t('contract.amount')} ${ours.currency}`, value: money(data.amount_minor), is_strong: 1 as const },
    ],
    words: { label: t('in_words'), value: amountInWords(data.amount_minor, { currency: ours.currency, locale }) },
    notes: data.note ? [data.note] : [],
    plan: {
      title: t('contract.plan'),
      heads: [t('no'), t('due_on'), t('amount'), t('remark')],
      rows: data.plan.map((p) => [String(p.part_no), p.due_on, money(p.amount_minor), p.note ?? '']),
    },
  }
}

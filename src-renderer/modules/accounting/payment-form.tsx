import { useMemo, useRef, useState, type ReactNode } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RunInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { useFormTools } from '../../ui/draft/form-tools.ts'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { stopsAtUnread } from '../../ui/fields/parsed-input.tsx'
import { MoneyField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { textOrNull } from '../sales/offer-draft.ts'
import { useMethodOptions } from '../sales/pay-now.tsx'
import { allocateOldestFirst, sumOf, type Allocation, type Allocations } from './allocations.ts'
import { OpenItemsTable } from './open-items-table.tsx'

export type PaymentKind = 'receipt' | 'refund' | 'payment' | 'supplier_refund'

export const paymentCommands = {
  receipt: 'accounting.receivePayment',
  refund: 'accounting.refundCustomer',
  payment: 'accounting.paySupplier',
  supplier_refund: 'accounting.receiveSupplierRefund',
} as const

/** A payment while it is entered: plain values, so that it can be kept as a draft. */
export type PaymentDraft = {
  readonly kind: PaymentKind
  readonly party: PickedParty | null
  readonly day: string
  /** None chosen: the first one of the company. */
  readonly method: string | null
  /** Until somebody types an amount, it is what is expected. */
  readonly amount_minor: number | null | 'expected'
  /** What settles what, where it was said by hand; else the oldest documents come first. */
  readonly by_hand: readonly (readonly [open_item_id: string, settled: Allocation])[] | null
  readonly reference: string
  readonly note: string
}

/** What begins anew when money is for somebody else or goes the other way. */
export const nothingSettled = { amount_minor: 'expected', by_hand: null } as const

export const newPayment = (first: Pick<PaymentDraft, 'kind' | 'party' | 'day'>): PaymentDraft => ({ ...first, method: null, ...nothingSettled, reference: '', note: '' })

type Meant = {
  readonly source?: { readonly kind: string; readonly id: string }
  /** The documents that the money is for, settled before others, and what is expected for them. */
  readonly expected?: { readonly document_ids: readonly string[]; readonly amount_minor: number }
}

/** What a draft of a payment comes to with the documents that are open now. */
export function usePayment(draft: PaymentDraft, { source, expected }: Meant) {
  const { kind, party, by_hand } = draft
  const methods = useMethodOptions()
  const isCustomer = kind === 'receipt' || kind === 'refund'
  // A refund pays back what stands on the customer's credit: the negative items.
  const wantsPositive = kind === 'receipt' || kind === 'payment'
  const { data } = useAsk(
    'accounting.openItems',
    { party_id: party?.party_id ?? '', side: isCustomer ? 'receivable' : 'payable', limit: 500 },
    { enabled: party !== null },
  )
  // The documents that the money is for come first; then the oldest.
  const meant = expected?.document_ids.join(' ') ?? ''
  const items = useMemo(() => {
    const open = (party === null ? [] : (data?.rows ?? [])).filter((i) => (wantsPositive ? i.open_minor > 0 : i.open_minor < 0))
    return open.toSorted((a, b) => Number(meant.includes(b.source_id)) - Number(meant.includes(a.source_id)))
  }, [data, party, wantsPositive, meant])
  const whole = expected ? expected.amount_minor : items.reduce((sum, i) => sum + Math.abs(i.open_minor), 0)
  const amount_minor = draft.amount_minor === 'expected' ? whole || null : draft.amount_minor
  const allocations = useMemo((): Allocations => {
    // What was settled meanwhile is not settled once more by a draft that was left lying.
    if (by_hand) return new Map(by_hand.filter(([id]) => items.some((i) => i.open_item_id === id)))
    // Money for a document stays with it: what is more than it wants is an advance (a deposit before the invoice).
    const settled = meant === '' ? items : items.filter((i) => meant.includes(i.source_id))
    return allocateOldestFirst(settled, amount_minor ?? 0)
  }, [by_hand, items, meant, amount_minor])
  const method = draft.method ?? methods[0]?.value ?? null
  const input: RunInput<'accounting.receivePayment'> = {
    party_id: party?.party_id ?? '',
    day: draft.day,
    method: method ?? '',
    amount_minor: amount_minor ?? 0,
    ...(textOrNull(draft.note) === null ? {} : { note: draft.note.trim() }),
    ...(textOrNull(draft.reference) === null ? {} : { reference: draft.reference.trim() }),
    ...(source ? { source } : {}),
    allocations: [...allocations].filter(([, a]) => a.amount_minor + a.discount_minor > 0).map(([open_item_id, a]) => ({ open_item_id, ...a })),
  }
  const isReady = party === null || data !== undefined
  return { items, amount_minor, allocations, methods, method, input, isCustomer, isReady, rest: (amount_minor ?? 0) - sumOf(allocations, 'amount_minor') }
}

type FieldsProps = {
  readonly draft: PaymentDraft
  readonly payment: ReturnType<typeof usePayment>
  readonly isPartyFixed?: boolean
  /** Stands beside what is left over. */
  readonly children?: ReactNode
  onChange(changes: Partial<PaymentDraft>): void
}

/** Party, amount, and which open documents the money settles; the rest stays as an advance. */
export function PaymentFields({ draft, payment, isPartyFixed, children, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { arrives } = useFormTools()
  const { isCustomer, rest } = payment
  return (
    <>
      <FieldRow>
        <Field label={t(isCustomer ? 'ui.f.customer' : 'ui.f.supplier')} path="party_id" isRequired span={5}>
          {(ids) => (
            <PartyPicker
              {...ids}
              role={isCustomer ? 'customer' : 'supplier'}
              autoFocus={!isPartyFixed && !arrives}
              disabled={isPartyFixed === true}
              value={draft.party}
              onPick={(party) => onChange({ party, ...nothingSettled })}
            />
          )}
        </Field>
        <DayInput span={3} value={draft.day} onChange={(day) => onChange({ day })} />
        <Field label={t('ui.payment.method')} path="method" isRequired span={4}>
          {(ids) => <SelectField {...ids} value={payment.method} options={payment.methods} onChange={(method) => onChange({ method })} />}
        </Field>
        <div data-first className="zg-contents">
          <Field label={t('ui.pay.amount')} path="amount_minor" isRequired span={3}>
            {(ids) => <MoneyField {...ids} value={payment.amount_minor} onChange={(amount_minor) => onChange({ amount_minor })} />}
          </Field>
        </div>
        <TextInput label={t('ui.payment.reference')} path="reference" span={4} value={draft.reference} onChange={(reference) => onChange({ reference })} />
        <TextInput label={t('ui.f.note')} path="note" span={5} value={draft.note} onChange={(note) => onChange({ note })} />
      </FieldRow>
      {draft.party === null ? null : (
        <OpenItemsTable items={payment.items} allocations={payment.allocations} onChange={(next) => onChange({ by_hand: [...next], amount_minor: payment.amount_minor })} />
      )}
      <div className="zg-form-foot">
        <span className={rest < 0 ? 'zg-danger-text' : 'zg-soft'}>
          {rest < 0 ? t('ui.payment.tooMuch', { amount: format.money(-rest) }) : rest > 0 ? t(`ui.payment.advance.${isCustomer ? 'customer' : 'supplier'}`, { amount: format.money(rest) }) : ''}
        </span>
        {children}
      </div>
    </>
  )
}

/** What was entered in a dialog that was closed: there again when it opens for the same money, until it is posted or the program ends. */
const left = new Map<string, PaymentDraft>()

/** Money received or paid, in a dialog of the document that it is for. */
export function PaymentForm({ kind, party, onDone, ...meant }: Meant & { readonly kind: PaymentKind; readonly party: PickedParty | null; onDone(payment_id: string): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { message } = App.useApp()
  const place = [kind, party?.party_id, meant.source?.id].join(' ')
  const [draft, setDraft] = useState(() => left.get(place) ?? newPayment({ kind, party, day: today }))
  const change = (changes: Partial<PaymentDraft>): void =>
    setDraft((now) => {
      const next = { ...now, ...changes }
      left.set(place, next)
      return next
    })
  const payment = usePayment(draft, meant)
  const pay = useRun(paymentCommands[kind])
  const box = useRef<HTMLFormElement>(null)
  const post = async (): Promise<void> => {
    if (!payment.isReady || stopsAtUnread(box.current)) return
    const said = await pay.run(payment.input)
    if (!said?.ok) return
    left.delete(place)
    void message.success(t('ui.posted', { numbers: said.output.number }))
    onDone(said.output.payment_id)
  }
  useShortcuts([{ key: 'F9', always: true, run: () => void post() }], 'everywhere')
  return (
    <form
      ref={box}
      className="zg-stack"
      onSubmit={(event) => {
        event.preventDefault()
        void post()
      }}
    >
      <RefusalMessage no={pay.no} />
      <ProblemsProvider value={problemsOf(pay.no)}>
        <PaymentFields draft={draft} payment={payment} isPartyFixed={party !== null} onChange={change}>
          <Button type="primary" htmlType="submit" loading={pay.isRunning} disabled={draft.party === null || !payment.amount_minor || payment.rest < 0}>
            {t(`command.${paymentCommands[kind]}`)} <kbd>F9</kbd>
          </Button>
        </PaymentFields>
      </ProblemsProvider>
    </form>
  )
}

import { useEffect, useMemo, useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RunInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { MoneyField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { textOrNull } from '../sales/offer-draft.ts'
import { useMethodOptions } from '../sales/pay-now.tsx'
import { allocateOldestFirst, sumOf, type Allocations } from './allocations.ts'
import { OpenItemsTable } from './open-items-table.tsx'

export type PaymentKind = 'receipt' | 'refund' | 'payment' | 'supplier_refund'

const commands = {
  receipt: 'accounting.receivePayment',
  refund: 'accounting.refundCustomer',
  payment: 'accounting.paySupplier',
  supplier_refund: 'accounting.receiveSupplierRefund',
} as const

type Props = {
  readonly kind: PaymentKind
  readonly party: PickedParty | null
  readonly source?: { readonly kind: string; readonly id: string }
  /** The documents that the money is for, settled before others, and what is expected for them. */
  readonly expected?: { readonly document_ids: readonly string[]; readonly amount_minor: number }
  onDone(payment_id: string): void
}

/** Money received or paid: party, amount, and which open documents it settles; the rest stays as an advance. */
export function PaymentForm({ kind, party: given, source, expected, onDone }: Props) {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const { message } = App.useApp()
  const methods = useMethodOptions()
  const [party, setParty] = useState(given)
  const [day, setDay] = useState(today)
  const [chosenMethod, setMethod] = useState<string | null>(null)
  const [amount_minor, setAmount] = useState<number | null>(null)
  const [reference, setReference] = useState('')
  const [note, setNote] = useState('')
  const [allocations, setAllocations] = useState<Allocations>(new Map())
  const [isByHand, setByHand] = useState(false)
  const pay = useRun(commands[kind])
  const isCustomer = kind === 'receipt' || kind === 'refund'
  // A refund pays back what stands on the customer's credit: the negative items.
  const wantsPositive = kind === 'receipt' || kind === 'payment'
  const { data } = useAsk(
    'accounting.openItems',
    { party_id: party?.party_id ?? '', side: isCustomer ? 'receivable' : 'payable', limit: 500 },
    { enabled: party !== null },
  )
  const items = useMemo(() => (data?.rows ?? []).filter((i) => (wantsPositive ? i.open_minor > 0 : i.open_minor < 0)), [data, wantsPositive])
  // The documents that the money is for come first; then the oldest.
  const meant = expected?.document_ids.join(' ') ?? ''
  const ordered = useMemo(() => items.toSorted((a, b) => Number(meant.includes(b.source_id)) - Number(meant.includes(a.source_id))), [items, meant])
  const spread = (total: number | null): void => {
    setAmount(total)
    // Money for a document stays with it: what is more than it wants is an advance (a deposit before the invoice).
    const settled = expected ? ordered.filter((i) => meant.includes(i.source_id)) : ordered
    if (!isByHand) setAllocations(allocateOldestFirst(settled, total ?? 0))
  }
  useEffect(() => {
    if (amount_minor !== null || data === undefined) return
    spread(expected ? expected.amount_minor || null : ordered.reduce((sum, i) => sum + Math.abs(i.open_minor), 0) || null)
    // Proposed once when the open items come.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [ordered])
  const method = chosenMethod ?? methods[0]?.value ?? null
  const rest = (amount_minor ?? 0) - sumOf(allocations, 'amount_minor')
  const post = async (): Promise<void> => {
    const input: RunInput<'accounting.receivePayment'> = {
      party_id: party?.party_id ?? '',
      day,
      method: method ?? '',
      amount_minor: amount_minor ?? 0,
      ...(textOrNull(note) === null ? {} : { note: note.trim() }),
      ...(textOrNull(reference) === null ? {} : { reference: reference.trim() }),
      ...(source ? { source } : {}),
      allocations: [...allocations].filter(([, a]) => a.amount_minor + a.discount_minor > 0).map(([open_item_id, a]) => ({ open_item_id, ...a })),
    }
    const said = await pay.run(input)
    if (!said?.ok) return
    void message.success(t('ui.posted', { numbers: said.output.number }))
    onDone(said.output.payment_id)
  }
  useShortcuts([{ key: 'F9', always: true, run: () => void post() }], 'everywhere')
  return (
    <form
      className="zg-stack"
      onSubmit={(event) => {
        event.preventDefault()
        void post()
      }}
    >
      <RefusalMessage no={pay.no} />
      <ProblemsProvider value={problemsOf(pay.no)}>
        <FieldRow>
          <Field label={t(isCustomer ? 'ui.f.customer' : 'ui.f.supplier')} path="party_id" isRequired span={5}>
            {(ids) => (
              <PartyPicker
                {...ids}
                role={isCustomer ? 'customer' : 'supplier'}
                autoFocus={given === null}
                disabled={given !== null}
                value={party}
                onPick={(picked) => {
                  setParty(picked)
                  setAmount(null)
                  setAllocations(new Map())
                  setByHand(false)
                }}
              />
            )}
          </Field>
          <DayInput span={3} value={day} onChange={setDay} />
          <Field label={t('ui.payment.method')} path="method" isRequired span={4}>
            {(ids) => <SelectField {...ids} value={method} options={methods} onChange={setMethod} />}
          </Field>
          <div data-first className="zg-contents">
            <Field label={t('ui.pay.amount')} path="amount_minor" isRequired span={3}>
              {(ids) => <MoneyField {...ids} value={amount_minor} onChange={spread} />}
            </Field>
          </div>
          <TextInput label={t('ui.payment.reference')} path="reference" span={4} value={reference} onChange={setReference} />
          <TextInput label={t('ui.f.note')} path="note" span={5} value={note} onChange={setNote} />
        </FieldRow>
      </ProblemsProvider>
      {party === null ? null : (
        <OpenItemsTable
          items={ordered}
          allocations={allocations}
          onChange={(next) => {
            setByHand(true)
            setAllocations(next)
          }}
        />
      )}
      <div className="zg-form-foot">
        <span className={rest < 0 ? 'zg-danger-text' : 'zg-soft'}>
          {rest < 0 ? t('ui.payment.tooMuch', { amount: format.money(-rest) }) : rest > 0 ? t(`ui.payment.advance.${isCustomer ? 'customer' : 'supplier'}`, { amount: format.money(rest) }) : ''}
        </span>
        <Button type="primary" htmlType="submit" loading={pay.isRunning} disabled={party === null || !amount_minor || rest < 0}>
          {t(`command.${commands[kind]}`)} <kbd>F9</kbd>
        </Button>
      </div>
    </form>
  )
}

import { App, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { newPayment, nothingSettled, paymentCommands, PaymentFields, usePayment, type PaymentDraft, type PaymentKind } from './payment-form.tsx'

const kindsOf = { customer: ['receipt', 'refund'], supplier: ['payment', 'supplier_refund'] } as const satisfies Record<string, readonly PaymentKind[]>
const nothingMeant = {}

/** Money received or paid, as a page of its own. */
export function NewPaymentPage({ side }: { side: 'customer' | 'supplier' }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const kinds: readonly PaymentKind[] = kindsOf[side]
  const base = side === 'customer' ? '/money/receipts' : '/money/payments'
  const { draft, set, form } = useDraft<PaymentDraft>(() => newPayment({ kind: kinds[0]!, party: null, day: today }))
  const payment = usePayment(draft, nothingMeant)
  const command = paymentCommands[draft.kind]
  const pay = useRun(command, form)
  const post = async (): Promise<void> => {
    // Before it is known what is open, all of the money would become an advance.
    if (!payment.isReady) return
    const said = await pay.run(payment.input)
    if (!said?.ok) return
    form.settle()
    void message.success(t('ui.posted', { numbers: said.output.number }))
    void navigate(`${base}/${said.output.payment_id}`, { replace: true })
  }
  return (
    <FormPage
      kind={t(side === 'customer' ? 'ui.nav.newReceipt' : 'ui.nav.newPayment')}
      backTo={{ path: base, label: t(side === 'customer' ? 'ui.nav.receipts' : 'ui.nav.payments') }}
      posts={t(`command.${command}`)}
      form={form}
      runs={[pay]}
      more={
        <Radio.Group
          aria-label={t('ui.f.kind')}
          optionType="button"
          value={draft.kind}
          options={kinds.map((value) => ({ value, label: t(`ui.payment.${value}`) }))}
          onChange={(event) => set({ kind: event.target.value as PaymentKind, ...nothingSettled }, 'whole')}
        />
      }
      onDone={() => void post()}
    >
      <section className="zg-card zg-stack">
        <PaymentFields draft={draft} payment={payment} onChange={set} />
      </section>
    </FormPage>
  )
}

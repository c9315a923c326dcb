import { useState } from 'react'
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { DocumentPage } from '../../ui/document-page.tsx'
import { PaymentForm, type PaymentKind } from './payment-form.tsx'

/** Money received or paid, as a page of its own. */
export function NewPaymentPage({ side }: { side: 'customer' | 'supplier' }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const kinds: readonly PaymentKind[] = side === 'customer' ? ['receipt', 'refund'] : ['payment', 'supplier_refund']
  const base = side === 'customer' ? '/money/receipts' : '/money/payments'
  const [kind, setKind] = useState<PaymentKind>(kinds[0]!)
  return (
    <DocumentPage
      kind={t(side === 'customer' ? 'ui.nav.newReceipt' : 'ui.nav.newPayment')}
      backTo={{ path: base, label: t(side === 'customer' ? 'ui.nav.receipts' : 'ui.nav.payments') }}
      actions={
        <Radio.Group
          aria-label={t('ui.f.kind')}
          optionType="button"
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`ui.payment.${value}`) }))}
          onChange={(event) => setKind(event.target.value as PaymentKind)}
        />
      }
    >
      <section className="zg-card">
        <PaymentForm key={kind} kind={kind} party={null} onDone={(payment_id) => void navigate(`${base}/${payment_id}`, { replace: true })} />
      </section>
    </DocumentPage>
  )
}

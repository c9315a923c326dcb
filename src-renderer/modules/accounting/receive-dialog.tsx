import { useTranslation } from 'react-i18next'
import type { PickedParty } from '../parties/party-picker.tsx'
import { PaymentForm, type PaymentKind } from './payment-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'

type Props = {
  readonly kind: PaymentKind
  readonly party: PickedParty | null
  readonly source?: { readonly kind: string; readonly id: string }
  /** What is expected now, and for which documents. */
  readonly expected?: { readonly document_ids: readonly string[]; readonly amount_minor: number }
  onClose(): void
}

/** Money received or paid, without leaving the document it is for. */
export function ReceiveDialog({ kind, party, source, expected, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog open width={820} style={{ top: 48 }} title={t(`ui.payment.${kind}`)} footer={null} onCancel={onClose}>
      <PaymentForm kind={kind} party={party} {...(source ? { source } : {})} {...(expected ? { expected } : {})} onDone={onClose} />
    </Dialog>
  )
}

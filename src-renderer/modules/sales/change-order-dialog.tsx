import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import type { Desk } from '../../ui/draft/desk.ts'
import { TextField } from '../../ui/fields/value-fields.tsx'
import { isBlankLine, sentLines } from '../catalog/priced-lines/draft.ts'
import { CreditOverride } from './credit-override.tsx'
import { orderDraftOf, textOrNull, type OfferDraft } from './offer-draft.ts'
import { OfferForm } from './offer-form.tsx'

/** Changes a confirmed order; the order as it was is kept. */
export function ChangeOrderDialog({ order, onClose }: { order: AskOutput<'sales.order'>; onClose(): void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [draft, setDraft] = useState<OfferDraft>(() => orderDraftOf(order))
  const set: Desk<OfferDraft>['set'] = (changes) => setDraft((now) => ({ ...now, ...(typeof changes === 'function' ? changes(now) : changes) }))
  const [reason, setReason] = useState('')
  const change = useRun('sales.changeOrder')
  const save = async (override_credit_reason?: string): Promise<void> => {
    const lines = draft.lines.filter((l) => !isBlankLine(l))
    setDraft({ ...draft, lines })
    const said = await change.run({
      order_id: order.order_id,
      reason: textOrNull(reason),
      discount_minor: draft.discount_minor,
      wanted_on: draft.wanted_on,
      ship_to: textOrNull(draft.ship_to),
      customer_reference: textOrNull(draft.customer_reference),
      note: textOrNull(draft.note),
      extra: { ...draft.own.extra },
      lines: sentLines(lines),
      ...(override_credit_reason === undefined ? {} : { override_credit_reason }),
    })
    if (!said?.ok) return
    void message.success(t('ui.done', { what: t('command.sales.changeOrder') }))
    onClose()
  }
  return (
    <FormDialog
      title={`${t('command.sales.changeOrder')} · ${order.number ?? ''}`}
      okText={t('command.sales.changeOrder')}
      width="min(1240px, 96vw)"
      style={{ top: 24 }}
      maskClosable={false}
      no={change.no}
      isRunning={change.isRunning}
      onOk={() => save()}
      onClose={onClose}
    >
      <CreditOverride no={change.no} onOverride={(why) => void save(why)} />
      <TextField aria-label={t('ui.order.changeReason')} placeholder={t('ui.order.changeReason')} value={reason} onChange={setReason} />
      <OfferForm kind="order" draft={draft} onChange={set} no={change.no} isPartyFixed />
    </FormDialog>
  )
}

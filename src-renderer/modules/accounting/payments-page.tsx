import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen, periodOf } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

type Row = RowOf<'accounting.payments'>

/** Money from customers, or money to suppliers; refunds stand with the side they belong to. */
export function PaymentsPage({ side }: { side: 'customer' | 'supplier' }) {
  const { t } = useTranslation()
  const format = useFormat()
  const kinds: readonly Row['kind'][] = side === 'customer' ? ['receipt', 'refund'] : ['payment', 'supplier_refund']
  const base = side === 'customer' ? '/money/receipts' : '/money/payments'
  return (
    <ListScreen
      name="accounting.payments"
      part={side}
      title={t(side === 'customer' ? 'ui.nav.receipts' : 'ui.nav.payments')}
      columns={(head) => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 130, figures: 'tabular', render: (r) => r.number },
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 96, figures: 'tabular', render: (r) => r.day },
        { key: 'party', from: 'party_name', title: t(side === 'customer' ? 'ui.f.customer' : 'ui.f.supplier'), width: 150, grow: 2, render: (r) => r.party_name, total: t('ui.f.sum') },
        { key: 'method', from: format.locale === 'zh-CN' ? 'method_name_zh' : ['method_name_en', 'method_name_zh'], title: t('ui.payment.method'), width: 100, render: (r) => (format.locale === 'zh-CN' ? r.method_name_zh : r.method_name_en || r.method_name_zh) },
        { key: 'reference', from: 'reference', title: t('ui.payment.reference'), width: 120, grow: 1, render: (r) => r.reference },
        { key: 'amount', from: 'amount_minor', title: t('ui.f.amount'), width: 112, align: 'end', render: (r) => format.money(r.amount_minor), total: format.money(head?.amount_minor) },
        { key: 'allocated', from: 'allocated_minor', title: t('ui.payment.allocated'), width: 112, align: 'end', render: (r) => format.money(r.allocated_minor) },
        { key: 'open', from: 'open_minor', title: t('ui.payment.unallocated'), width: 112, align: 'end', render: (r) => (r.open_minor === 0 ? '' : format.money(r.open_minor)) },
        { key: 'state', title: t('ui.f.state'), width: 90, render: (r) => (r.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : r.reverses_id ? <StatusTag tone="warning">{t('ui.reversal')}</StatusTag> : null) },
      ]}
      inputOf={(v) => ({ kind: (v.choice || kinds[0]) as Row['kind'], ...(v.text ? { text: v.text } : {}), ...periodOf(v) })}
      idField="payment_id"
      pathOf={(row) => `${base}/${row.payment_id}`}
      toneOf={(row) => (row.reversed_by_id ? 'muted' : undefined)}
      search={t(`ui.payments.find.${side}`)}
      choice={{ label: t(`ui.payment.${kinds[0]!}`), options: [{ value: kinds[1]!, label: t(`ui.payment.${kinds[1]!}`) }] }}
      period="shown"
      make={{ path: `${base}/new`, text: t(side === 'customer' ? 'ui.nav.newReceipt' : 'ui.nav.newPayment'), permission: side === 'customer' ? 'accounting.receive' : 'accounting.pay' }}
      empty={{ title: t(`ui.payments.empty.${side}`), text: t(`ui.payments.emptyText.${side}`) }}
    />
  )
}

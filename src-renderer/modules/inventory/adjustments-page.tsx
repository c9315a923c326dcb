import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen, periodOf } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

type Row = RowOf<'inventory.adjustments'>
const kinds: readonly Row['kind'][] = ['opening', 'adjustment', 'memo']

export function AdjustmentsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ListScreen
      name="inventory.adjustments"
      title={t('ui.nav.adjustments')}
      columns={(head) => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 130, figures: 'tabular', render: (r) => r.number },
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 96, figures: 'tabular', render: (r) => r.day },
        { key: 'kind', from: 'kind', words: wordsOf(kinds, (kind) => t(`ui.adjustmentKind.${kind}`)), title: t('ui.f.kind'), width: 100, render: (r) => t(`ui.adjustmentKind.${r.kind}`) },
        { key: 'warehouse', from: 'warehouse_name', title: t('ui.f.warehouse'), width: 120, render: (r) => r.warehouse_name },
        { key: 'reason', from: 'reason', title: t('ui.f.reason'), width: 180, grow: 2, render: (r) => r.reason, total: t('ui.f.sum') },
        { key: 'lines', from: 'line_count', title: t('ui.f.lineCount'), width: 80, align: 'end', render: (r) => r.line_count },
        { key: 'value', from: 'value_minor', title: t('ui.stock.value'), width: 120, align: 'end', render: (r) => format.money(r.value_minor), total: format.money(head?.total_value_minor) },
        { key: 'by', from: 'created_by_name', title: t('ui.f.by'), width: 100, render: (r) => r.created_by_name },
        { key: 'state', title: t('ui.f.state'), width: 90, render: (r) => (r.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : r.reverses_id ? <StatusTag tone="warning">{t('ui.reversal')}</StatusTag> : null) },
      ]}
      inputOf={(v) => ({ ...(v.text ? { search: v.text } : {}), ...(v.choice ? { kind: v.choice as Row['kind'] } : {}), ...periodOf(v) })}
      idField="adjustment_id"
      pathOf={(row) => `/stock/adjustments/${row.adjustment_id}`}
      toneOf={(row) => (row.reversed_by_id ? 'muted' : undefined)}
      search={t('ui.adjustments.find')}
      choice={{ label: t('ui.f.kind'), options: kinds.map((kind) => ({ value: kind, label: t(`ui.adjustmentKind.${kind}`) })) }}
      period="shown"
      make={{ path: '/stock/adjustments/new', text: t('ui.nav.newAdjustment'), permission: 'inventory.adjust' }}
      empty={{ title: t('ui.adjustments.empty'), text: t('ui.adjustments.emptyText') }}
    />
  )
}

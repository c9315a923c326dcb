import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen, periodOf } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'

type Row = RowOf<'accounting.journal'>
const kinds: readonly Row['kind'][] = ['document', 'manual', 'opening', 'accrual', 'adjustment', 'reversal']

/** The vouchers, one row each; the accounts it moved stand beside it. */
export function JournalPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const isChinese = format.locale === 'zh-CN'
  const debit = isChinese ? 'debit_accounts_zh' : 'debit_accounts_en'
  const credit = isChinese ? 'credit_accounts_zh' : 'credit_accounts_en'
  return (
    <ListScreen
      name="accounting.journal"
      title={t('ui.nav.journal')}
      columns={(head) => [
        { key: 'number', from: ['word', 'number'], glue: '-', title: t('ui.f.entry'), width: 92, figures: 'tabular', render: (r) => `${r.word}-${r.number}` },
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 92, figures: 'tabular', render: (r) => r.day },
        { key: 'summary', from: 'summary', title: t('ui.f.summary'), width: 170, grow: 2, render: (r) => r.summary, total: t('ui.f.sum') },
        { key: 'debit', from: debit, title: t('ui.f.debit'), width: 150, grow: 2, render: (r) => r[debit] },
        { key: 'credit', from: credit, title: t('ui.f.credit'), width: 150, grow: 2, render: (r) => r[credit] },
        { key: 'amount', from: 'total_minor', title: t('ui.f.amount'), width: 114, align: 'end', render: (r) => format.money(r.total_minor), total: format.money(head?.amount_minor) },
        { key: 'source', from: 'source_number', title: t('ui.f.document'), width: 120, figures: 'tabular', render: (r) => <DocumentLink kind={r.source_kind} id={r.source_id} number={r.source_number ?? t(`ui.entryKind.${r.kind}`)} /> },
        { key: 'review', from: 'is_reviewed', words: { 0: '', 1: t('ui.reviewed') }, title: t('ui.f.review'), width: 78, render: (r) => (r.is_reviewed ? <StatusTag tone="success">{t('ui.reviewed')}</StatusTag> : null) },
      ]}
      inputOf={(v) => ({ ...(v.text ? { text: v.text } : {}), ...(v.choice ? { kind: v.choice as Row['kind'] } : {}), ...periodOf(v) })}
      idField="entry_id"
      pathOf={(row) => `/books/entries/${row.entry_id}`}
      toneOf={(row) => (row.reversed_by_id ? 'muted' : undefined)}
      search={t('ui.journal.find')}
      choice={{ label: t('ui.f.kind'), options: kinds.map((kind) => ({ value: kind, label: t(`ui.entryKind.${kind}`) })) }}
      period="shown"
      make={{ path: '/books/vouchers/new', text: t('ui.nav.newVoucher'), permission: 'accounting.post' }}
      empty={{ title: t('ui.journal.empty'), text: t('ui.journal.emptyText') }}
    />
  )
}

import { useTranslation } from 'react-i18next'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen, periodOf } from '../../ui/list-screen.tsx'
import { usePrintMarked } from '../platform/print-marked.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { quoteStateNames, quoteTone } from './states.ts'

type Row = RowOf<'sales.quotes'>

export function QuotesPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const printing = usePrintMarked<Row>('sales.quote', (row) => row.quote_id)
  return (
    <ListScreen
      name="sales.quotes"
      title={t('ui.nav.quotes')}
      columns={() => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 136, figures: 'tabular', render: (r) => (r.number ? `${r.number}${r.version > 1 ? ` v${r.version}` : ''}` : <span className="zg-soft">{t('state.quote.draft')}</span>) },
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 96, sort: 'day', figures: 'tabular', render: (r) => r.day },
        { key: 'party', from: 'party_name', title: t('ui.f.customer'), width: 180, grow: 2, render: (r) => r.party_name },
        { key: 'valid', from: 'valid_until', title: t('ui.f.validUntil'), width: 110, figures: 'tabular', render: (r) => <span className={r.is_expired ? 'zg-danger-text' : ''}>{r.valid_until}</span> },
        { key: 'salesperson', from: 'salesperson_name', title: t('ui.f.salesperson'), width: 100, render: (r) => r.salesperson_name },
        { key: 'gross', from: 'gross_minor', title: t('ui.f.gross'), width: 120, align: 'end', render: (r) => format.money(r.gross_minor) },
        { key: 'state', from: 'state', words: wordsOf(quoteStateNames, (state) => t(`state.quote.${state}`)), title: t('ui.f.state'), width: 100, render: (r) => <StatusTag tone={quoteTone[r.state]}>{t(`state.quote.${r.state}`)}</StatusTag> },
      ]}
      inputOf={(v) => ({ text: v.text, ...(v.choice ? { state: v.choice as Row['state'] } : {}), ...periodOf(v), sort: v.sort as NonNullable<AskInput<'sales.quotes'>['sort']>, direction: v.direction as 'asc' | 'desc' })}
      idField="quote_id"
      target="sales.quote"
      pathOf={(row) => `/sales/quotes/${row.quote_id}`}
      toneOf={(row) => (row.state === 'lost' || row.state === 'replaced' ? 'muted' : undefined)}
      search={t('ui.orders.find')}
      choice={{ label: t('ui.f.state'), options: quoteStateNames.map((state) => ({ value: state, label: t(`state.quote.${state}`) })) }}
      period="shown"
      groups={{ name: 'sales.quoteGroups', words: wordsOf(quoteStateNames, (state) => t(`state.quote.${state}`)) }}
      sort={{ key: 'day', direction: 'desc' }}
      make={{ path: '/sales/quotes/new', text: t('ui.nav.newQuote'), permission: 'sales.quote' }}
      empty={{ title: t('ui.quotes.empty'), text: t('ui.quotes.emptyText') }}
      together={printing.together}
    >
      {printing.dialog}
    </ListScreen>
  )
}

import { useState } from 'react'
import { Button } from 'antd'
import { PrinterOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { firstOfMonth, lastOfMonth } from '../../../src-main/kernel/day.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import { wordsOf, type Column } from '../../ui/data-grid/columns.ts'
import { useRows } from '../../ui/data-grid/use-rows.ts'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, useFilters } from '../../ui/list-page.tsx'
import { useNavigate } from 'react-router'
import { PrintDialog } from '../platform/print-button.tsx'
import { AccountPicker, useAccountChoices } from './account-picker.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { ListExport } from '../../ui/data-grid/list-export.tsx'

type Row = RowOf<'accounting.ledger'>

/** One account's book: opening, every line with the balance after it, closing. */
export function LedgerPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const [isPrinting, setPrinting] = useState(false)
  const accounts = useAccountChoices('all')
  const { values, set } = useFilters({ account: '', from: firstOfMonth(today), to: lastOfMonth(today) })
  const account_id = values.account || accounts.choices.find((c) => c.account.is_leaf)?.id || ''
  const rows = useRows('accounting.ledger', { account_id, from: values.from, to: values.to }, { enabled: account_id !== '' })
  const standing = (s: { direction: 'debit' | 'credit' | 'flat'; balance_minor: number }) => `${t(`ui.direction.${s.direction}`)} ${format.money(s.balance_minor)}`
  const columns: readonly Column<Row>[] = [
    { key: 'day', from: 'day', title: t('ui.f.day'), width: 94, figures: 'tabular', render: (r) => r.day },
    { key: 'entry', from: ['word', 'number'], glue: '-', title: t('ui.f.entry'), width: 86, figures: 'tabular', render: (r) => `${r.word}-${r.number}` },
    { key: 'summary', from: 'summary', title: t('ui.f.summary'), width: 180, grow: 2, render: (r) => r.summary, total: t('ui.f.sum') },
    { key: 'party', from: 'party_name', title: t('ui.f.party'), width: 120, grow: 1, render: (r) => r.party_name },
    { key: 'source', from: 'source_number', title: t('ui.f.document'), width: 120, figures: 'tabular', render: (r) => <DocumentLink kind={r.source_kind} id={r.source_id} number={r.source_number} /> },
    { key: 'debit', from: 'debit_minor', title: t('ui.f.debit'), width: 116, align: 'end', render: (r) => (r.debit_minor === 0 ? '' : format.money(r.debit_minor)), total: format.money(rows.head?.turnover.debit_minor) },
    { key: 'credit', from: 'credit_minor', title: t('ui.f.credit'), width: 116, align: 'end', render: (r) => (r.credit_minor === 0 ? '' : format.money(r.credit_minor)), total: format.money(rows.head?.turnover.credit_minor) },
    { key: 'direction', from: 'direction', words: wordsOf(['debit', 'credit', 'flat'], (side) => t(`ui.direction.${side}`)), title: t('ui.f.direction'), width: 52, align: 'center', render: (r) => t(`ui.direction.${r.direction}`), total: rows.head ? t(`ui.direction.${rows.head.closing.direction}`) : '' },
    { key: 'balance', from: 'balance_minor', title: t('ui.f.balance'), width: 122, align: 'end', render: (r) => format.money(r.balance_minor), total: format.money(rows.head?.closing.balance_minor) },
  ]
  return (
    <ListPage
      title={t('ui.nav.ledger')}
      filters={
        <>
          <span className="zg-filter-wide">
            <AccountPicker accounts={accounts} account_id={account_id} aria-label={t('ui.f.account')} placeholder={t('ui.account.find')} onPick={({ id }) => set({ account: id })} />
          </span>
          <DayField aria-label={t('ui.f.from')} value={values.from} onChange={(from) => set({ from: from ?? firstOfMonth(today) })} />
          <DayField aria-label={t('ui.f.to')} value={values.to} onChange={(to) => set({ to: to ?? lastOfMonth(today) })} />
          {rows.head ? (
            <span className="zg-soft">
              {t('ui.ledger.opening')} <b className="zg-figures">{standing(rows.head.opening)}</b> · {t('ui.ledger.closing')} <b className="zg-figures">{standing(rows.head.closing)}</b>
            </span>
          ) : null}
        </>
      }
      actions={
        <>
        {account_id === '' ? null : <ListExport name="accounting.ledger" title={`${t('ui.nav.ledger')} ${accounts.choices.find((c) => c.id === account_id)?.account.code ?? ''}`} input={{ account_id, from: values.from, to: values.to }} columns={columns} />}
        <Button icon={<PrinterOutlined aria-hidden />} disabled={!rows.head} onClick={() => setPrinting(true)}>
          {t('ui.print')}
        </Button>
        </>
      }
    >
      <DataGrid<Row>
        label={t('ui.nav.ledger')}
        columns={columns}
        rows={rows}
        keyOf={(r) => `${r.entry_id} ${r.line_no}`}
        onOpen={(r) => void navigate(`/books/entries/${r.entry_id}`)}
        empty={<EmptyState title={t('ui.ledger.empty')} text={t('ui.ledger.emptyText')} />}
      />
      {isPrinting ? <PrintDialog job={{ name: 'accounting.ledger', input: { account_id, from: values.from, to: values.to } }} onClose={() => setPrinting(false)} /> : null}
    </ListPage>
  )
}

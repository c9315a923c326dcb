import { useState } from 'react'
import { Button } from 'antd'
import { PrinterOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { addDays, firstOfMonth } from '../../../src-main/kernel/day.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { ExportMenu } from '../../ui/data-grid/export-menu.tsx'
import { useExport } from '../../ui/data-grid/use-export.ts'
import { DocumentLink } from '../../ui/document-link.tsx'
import { Panel, Sums } from '../../ui/document-page.tsx'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, useFilters } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { PartyPicker } from '../parties/party-picker.tsx'
import { PrintDialog } from '../platform/print-button.tsx'

type Row = RowOf<'sales.statement'>

/** 对账单: what a customer owed at the beginning, what happened since, what is owed at the end and for how long. */
export function StatementPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const { values, set } = useFilters({ party: '', from: firstOfMonth(addDays(firstOfMonth(today), -1)), to: today, items: '' })
  const [isPrinting, setPrinting] = useState(false)
  const { party, from, to, items } = values
  const input = { party_id: party, from, to, with_items: items === '1' ? (1 as const) : (0 as const) }
  const { data, error } = useAsk('sales.statement', input, { enabled: party !== '', keeps: 'previous' })
  const shown = party === '' ? undefined : data
  // What a statement's file shows the office knows: it is no plain list.
  const file = useExport({ name: 'sales.statement', title: t('ui.nav.statement'), input, columns: [] })
  useShortcuts([{ key: 'p', with: 'ctrl', run: () => shown && setPrinting(true) }])
  return (
    <ListPage
      title={t('ui.nav.statement')}
      filters={
        <>
          <span className="zg-filter-wide">
            <PartyPicker
              role="customer"
              aria-label={t('ui.f.customer')}
              autoFocus={party === ''}
              value={shown && shown.party_id === party ? { party_id: party, name: shown.party_name } : null}
              onPick={(picked) => set({ party: picked.party_id })}
              onClear={() => set({ party: '' })}
            />
          </span>
          <DayField aria-label={t('ui.f.from')} value={from} onChange={(day) => day && set({ from: day })} />
          <DayField aria-label={t('ui.f.to')} value={to} onChange={(day) => day && set({ to: day })} />
          <label className="zg-check">
            <input type="checkbox" checked={items === '1'} onChange={(event) => set({ items: event.target.checked ? '1' : '' })} /> {t('ui.statement.withItems')}
          </label>
        </>
      }
      actions={
        <>
          {shown ? <ExportMenu isRunning={file.isRunning} onExport={(format_) => void file.run(format_)} /> : null}
          <Button type="primary" icon={<PrinterOutlined aria-hidden />} disabled={!shown} onClick={() => setPrinting(true)}>
            {t('ui.print')}
          </Button>
        </>
      }
    >
      {error ? <NoMessage error={error} /> : null}
      {party === '' ? <EmptyState title={t('ui.statement.choose')} text={t('ui.statement.chooseText')} /> : null}
      {shown ? (
        <div className="zg-statement" tabIndex={0} role="region" aria-label={t('ui.nav.statement')}>
          <Panel title={`${shown.party_code} ${shown.party_name}`}>
            <Sums
              sums={[
                [t('print.opening_balance'), format.money(shown.opening_minor)],
                [t('print.charged'), format.money(shown.charged_minor)],
                [t('print.settled_column'), format.money(shown.settled_minor)],
                [t('print.closing_balance'), format.money(shown.closing_minor), 'strong'],
              ]}
            />
          </Panel>
          <Panel title={t('print.ageing')}>
            <Ageing ageing={shown.ageing} />
          </Panel>
          <div className="zg-statement-rows">
            <Table<Row>
              caption={t('ui.nav.statement')}
              rows={shown.rows}
              keyOf={(_, i) => i}
              none={t('ui.statement.nothing')}
              columns={[
                { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (r) => r.day },
                { key: 'kind', title: t('print.document_kind'), render: (r) => t(`print.event.${r.kind}`) },
                {
                  key: 'document',
                  title: t('ui.f.document'),
                  render: (r) => (
                    <>
                      <DocumentLink kind={r.source_kind} id={r.source_id} number={r.number} />
                      {r.reference ? <span className="zg-soft"> {r.reference}</span> : null}
                      {r.lines.map((l, i) => (
                        <div key={i} className="zg-soft">
                          {l.item_code} {l.item_name} {l.spec} · {format.quantity(l.quantity_e6)} {l.unit} × {format.price(l.price_e4)} = {format.money(l.gross_minor)}
                        </div>
                      ))}
                    </>
                  ),
                },
                { key: 'charged', title: t('print.charged'), align: 'end', render: (r) => (r.charged_minor === 0 ? '' : format.money(r.charged_minor)), total: format.money(shown.charged_minor) },
                { key: 'settled', title: t('print.settled_column'), align: 'end', render: (r) => (r.settled_minor === 0 ? '' : format.money(r.settled_minor)), total: format.money(shown.settled_minor) },
                { key: 'balance', title: t('print.balance'), align: 'end', render: (r) => format.money(r.balance_minor), total: format.money(shown.closing_minor) },
              ]}
            />
          </div>
        </div>
      ) : null}
      {isPrinting ? <PrintDialog job={{ name: 'sales.statement', input }} onClose={() => setPrinting(false)} /> : null}
    </ListPage>
  )
}

function Ageing({ ageing }: { ageing: { readonly bounds: readonly number[]; readonly not_due_minor: number; readonly overdue_minor: readonly number[]; readonly credit_minor: number } }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { bounds } = ageing
  return (
    <Sums
      sums={[
        [t('ui.ageing.notDue'), format.money(ageing.not_due_minor)],
        ...bounds.map((to, i) => [t('ui.ageing.within', { from: i === 0 ? 1 : bounds[i - 1]! + 1, to }), format.money(ageing.overdue_minor[i])] as const),
        [t('ui.ageing.beyond', { days: bounds.at(-1) ?? 0 }), format.money(ageing.overdue_minor.at(-1)), (ageing.overdue_minor.at(-1) ?? 0) > 0 ? 'danger' : undefined] as const,
        [t('ui.ageing.credit.receivable'), format.money(ageing.credit_minor)],
      ]}
    />
  )
}

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { firstOfMonth, lastOfMonth } from '../../../src-main/kernel/day.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import type { Column } from '../../ui/data-grid/columns.ts'
import { useLocalRows } from '../../ui/data-grid/use-rows.ts'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, useFilters } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { ListExport } from '../../ui/data-grid/list-export.tsx'

type Row = RowOf<'accounting.trialBalance'>
const figures = ['opening_debit_minor', 'opening_credit_minor', 'debit_minor', 'credit_minor', 'closing_debit_minor', 'closing_credit_minor'] as const

/** Opening, turnover and closing of every account; each row leads to its book. */
export function TrialBalancePage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { values, set } = useFilters({ from: firstOfMonth(today), to: lastOfMonth(today), level: '8' })
  const { data, error } = useAsk('accounting.trialBalance', { from: values.from, to: values.to, level: Number(values.level) }, { keeps: 'previous' })
  const rows = useLocalRows<Row>(data?.rows)
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      { key: 'code', from: 'account_code', title: t('ui.account.code'), width: 104, figures: 'tabular', render: (r) => r.account_code },
      {
        key: 'name',
        from: format.locale === 'zh-CN' ? 'account_name_zh' : ['account_name_en', 'account_name_zh'],
        title: t('ui.f.account'),
        width: 180,
        grow: 1,
        render: (r) => <span style={{ paddingInlineStart: (r.level - 1) * 14, fontWeight: r.is_leaf ? 400 : 600 }}>{format.locale === 'zh-CN' ? r.account_name_zh : r.account_name_en || r.account_name_zh}</span>,
        total: t('ui.f.sum'),
      },
      ...figures.map((key) => ({
        key,
        from: key,
        title: t(`ui.trial.${key}`),
        width: 118,
        align: 'end' as const,
        render: (r: Row) => (r[key] === 0 ? '' : format.money(r[key])),
        total: format.money(data?.totals[key]),
      })),
    ],
    [t, format, data],
  )
  return (
    <ListPage
      title={t('ui.nav.trialBalance')}
      filters={
        <>
          <DayField aria-label={t('ui.f.from')} value={values.from} onChange={(from) => set({ from: from ?? firstOfMonth(today) })} />
          <DayField aria-label={t('ui.f.to')} value={values.to} onChange={(to) => set({ to: to ?? lastOfMonth(today) })} />
          <SelectField
            aria-label={t('ui.trial.level')}
            value={values.level}
            options={['1', '2', '3', '8'].map((level) => ({ value: level, label: level === '8' ? t('ui.trial.allLevels') : t('ui.trial.toLevel', { level }) }))}
            onChange={(level) => set({ level: level ?? '8' })}
          />
        </>
      }
      actions={<ListExport name="accounting.trialBalance" title={t('ui.nav.trialBalance')} input={{ from: values.from, to: values.to, level: Number(values.level) }} columns={columns} />}
    >
      {error ? <NoMessage error={error} /> : null}
      <DataGrid<Row>
        label={t('ui.nav.trialBalance')}
        columns={columns}
        rows={rows}
        keyOf={(r) => r.account_id}
        onOpen={(r) => void navigate(`/books/ledger?account=${r.account_id}&from=${values.from}&to=${values.to}`)}
        empty={<EmptyState title={t('ui.ledger.empty')} text={t('ui.ledger.emptyText')} />}
      />
    </ListPage>
  )
}

import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { SelectField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { CodeRules } from './code-rules.tsx'
import { SettingsPage } from './settings-page.tsx'

type Row = RowOf<'platform.series'>
type Typed = { readonly prefix: string; readonly digits: number | null; readonly restarts: Row['restarts'] }

/** What was typed belongs to the row as it was: once saved, the row is another. */
const keyOf = ({ key, prefix, digits, restarts }: Row): string => `${key} ${prefix} ${digits} ${restarts}`

/** From the quote to the money, then the records; a series that is not named here stands at the end. */
const order: readonly string[] = [
  'sales.quote',
  'sales.order',
  'sales.delivery',
  'sales.return',
  'sales.invoice',
  'sales.creditNote',
  'purchasing.bill',
  'inventory.adjustment',
  'inventory.transfer',
  'accounting.receipt',
  'accounting.refund',
  'accounting.payment',
  'accounting.supplierRefund',
  'parties.party',
  'catalog.item',
]
const placeOf = ({ key }: Row): number => (order.includes(key) ? order.indexOf(key) : order.length)

/** How the numbers of documents look. */
export function SeriesPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const { data } = useAsk('platform.series', {})
  const update = useRun('platform.updateSeries')
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(new Map())
  const isFixed = !may('platform.settings')
  const now = (row: Row): Typed => typed.get(keyOf(row)) ?? row
  const type = (row: Row, changes: Partial<Typed>): void => setTyped(new Map(typed).set(keyOf(row), { ...now(row), ...changes }))
  const isChanged = (row: Row): boolean => (['prefix', 'digits', 'restarts'] as const).some((key) => now(row)[key] !== row[key])
  const save = (row: Row): void => {
    const { prefix, digits, restarts } = now(row)
    void update.run({ key: row.key, prefix, digits: digits ?? 5, restarts })
  }
  const nameOf = (row: Row): string => t(`ui.series.${row.key}`)
  return (
    <SettingsPage title={t('ui.nav.series')}>
      <RefusalMessage no={update.no} />
      <Table
        rows={data?.rows.toSorted((a, b) => placeOf(a) - placeOf(b))}
        keyOf={keyOf}
        columns={[
          { key: 'kind', title: t('ui.f.kind'), render: nameOf },
          {
            key: 'prefix',
            title: t('ui.series.prefix'),
            render: (row) => <TextField aria-label={`${t('ui.series.prefix')} ${nameOf(row)}`} disabled={isFixed} value={now(row).prefix} onChange={(prefix) => type(row, { prefix })} />,
          },
          {
            key: 'digits',
            title: t('ui.series.digits'),
            render: (row) => <WholeField aria-label={`${t('ui.series.digits')} ${nameOf(row)}`} disabled={isFixed} value={now(row).digits} onChange={(digits) => type(row, { digits })} />,
          },
          {
            key: 'restarts',
            title: t('ui.series.restarts'),
            render: (row) => (
              <SelectField
                aria-label={`${t('ui.series.restarts')} ${nameOf(row)}`}
                disabled={isFixed}
                value={now(row).restarts}
                options={(['year', 'month', 'never'] as const).map((value) => ({ value, label: t(`ui.series.restarts.${value}`) }))}
                onChange={(restarts) => type(row, { restarts: restarts ?? 'year' })}
              />
            ),
          },
          { key: 'next', title: t('ui.series.next'), figures: 'tabular', render: (row) => row.next },
          {
            key: 'actions',
            render: (row) => (
              <Button size="small" disabled={isFixed || !isChanged(row)} onClick={() => save(row)}>
                {t('ui.save')}
              </Button>
            ),
          },
        ]}
      />
      <CodeRules canEdit={!isFixed} />
    </SettingsPage>
  )
}

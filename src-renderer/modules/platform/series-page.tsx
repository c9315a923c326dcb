import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { SelectField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { SettingsPage } from './settings-page.tsx'

type Row = RowOf<'platform.series'>

/** How the numbers of documents look. */
export function SeriesPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const { data } = useAsk('platform.series', {})
  const update = useRun('platform.updateSeries')
  return (
    <SettingsPage title={t('ui.nav.series')}>
      <RefusalMessage no={update.no} />
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">{t('ui.f.kind')}</th>
              <th scope="col">{t('ui.series.prefix')}</th>
              <th scope="col">{t('ui.series.digits')}</th>
              <th scope="col">{t('ui.series.restarts')}</th>
              <th scope="col">{t('ui.series.next')}</th>
              <th scope="col">
                <span className="zg-sr">{t('ui.lines.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(data?.rows ?? []).map((row) => (
              <SeriesRow key={`${row.key} ${row.prefix} ${row.digits} ${row.restarts}`} row={row} canEdit={may('platform.settings')} onSave={(next) => void update.run(next)} />
            ))}
          </tbody>
        </table>
      </div>
    </SettingsPage>
  )
}

function SeriesRow({ row, canEdit, onSave }: { row: Row; canEdit: boolean; onSave(row: Omit<Row, 'next'>): void }) {
  const { t } = useTranslation()
  const [prefix, setPrefix] = useState(row.prefix)
  const [digits, setDigits] = useState<number | null>(row.digits)
  const [restarts, setRestarts] = useState(row.restarts)
  const isChanged = prefix !== row.prefix || digits !== row.digits || restarts !== row.restarts
  const name = t(`ui.series.${row.key}`)
  return (
    <tr>
      <td>{name}</td>
      <td>
        <TextField aria-label={`${t('ui.series.prefix')} ${name}`} disabled={!canEdit} value={prefix} onChange={setPrefix} />
      </td>
      <td>
        <WholeField aria-label={`${t('ui.series.digits')} ${name}`} disabled={!canEdit} value={digits} onChange={setDigits} />
      </td>
      <td>
        <SelectField
          aria-label={`${t('ui.series.restarts')} ${name}`}
          disabled={!canEdit}
          value={restarts}
          options={(['year', 'month', 'never'] as const).map((value) => ({ value, label: t(`ui.series.restarts.${value}`) }))}
          onChange={(value) => setRestarts(value ?? 'year')}
        />
      </td>
      <td className="zg-figures">{row.next}</td>
      <td>
        <Button size="small" disabled={!canEdit || !isChanged} onClick={() => onSave({ key: row.key, prefix, digits: digits ?? 5, restarts })}>
          {t('ui.save')}
        </Button>
      </td>
    </tr>
  )
}

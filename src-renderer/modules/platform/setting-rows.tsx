import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../../ui/document-page.tsx'
import { PercentField, SelectField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'

type Row = RowOf<'platform.settings'>

/** The modules' own settings: switches, numbers and short texts, each saved as it is changed. */
export function SettingRows() {
  const { t } = useTranslation()
  const { data } = useAsk('platform.settings', {})
  const rows = data?.rows.filter((row) => typeof row.value === 'string' || typeof row.value === 'number') ?? []
  if (rows.length === 0) return null
  return (
    <Panel title={t('ui.company.settings')}>
      <div className="zg-setting-rows">
        {rows.map((row) => (
          <SettingRow key={row.key} row={row} />
        ))}
      </div>
    </Panel>
  )
}

/** The unit stands in the name, as everywhere: _e8 is a rate, _days a number of days; other 0 and 1 are switches. */
function formOf({ key, fallback }: Row): 'percent' | 'whole' | 'flag' | 'text' {
  if (typeof fallback === 'string') return 'text'
  if (key.endsWith('_e8')) return 'percent'
  if (key.endsWith('_days')) return 'whole'
  return fallback === 0 || fallback === 1 ? 'flag' : 'whole'
}

function SettingRow({ row }: { row: Row }) {
  const { t } = useTranslation()
  const set = useRun('platform.setSetting')
  const [value, setValue] = useState(row.value as string | number | null)
  const form = formOf(row)
  const common = { id: row.key, disabled: !row.may_change }
  const save = (next: string | number | null): void => {
    if (next !== null && next !== row.value) void set.run({ key: row.key, value: next })
  }
  const Figure = form === 'percent' ? PercentField : WholeField
  return (
    <div className="zg-setting" onBlur={() => form !== 'flag' && save(value)}>
      <label htmlFor={row.key}>
        {t(`setting.${row.key}`)}
        {form === 'percent' ? ' (%)' : ''}
      </label>
      {form === 'flag' ? (
        <SelectField
          {...common}
          value={String(row.value)}
          options={[
            { value: '1', label: t('ui.yes') },
            { value: '0', label: t('ui.no') },
          ]}
          onChange={(next) => save(next === '1' ? 1 : 0)}
        />
      ) : form === 'text' ? (
        <TextField {...common} value={String(value ?? '')} onChange={setValue} />
      ) : (
        <Figure {...common} value={value as number | null} onChange={setValue} />
      )}
      <RefusalMessage no={set.no} />
    </div>
  )
}

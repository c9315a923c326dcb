import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../../ui/document-page.tsx'
import { SelectField, TextField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { useState } from 'react'

type Row = RowOf<'platform.settings'>

/** The modules' own settings: switches and short texts, each saved as it is changed. */
export function SettingRows() {
  const { t } = useTranslation()
  const { data } = useAsk('platform.settings', {})
  if (!data || data.rows.length === 0) return null
  return (
    <Panel title={t('ui.company.settings')}>
      <div className="zg-setting-rows">
        {data.rows.map((row) => (
          <SettingRow key={row.key} row={row} />
        ))}
      </div>
    </Panel>
  )
}

function SettingRow({ row }: { row: Row }) {
  const { t } = useTranslation()
  const set = useRun('platform.setSetting')
  const isFlag = (row.value === 0 || row.value === 1) && (row.fallback === 0 || row.fallback === 1)
  const isPlain = typeof row.value === 'string' || typeof row.value === 'number'
  const [text, setText] = useState(String(row.value ?? ''))
  if (!isPlain) return null
  const save = (value: string | number): void => void set.run({ key: row.key, value })
  return (
    <div className="zg-setting">
      <label htmlFor={row.key}>{t(`setting.${row.key}`)}</label>
      {isFlag ? (
        <SelectField
          id={row.key}
          disabled={!row.may_change}
          value={String(row.value)}
          options={[
            { value: '1', label: t('ui.yes') },
            { value: '0', label: t('ui.no') },
          ]}
          onChange={(value) => save(value === '1' ? 1 : 0)}
        />
      ) : (
        <TextField
          id={row.key}
          disabled={!row.may_change}
          value={text}
          onChange={setText}
          onBlur={() => {
            if (text !== String(row.value)) save(typeof row.fallback === 'number' ? Number(text) : text)
          }}
        />
      )}
      <RefusalMessage no={set.no} />
    </div>
  )
}

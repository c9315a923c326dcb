import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../../ui/document-page.tsx'
import { MoneyField, PercentField, SelectField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat, type Format } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'

type Row = RowOf<'platform.settings'>

/** Rules of credit and approval have a page of their own. */
const isApprovalRule = ({ key }: Row): boolean => key.startsWith('credit.') || key.startsWith('contracts.') || key === 'platform.approvers_decide_own'

/** By what they concern, each switch before its limits: who decides, contracts, orders, who gets none, what is said to those who owe. Others follow. */
const APPROVAL_RULES = [
  'platform.approvers_decide_own',
  'contracts.approves_contracts',
  'contracts.approved_below_minor',
  'credit.approves_orders',
  'credit.approved_below_minor',
  'credit.good_credit_days',
  'credit.freezes',
  'credit.freeze_days',
  'credit.collects',
  'credit.dunning_1_days',
  'credit.dunning_2_days',
  'credit.dunning_3_days',
  'credit.pay_within_days',
]
const placeOf = ({ key }: Row): number => {
  const at = APPROVAL_RULES.indexOf(key)
  return at < 0 ? APPROVAL_RULES.length : at
}

/** The modules' own settings: switches, numbers and short texts, each saved as it is changed. */
export function SettingRows({ of, title }: { of?: 'approval'; title: string }) {
  const { data } = useAsk('platform.settings', {})
  const rows = data?.rows.filter((row) => typeof row.value === 'string' || typeof row.value === 'number').filter((row) => isApprovalRule(row) === (of === 'approval')) ?? []
  if (rows.length === 0) return null
  const ordered = of === 'approval' ? rows.toSorted((a, b) => placeOf(a) - placeOf(b)) : rows
  return (
    <Panel title={title}>
      <div className="zg-setting-rows">
        {ordered.map((row) => (
          <SettingRow key={row.key} row={row} />
        ))}
      </div>
    </Panel>
  )
}

/** What is chosen from has its words in `setting.<key>.<choice>`; the unit of a figure stands in its name, as everywhere: _e8 is a rate, _minor money. */
function formOf({ key, fallback, choices }: Row): 'percent' | 'money' | 'whole' | 'flag' | 'choice' | 'text' {
  if (choices) return typeof fallback === 'number' ? 'flag' : 'choice'
  if (typeof fallback === 'string') return 'text'
  if (key.endsWith('_minor')) return 'money'
  return key.endsWith('_e8') ? 'percent' : 'whole'
}

/** What holds until somebody sets it, in words. */
function fallbackText(row: Row, { t, format }: { t: (key: string) => string; format: Format }): string {
  if (row.fallback === '') return t('ui.setting.empty')
  const form = formOf(row)
  if (form === 'choice') return t(`setting.${row.key}.${row.fallback}`)
  if (form === 'flag') return t(row.fallback === 1 ? 'ui.yes' : 'ui.no')
  if (form === 'money') return format.money(row.fallback as number)
  return form === 'percent' ? format.percent(row.fallback as number) : String(row.fallback)
}

function SettingRow({ row }: { row: Row }) {
  const { t } = useTranslation()
  const format = useFormat()
  const set = useRun('platform.setSetting')
  const reset = useRun('platform.resetSetting')
  const [value, setValue] = useState(row.value as string | number | null)
  const form = formOf(row)
  const common = { id: row.key, disabled: !row.may_change }
  const save = (next: string | number | null): void => {
    if (next !== null && next !== row.value) void set.run({ key: row.key, value: next })
  }
  const backToDefault = async (): Promise<void> => {
    const said = await reset.run({ key: row.key })
    if (!said?.ok) return
    setValue(row.fallback as string | number)
    // The button goes: whoever came by the keyboard stays at the field.
    document.getElementById(row.key)?.focus()
  }
  const Figure = form === 'percent' ? PercentField : form === 'money' ? MoneyField : WholeField
  return (
    <div className="zg-setting" onBlur={(event) => form !== 'flag' && form !== 'choice' && !event.currentTarget.contains(event.relatedTarget) && save(value)}>
      <div>
        <label htmlFor={row.key}>
          {t(`setting.${row.key}`)}
          {form === 'percent' ? ' (%)' : ''}
        </label>
        {row.is_set && row.may_change ? (
          <Button type="link" size="small" loading={reset.isRunning} onClick={() => void backToDefault()}>
            {t('ui.setting.reset', { value: fallbackText(row, { t, format }) })}
          </Button>
        ) : null}
      </div>
      {form === 'choice' ? (
        <SelectField
          {...common}
          value={String(value)}
          options={row.choices!.map((choice) => ({ value: String(choice), label: t(`setting.${row.key}.${choice}`) }))}
          onChange={(choice) => {
            setValue(choice)
            save(choice)
          }}
        />
      ) : form === 'flag' ? (
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
      <RefusalMessage no={set.no ?? reset.no} />
    </div>
  )
}

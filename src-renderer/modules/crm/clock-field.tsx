import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/fields/field.tsx'
import { ParsedInput } from '../../ui/fields/parsed-input.tsx'
import { clockText, parseClock } from './clock.ts'

type Props = { readonly value: number | null; readonly path?: string; readonly span?: number; onChange(minute: number | null): void }

/** A time of day, as minutes since midnight; empty where none was agreed. */
export function ClockField({ value, path = 'minute', span = 2, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <Field label={t('ui.crm.time')} path={path} span={span}>
      {(ids) => <ParsedInput<number> {...ids} holds="time" className="zg-figures" placeholder={t('ui.crm.timeHint')} value={value} format={clockText} parse={parseClock} onChange={onChange} />}
    </Field>
  )
}

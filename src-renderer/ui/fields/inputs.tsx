import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { Field, type FieldProps } from './field.tsx'
import { DayField, TextField, type TextProps } from './value-fields.tsx'

/** A text with its label. */
export function TextInput({ label, path, hint, isRequired, span, ...text }: FieldProps & TextProps) {
  return (
    <Field {...{ label, path, hint, isRequired, span }}>{(ids) => <TextField {...ids} {...text} />}</Field>
  )
}

/** The day of a document. Nothing is posted without one: emptied, it is today. */
export function DayInput({ span, value, onChange }: { span: number; value: string; onChange(day: string): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  return (
    <Field label={t('ui.f.day')} path="day" span={span}>
      {(ids) => <DayField {...ids} value={value} onChange={(day) => onChange(day ?? today)} />}
    </Field>
  )
}

export type Names = { readonly name_zh: string; readonly name_en: string }
export const noNames: Names = { name_zh: '', name_en: '' }

/** A name in both languages of the program. */
export function NamesInput({ value, onChange, isRequired }: { value: Names; onChange(names: Names): void; isRequired?: true }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput label={t('ui.f.nameZh')} path="name_zh" isRequired={isRequired} span={4} value={value.name_zh} onChange={(name_zh) => onChange({ ...value, name_zh })} />
      <TextInput label={t('ui.f.nameEn')} path="name_en" span={4} value={value.name_en} onChange={(name_en) => onChange({ ...value, name_en })} />
    </>
  )
}

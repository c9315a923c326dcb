import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { Field, type FieldProps } from './field.tsx'
import { DayField, SelectField, TextArea, TextField, WholeField, type TextProps } from './value-fields.tsx'

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

/** What else there is to say. */
export function NoteInput({ span, value, onChange }: { span: number; value: string; onChange(note: string): void }) {
  const { t } = useTranslation()
  return (
    <Field label={t('ui.f.note')} path="note" span={span}>
      {(ids) => <TextArea {...ids} value={value} onChange={onChange} />}
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

type FlagProps = { readonly label: string; readonly path: string; readonly span: number; readonly yes: string; readonly no: string; readonly value: 0 | 1; onChange(value: 0 | 1): void }

/** One of two words: yes or no, in use or not. */
export function FlagInput({ label, path, span, yes, no, value, onChange }: FlagProps) {
  const options = [
    { value: '1', label: yes },
    { value: '0', label: no },
  ] as const
  return (
    <Field {...{ label, path, span }}>{(ids) => <SelectField {...ids} value={value === 1 ? '1' : '0'} options={options} onChange={(chosen) => onChange(chosen === '1' ? 1 : 0)} />}</Field>
  )
}

/** Is it still in use? */
export function ActiveInput(props: Pick<FlagProps, 'span' | 'value' | 'onChange'>) {
  const { t } = useTranslation()
  return <FlagInput label={t('ui.f.state')} path="is_active" yes={t('ui.active')} no={t('ui.inactive')} {...props} />
}

/** Its place in the list: the first is 1. */
export function PositionInput({ span, value, onChange }: { span: number; value: number | null; onChange(position: number | null): void }) {
  const { t } = useTranslation()
  return (
    <Field label={t('field.crm.position')} path="position" span={span}>
      {(ids) => <WholeField {...ids} value={value} onChange={onChange} />}
    </Field>
  )
}

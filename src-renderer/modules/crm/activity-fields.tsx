import { useTranslation } from 'react-i18next'
import type { RunInput } from '../../api/operations.ts'
import { Field } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import { ClockField } from './clock-field.tsx'

type Sent = RunInput<'crm.logActivity'>
export type ActivityKind = Sent['kind']
export type Channel = NonNullable<Sent['channel']>
export type Result = NonNullable<Sent['result']>
export const activityKinds: readonly ActivityKind[] = ['call', 'visit', 'message', 'email', 'note']
export const channelNames: readonly Channel[] = ['phone', 'in_person', 'wechat', 'sms', 'qq', 'whatsapp', 'email', 'other']
export const resultNames: readonly Result[] = ['reached', 'interested', 'promised', 'no_answer', 'not_now', 'declined']

/** What is told of a follow-up, as its forms hold it. */
export type SaidDraft = {
  readonly kind: ActivityKind
  readonly channel: Channel | null
  readonly contact_name: string
  readonly day: string
  readonly minute: number | null
  readonly text: string
  readonly result: Result | null
}
type Props = { readonly draft: SaidDraft; onChange(changes: Partial<SaidDraft>): void }

/** As the commands take it. */
export const sentSaid = ({ contact_name, channel, ...rest }: SaidDraft) => ({
  ...rest,
  contact_name: contact_name.trim() === '' ? null : contact_name.trim(),
  ...(channel === null ? {} : { channel }),
})

export function KindField({ draft, onChange, span }: Props & { readonly span: number }) {
  const { t } = useTranslation()
  return (
    <Field label={t('field.crm.kind')} path="kind" span={span}>
      {(ids) => (
        <SelectField
          {...ids}
          value={draft.kind}
          options={activityKinds.map((value) => ({ value, label: t(`ui.crm.kind.${value}`) }))}
          onChange={(kind) => onChange({ kind: kind ?? 'call' })}
        />
      )}
    </Field>
  )
}

export function ResultField({ draft, onChange, span }: Props & { readonly span: number }) {
  const { t } = useTranslation()
  return (
    <Field label={t('field.crm.result')} path="result" span={span}>
      {(ids) => (
        <SelectField
          {...ids}
          none={t('ui.crm.resultNone')}
          value={draft.result}
          options={resultNames.map((value) => ({ value, label: t(`ui.crm.result.${value}`) }))}
          onChange={(result) => onChange({ result })}
        />
      )}
    </Field>
  )
}

export function WordsField({ draft, onChange, isFirst = false }: Props & { readonly isFirst?: boolean }) {
  const { t } = useTranslation()
  return (
    <Field label={t('ui.crm.text')} path="text" span={12}>
      {(ids) => <TextArea {...ids} rows={3} isFirst={isFirst} value={draft.text} onChange={(text) => onChange({ text })} />}
    </Field>
  )
}

/** With whom, by which way, on which day and at what time: mostly as it stands already. */
export function DetailFields({ draft, onChange, names }: Props & { readonly names: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput label={t('field.crm.contact_name')} path="contact_name" span={4} list="crm-contact-names" value={draft.contact_name} onChange={(contact_name) => onChange({ contact_name })} />
      <datalist id="crm-contact-names">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field label={t('field.crm.channel')} path="channel" span={3}>
        {(ids) => (
          <SelectField
            {...ids}
            none={t('ui.crm.channelUsual')}
            value={draft.channel}
            options={channelNames.map((value) => ({ value, label: t(`ui.crm.channel.${value}`) }))}
            onChange={(channel) => onChange({ channel })}
          />
        )}
      </Field>
      <Field label={t('ui.f.day')} path="day" span={3}>
        {(ids) => <DayField {...ids} value={draft.day} onChange={(day) => (day === null ? undefined : onChange({ day }))} />}
      </Field>
      <ClockField value={draft.minute} onChange={(minute) => onChange({ minute })} />
    </>
  )
}

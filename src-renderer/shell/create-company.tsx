import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CompanyAnswers } from '../../src-main/app/office-door.ts'
import { currencies } from '../../src-main/kernel/currencies.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field, FieldRow } from '../ui/fields/field.tsx'
import { DayField, SelectField, TextField } from '../ui/fields/value-fields.tsx'
import { usePreferences } from './preferences.ts'

type Props = { readonly suggestions: CompanyAnswers; onCreate(answers: CompanyAnswers): void; onCancel(): void }

/** A new company in five questions, each with an answer already there. */
export function CreateCompany({ suggestions, onCreate, onCancel }: Props) {
  const { t } = useTranslation()
  const { locale } = usePreferences()
  const [answers, setAnswers] = useState<CompanyAnswers>(suggestions)
  const [isTried, setTried] = useState(false)
  const set = (changes: Partial<CompanyAnswers>) => setAnswers({ ...answers, ...changes })
  const isNameMissing = answers.name.trim() === ''
  const create = (): void => {
    setTried(true)
    if (!isNameMissing) onCreate(answers)
  }
  const isChinese = answers.profile === 'cn-small'
  const taxpayers = isChinese ? (['small', 'general'] as const) : (['none', 'general'] as const)
  return (
    <Dialog open title={t('ui.lobby.createCompany')} okText={t('ui.lobby.createOpen')} cancelText={t('ui.cancel')} onOk={create} onCancel={onCancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          create()
        }}
      >
        <FieldRow>
          <Field label={t('ui.company.name')} isRequired span={12} hint={isTried && isNameMissing ? t('ui.invalid.invalid_type') : undefined}>
            {(ids) => <TextField {...ids} autoFocus value={answers.name} onChange={(name) => set({ name })} />}
          </Field>
          <Field label={t('ui.company.profile')} span={12} hint={t(`ui.company.profile.${answers.profile}.hint`)}>
            {(ids) => (
              <SelectField
                {...ids}
                value={answers.profile}
                options={[
                  { value: 'cn-small', label: t('ui.company.profile.cn-small') },
                  { value: 'international', label: t('ui.company.profile.international') },
                ]}
                onChange={(profile) =>
                  set(profile === 'cn-small' ? { profile, currency: 'CNY', taxpayer: 'small' } : { profile: 'international', taxpayer: 'none' })
                }
              />
            )}
          </Field>
          <Field label={t('ui.company.currency')} span={6}>
            {(ids) => (
              <SelectField
                {...ids}
                value={answers.currency}
                disabled={isChinese}
                options={currencies.map((c) => ({ value: c.code, label: `${c.code} ${locale === 'zh-CN' ? c.name_zh : c.name_en}` }))}
                onChange={(currency) => set({ currency: currency ?? 'CNY' })}
              />
            )}
          </Field>
          <Field label={t('ui.company.taxpayer')} span={6}>
            {(ids) => (
              <SelectField
                {...ids}
                value={answers.taxpayer}
                options={taxpayers.map((value) => ({ value, label: t(`ui.taxpayer.${value}`) }))}
                onChange={(taxpayer) => set({ taxpayer: taxpayer ?? 'none' })}
              />
            )}
          </Field>
          <Field label={t('ui.company.firstDay')} span={6} hint={t('ui.company.firstDayHint')}>
            {(ids) => <DayField {...ids} value={answers.first_day} onChange={(first_day) => set({ first_day: first_day ?? suggestions.first_day })} />}
          </Field>
        </FieldRow>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

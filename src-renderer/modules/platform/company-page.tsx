import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { Facts, Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
import { SettingRows } from './setting-rows.tsx'
import { SettingsPage } from './settings-page.tsx'

type Company = AskOutput<'platform.me'>['company']

export function CompanyPage() {
  const { data, error } = useAsk('platform.me', {})
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  return data ? <CompanyForm company={data.company} /> : <div className="zg-page" aria-busy />
}

const texts = [
  ['name', 'ui.company.name', 5],
  ['tax_no', 'ui.party.taxNo', 3],
  ['phone', 'ui.f.phone', 4],
  ['address', 'ui.company.address', 5],
  ['bank_name', 'ui.party.bankName', 3],
  ['bank_account', 'ui.party.bankAccount', 4],
] as const

function CompanyForm({ company }: { company: Company }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { message } = App.useApp()
  const [draft, setDraft] = useState(company)
  const update = useRun('platform.updateCompany')
  const canEdit = may('platform.settings')
  const goOn = useLeaveGuard(texts.some(([key]) => (draft[key] ?? '') !== (company[key] ?? '')))
  const set = (changes: Partial<Company>): void => setDraft({ ...draft, ...changes })
  const save = async (): Promise<void> => {
    const { profile: _profile, currency: _currency, first_day: _day, is_sample: _sample, ...rest } = draft
    const orNull = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text)
    const said = await update.run({
      ...rest,
      tax_no: orNull(rest.tax_no),
      address: orNull(rest.address),
      phone: orNull(rest.phone),
      bank_name: orNull(rest.bank_name),
      bank_account: orNull(rest.bank_account),
    })
    if (!said?.ok) return
    goOn()
    void message.success(t('ui.saved'))
  }
  useShortcuts([{ key: 's', with: 'ctrl', run: () => void save() }])
  return (
    <SettingsPage
      title={t('ui.nav.company')}
      actions={
        canEdit ? (
          <Button type="primary" loading={update.isRunning} onClick={() => void save()}>
            {t('ui.save')} <kbd>Ctrl S</kbd>
          </Button>
        ) : null
      }
    >
      <RefusalMessage no={update.no} />
      <ProblemsProvider value={problemsOf(update.no)}>
        <section className="zg-card">
          <FieldRow>
            {texts.map(([key, label, span]) => (
              <TextInput key={key} label={t(label)} path={key} span={span} disabled={!canEdit} value={draft[key]} onChange={(value) => set({ [key]: value })} />
            ))}
          </FieldRow>
        </section>
        <Panel title={t('ui.company.rules')}>
          <FieldRow>
            <Field label={t('ui.company.taxpayer')} path="taxpayer" span={3}>
              {(ids) => (
                <SelectField
                  {...ids}
                  disabled={!canEdit}
                  value={draft.taxpayer}
                  options={(['small', 'general', 'none'] as const).map((value) => ({ value, label: t(`ui.taxpayer.${value}`) }))}
                  onChange={(taxpayer) => set({ taxpayer: taxpayer ?? 'none' })}
                />
              )}
            </Field>
            <Field label={t('ui.company.prices')} path="prices_include_tax" span={3}>
              {(ids) => (
                <SelectField
                  {...ids}
                  disabled={!canEdit}
                  value={String(draft.prices_include_tax)}
                  options={[
                    { value: '1', label: t('ui.f.pricesIncludeTax') },
                    { value: '0', label: t('ui.f.pricesExcludeTax') },
                  ]}
                  onChange={(value) => set({ prices_include_tax: value === '1' ? 1 : 0 })}
                />
              )}
            </Field>
            <Field label={t('ui.company.negativeStock')} path="negative_stock" span={3}>
              {(ids) => (
                <SelectField
                  {...ids}
                  disabled={!canEdit}
                  value={draft.negative_stock}
                  options={(['forbid', 'warn', 'allow'] as const).map((value) => ({ value, label: t(`ui.negativeStock.${value}`) }))}
                  onChange={(negative_stock) => set({ negative_stock: negative_stock ?? 'forbid' })}
                />
              )}
            </Field>
            <Field label={t('ui.company.language')} path="locale" span={3}>
              {(ids) => (
                <SelectField
                  {...ids}
                  disabled={!canEdit}
                  value={draft.locale}
                  options={[
                    { value: 'zh-CN', label: '中文' },
                    { value: 'en', label: 'English' },
                  ]}
                  onChange={(locale) => set({ locale: locale ?? 'zh-CN' })}
                />
              )}
            </Field>
          </FieldRow>
        </Panel>
        <Panel title={t('ui.company.permanent')}>
          <Facts
            facts={[
              [t('ui.company.profile'), t(`ui.company.profile.${company.profile}`)],
              [t('ui.company.currency'), company.currency],
              [t('ui.company.firstDay'), company.first_day],
            ]}
          />
        </Panel>
        <SettingRows title={t('ui.company.settings')} />
      </ProblemsProvider>
    </SettingsPage>
  )
}

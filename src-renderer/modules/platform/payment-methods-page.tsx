import { useState } from 'react'
import { Button, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { TextField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { useAccountName } from '../accounting/account-names.ts'
import { useAccountChoices, type AccountChoice } from '../accounting/account-picker.ts'
import { SettingsPage } from './settings-page.tsx'

/** The ways to pay, and the account on which each one's money stands. */
export function PaymentMethodsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const nameOf = useAccountName()
  const [isAdding, setAdding] = useState(false)
  const { data } = useAsk('accounting.paymentMethods', {})
  const update = useRun('accounting.updatePaymentMethod')
  const canEdit = may('accounting.setup')
  return (
    <SettingsPage title={t('ui.nav.paymentMethods')} actions={canEdit ? <Button onClick={() => setAdding(true)}>{t('command.accounting.createPaymentMethod')}</Button> : null}>
      <RefusalMessage no={update.no} />
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">{t('ui.f.code')}</th>
              <th scope="col">{t('ui.f.name')}</th>
              <th scope="col">{t('ui.f.account')}</th>
              <th scope="col">{t('ui.active')}</th>
            </tr>
          </thead>
          <tbody>
            {(data?.rows ?? []).map((m) => (
              <tr key={m.code}>
                <td className="zg-figures">{m.code}</td>
                <td>{format.locale === 'zh-CN' ? m.name_zh : m.name_en || m.name_zh}</td>
                <td>{nameOf(m)}</td>
                <td>
                  <Switch
                    size="small"
                    aria-label={`${t('ui.active')} ${m.code}`}
                    disabled={!canEdit}
                    checked={m.is_active === 1}
                    onChange={(isActive) => void update.run({ code: m.code, is_active: isActive ? 1 : 0 })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isAdding ? <NewMethod onClose={() => setAdding(false)} /> : null}
    </SettingsPage>
  )
}

function NewMethod({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const accounts = useAccountChoices('manual')
  const [code, setCode] = useState('')
  const [name_zh, setZh] = useState('')
  const [name_en, setEn] = useState('')
  const [account_id, setAccount] = useState<string | null>(null)
  const create = useRun('accounting.createPaymentMethod')
  const chosen = account_id === null ? undefined : accounts.byId.get(account_id)
  const save = async (): Promise<void> => {
    const said = await create.run({ code, name_zh: name_zh || name_en, name_en, account_id: account_id ?? '' })
    if (said?.ok) onClose()
  }
  return (
    <Dialog open title={t('command.accounting.createPaymentMethod')} okText={t('ui.save')} cancelText={t('ui.cancel')} onOk={() => void save()} onCancel={onClose}>
      <RefusalMessage no={create.no} />
      <ProblemsProvider value={problemsOf(create.no)}>
        <FieldRow>
          <Field label={t('ui.f.code')} path="code" isRequired span={4} hint={t('ui.method.codeHint')}>
            {(ids) => <TextField {...ids} autoFocus value={code} onChange={setCode} />}
          </Field>
          <Field label={t('ui.f.nameZh')} path="name_zh" isRequired span={4}>
            {(ids) => <TextField {...ids} value={name_zh} onChange={setZh} />}
          </Field>
          <Field label={t('ui.f.nameEn')} path="name_en" span={4}>
            {(ids) => <TextField {...ids} value={name_en} onChange={setEn} />}
          </Field>
          <Field label={t('ui.f.account')} path="account_id" isRequired span={12}>
            {(ids) => (
              <EntityPicker<AccountChoice>
                {...ids}
                chosen={chosen ? { id: chosen.id, label: `${chosen.code} ${chosen.label}` } : null}
                search={accounts.search}
                onPick={({ id }) => setAccount(id)}
              />
            )}
          </Field>
        </FieldRow>
      </ProblemsProvider>
    </Dialog>
  )
}

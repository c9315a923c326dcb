import { useState } from 'react'
import { Button, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { NamesInput, noNames, TextInput } from '../../ui/fields/inputs.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { useAccountName } from '../accounting/account-names.ts'
import { AccountPicker, useAccountChoices } from '../accounting/account-picker.tsx'
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
      <Table
        rows={data?.rows}
        keyOf={(m) => m.code}
        columns={[
          { key: 'code', title: t('ui.f.code'), figures: 'tabular', render: (m) => m.code },
          { key: 'name', title: t('ui.f.name'), render: (m) => (format.locale === 'zh-CN' ? m.name_zh : m.name_en || m.name_zh) },
          { key: 'account', title: t('ui.f.account'), render: nameOf },
          {
            key: 'active',
            title: t('ui.active'),
            render: (m) => (
              <Switch
                size="small"
                aria-label={`${t('ui.active')} ${m.code}`}
                disabled={!canEdit}
                checked={m.is_active === 1}
                onChange={(isActive) => void update.run({ code: m.code, is_active: isActive ? 1 : 0 })}
              />
            ),
          },
        ]}
      />
      {isAdding ? <NewMethod onClose={() => setAdding(false)} /> : null}
    </SettingsPage>
  )
}

function NewMethod({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const accounts = useAccountChoices('manual')
  const [code, setCode] = useState('')
  const [names, setNames] = useState(noNames)
  const [account_id, setAccount] = useState<string | null>(null)
  return (
    <ActionDialog
      name="accounting.createPaymentMethod"
      inputOf={() => ({ code, name_zh: names.name_zh || names.name_en, name_en: names.name_en, account_id: account_id ?? '' })}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('ui.f.code')} path="code" isRequired span={4} hint={t('ui.method.codeHint')} autoFocus value={code} onChange={setCode} />
        <NamesInput isRequired value={names} onChange={setNames} />
        <Field label={t('ui.f.account')} path="account_id" isRequired span={12}>
          {(ids) => <AccountPicker {...ids} accounts={accounts} account_id={account_id} onPick={({ id }) => setAccount(id)} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

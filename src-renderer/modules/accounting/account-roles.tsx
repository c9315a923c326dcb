import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { useFormat } from '../../ui/format.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { AccountPicker, useAccountChoices } from './account-picker.tsx'

type Account = RowOf<'accounting.accounts'>
type Role = Account['roles'][number]

/** Every part that an account may play, in the order of the business, with the work it belongs to. One forgotten does not compile. */
const areas: Record<Role, 'sales' | 'purchasing' | 'stock' | 'books'> = {
  receivable: 'sales',
  customer_advances: 'sales',
  revenue: 'sales',
  output_tax: 'sales',
  settlement_discount: 'sales',
  bad_debt: 'sales',
  late_interest: 'sales',
  accrued_receivable: 'sales',
  accrued_tax: 'sales',
  payable: 'purchasing',
  supplier_advances: 'purchasing',
  input_tax: 'purchasing',
  expense: 'purchasing',
  purchase_discount: 'purchasing',
  inventory: 'stock',
  goods_delivered: 'stock',
  cost_of_sales: 'stock',
  inventory_gain: 'stock',
  inventory_loss: 'stock',
  pending_property: 'stock',
  repairs: 'stock',
  opening_clearing: 'books',
  rounding: 'books',
  retained_earnings: 'books',
}
const roles = Object.keys(areas) as Role[]

/** Which accounts automatic postings use: one row a part, with its account. */
export function AccountRoles({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { locale } = useFormat()
  const [changing, setChanging] = useState<Role | null>(null)
  const canEdit = may('accounting.setup')
  const accountOf = (role: Role): Account | undefined => accounts.find((account) => account.roles.includes(role))
  const nameOf = ({ code, name_zh, name_en }: Account): string => `${code} ${locale === 'zh-CN' ? name_zh : name_en || name_zh}`
  return (
    <div style={{ overflow: 'auto' }}>
      <Panel title={t('ui.account.roles')}>
        <Table
          look="bare"
          rows={roles}
          keyOf={(role) => role}
          columns={[
            { key: 'area', title: t('ui.account.area'), render: (role, index) => (index > 0 && areas[roles[index - 1]!] === areas[role] ? null : <span className="zg-soft">{t(`ui.nav.${areas[role]}`)}</span>) },
            { key: 'role', title: t('ui.account.role'), render: (role) => t(`state.accounting.role.${role}`) },
            {
              key: 'account',
              title: t('ui.f.account'),
              render: (role) => {
                const account = accountOf(role)
                return account ? nameOf(account) : <StatusTag tone="warning">{t('ui.account.roleOpen')}</StatusTag>
              },
            },
            { key: 'actions', render: (role) => <RowButtons offers={[canEdit && { text: t('ui.account.roleChange'), run: () => setChanging(role) }]} /> },
          ]}
        />
      </Panel>
      {changing ? <ChangeRole role={changing} present={accountOf(changing)} onClose={() => setChanging(null)} /> : null}
    </div>
  )
}

function ChangeRole({ role, present, onClose }: { role: Role; present: Account | undefined; onClose(): void }) {
  const { t } = useTranslation()
  const accounts = useAccountChoices('leaves')
  const [account_id, setAccount] = useState<string | null>(null)
  return (
    <ActionDialog
      name="accounting.setAccountRole"
      subject={t(`state.accounting.role.${role}`)}
      text={`${present ? t('ui.account.roleNow', { account: accounts.nameOf(present.account_id) }) : ''}${t('ui.account.roleText')}`}
      isReady={account_id !== null}
      inputOf={() => ({ role, account_id: account_id ?? '' })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.f.account')} path="account_id" isRequired span={12}>
          {(ids) => <AccountPicker {...ids} autoFocus placeholder={t('ui.account.find')} accounts={accounts} account_id={account_id} onPick={({ id }) => setAccount(id)} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

import { useMemo, useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import type { Column } from '../../ui/data-grid/columns.ts'
import { useLocalRows } from '../../ui/data-grid/use-rows.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { ActiveInput, FlagInput, NamesInput, noNames, TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, SearchBox, useFilters } from '../../ui/list-page.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { AccountPicker, useAccountChoices } from './account-picker.tsx'
import { AccountRoles } from './account-roles.tsx'

type Row = RowOf<'accounting.accounts'>
const classes: readonly Row['class'][] = ['asset', 'liability', 'equity', 'cost', 'income', 'expense']

/** The chart of accounts, each row leading to its book, and which accounts automatic postings use. */
export function AccountsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const { locale } = useFormat()
  const navigate = useNavigate()
  const [front, setFront] = useState<Row | 'new' | null>(null)
  const canEdit = may('accounting.setup')
  const { values, set } = useFilters({ text: '' })
  const { data } = useAsk('accounting.accounts', {})
  const wanted = values.text.trim().toLowerCase()
  const found = useMemo(() => data?.rows.filter((r) => wanted === '' || r.code.startsWith(wanted) || r.name_zh.includes(wanted) || r.name_en.toLowerCase().includes(wanted)), [data, wanted])
  const rows = useLocalRows<Row>(found)
  const columns: readonly Column<Row>[] = [
    { key: 'code', title: t('ui.account.code'), width: 84, figures: 'tabular', render: (r) => r.code },
    { key: 'name', title: t('ui.f.name'), width: 150, grow: 2, render: (r) => <span style={{ paddingInlineStart: (r.level - 1) * 14 }}>{locale === 'zh-CN' ? r.name_zh : r.name_en || r.name_zh}</span> },
    { key: 'class', title: t('ui.account.class'), width: 80, render: (r) => t(`ui.account.class.${r.class}`) },
    { key: 'direction', title: t('ui.f.direction'), width: 60, align: 'center', render: (r) => t(`ui.direction.${r.direction}`) },
    { key: 'control', title: t('ui.account.control'), width: 118, render: (r) => (r.control ? <StatusTag tone="info">{t('ui.account.controlled')}</StatusTag> : null) },
    { key: 'active', title: t('ui.f.state'), width: 70, render: (r) => (r.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>) },
    ...(canEdit
      ? [
          {
            key: 'actions',
            title: t('ui.lines.actions'),
            width: 70,
            render: (r: Row) => (
              <Button
                size="small"
                aria-label={`${t('ui.edit')} ${r.code}`}
                onClick={(event) => {
                  // The row itself leads to the account's book.
                  event.stopPropagation()
                  setFront(r)
                }}
              >
                {t('ui.edit')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <ListPage
      title={t('ui.nav.accounts')}
      filters={<SearchBox value={values.text} onChange={(text) => set({ text })} placeholder={t('ui.account.find')} />}
      actions={
        <>
          {may('accounting.opening') ? <Button onClick={() => void navigate('/books/opening')}>{t('ui.nav.opening')}</Button> : null}
          {canEdit ? <Button onClick={() => setFront('new')}>{t('command.accounting.createAccount')}</Button> : null}
        </>
      }
    >
      <div className="zg-halves" style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(400px, 36%)', gridTemplateRows: 'minmax(0, 1fr)', alignItems: 'stretch', flex: 1, minHeight: 0 }}>
        <DataGrid<Row> label={t('ui.nav.accounts')} columns={columns} rows={rows} keyOf={(r) => r.account_id} onOpen={(r) => void navigate(`/books/ledger?account=${r.account_id}`)} empty={<EmptyState title={t('ui.nothingFound')} />} />
        <AccountRoles accounts={data?.rows ?? []} />
      </div>
      {front === 'new' ? <NewAccount onClose={() => setFront(null)} /> : front ? <AccountForm account={front} onClose={() => setFront(null)} /> : null}
    </ListPage>
  )
}

function NewAccount({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const accounts = useAccountChoices('all')
  const [parent_id, setParent] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const [names, setNames] = useState(noNames)
  const [accountClass, setClass] = useState<Row['class'] | null>(null)
  return (
    <ActionDialog
      name="accounting.createAccount"
      inputOf={() => ({
        code,
        name_zh: names.name_zh || names.name_en,
        name_en: names.name_en,
        ...(parent_id !== null ? { parent_id } : accountClass !== null ? { class: accountClass } : {}),
      })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.account.parent')} path="parent_id" span={12}>
          {(ids) => (
            <AccountPicker
              {...ids}
              autoFocus
              accounts={accounts}
              account_id={parent_id}
              onPick={({ id, code: parentCode }) => {
                setParent(id)
                setCode(parentCode ?? '')
              }}
            />
          )}
        </Field>
        <TextInput label={t('ui.f.code')} path="code" isRequired span={4} hint={t('ui.account.codeHint')} value={code} onChange={setCode} />
        <NamesInput isRequired value={names} onChange={setNames} />
        {parent_id === null ? (
          <Field label={t('ui.account.class')} path="class" span={4} hint={t('ui.account.classHint')}>
            {(ids) => <SelectField<Row['class']> {...ids} none="—" value={accountClass} options={classes.map((value) => ({ value, label: t(`ui.account.class.${value}`) }))} onChange={setClass} />}
          </Field>
        ) : null}
      </FieldRow>
    </ActionDialog>
  )
}

/** What may change of an account: its names, and whether it is still used, by hand or at all. */
function AccountForm({ account, onClose }: { account: Row; onClose(): void }) {
  const { t } = useTranslation()
  const [names, setNames] = useState(() => ({ name_zh: account.name_zh, name_en: account.name_en }))
  const [is_active, setActive] = useState(account.is_active)
  const [allows_manual, setManual] = useState(account.allows_manual)
  return (
    <ActionDialog
      name="accounting.updateAccount"
      subject={account.code}
      enter="submits"
      inputOf={() => ({ account_id: account.account_id, ...names, is_active, ...(allows_manual === account.allows_manual ? {} : { allows_manual }) })}
      onClose={onClose}
    >
      <FieldRow>
        <NamesInput isRequired value={names} onChange={setNames} />
        <ActiveInput span={4} value={is_active} onChange={setActive} />
        <FlagInput label={t('ui.account.byHand')} path="allows_manual" span={4} yes={t('ui.account.byHandYes')} no={t('ui.account.controlled')} value={allows_manual} onChange={setManual} />
      </FieldRow>
    </ActionDialog>
  )
}

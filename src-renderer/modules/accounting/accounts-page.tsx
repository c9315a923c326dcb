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
import { NamesInput, noNames, TextInput } from '../../ui/fields/inputs.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, SearchBox, useFilters } from '../../ui/list-page.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { AccountPicker, useAccountChoices } from './account-picker.tsx'

type Row = RowOf<'accounting.accounts'>

/** The chart of accounts; each row leads to its book. */
export function AccountsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const { locale } = useFormat()
  const navigate = useNavigate()
  const [isAdding, setAdding] = useState(false)
  const { values, set } = useFilters({ text: '' })
  const { data } = useAsk('accounting.accounts', {})
  const wanted = values.text.trim().toLowerCase()
  const found = useMemo(() => data?.rows.filter((r) => wanted === '' || r.code.startsWith(wanted) || r.name_zh.includes(wanted) || r.name_en.toLowerCase().includes(wanted)), [data, wanted])
  const rows = useLocalRows<Row>(found)
  const columns: readonly Column<Row>[] = [
    { key: 'code', title: t('ui.f.code'), width: 120, figures: 'tabular', render: (r) => r.code },
    { key: 'name', title: t('ui.f.name'), width: 240, grow: 2, render: (r) => <span style={{ paddingInlineStart: (r.level - 1) * 14 }}>{locale === 'zh-CN' ? r.name_zh : r.name_en || r.name_zh}</span> },
    { key: 'class', title: t('ui.account.class'), width: 110, render: (r) => t(`ui.account.class.${r.class}`) },
    { key: 'direction', title: t('ui.f.direction'), width: 70, align: 'center', render: (r) => t(`ui.direction.${r.direction}`) },
    { key: 'control', title: t('ui.account.control'), width: 120, render: (r) => (r.control ? <StatusTag tone="info">{t('ui.account.controlled')}</StatusTag> : null) },
    { key: 'active', title: t('ui.f.state'), width: 90, render: (r) => (r.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>) },
  ]
  return (
    <ListPage
      title={t('ui.nav.accounts')}
      filters={<SearchBox value={values.text} onChange={(text) => set({ text })} placeholder={t('ui.account.find')} />}
      actions={may('accounting.setup') ? <Button onClick={() => setAdding(true)}>{t('command.accounting.createAccount')}</Button> : null}
    >
      <DataGrid<Row> label={t('ui.nav.accounts')} columns={columns} rows={rows} keyOf={(r) => r.account_id} onOpen={(r) => void navigate(`/books/ledger?account=${r.account_id}`)} empty={<EmptyState title={t('ui.nothingFound')} />} />
      {isAdding ? <NewAccount onClose={() => setAdding(false)} /> : null}
    </ListPage>
  )
}

function NewAccount({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const accounts = useAccountChoices('all')
  const [parent_id, setParent] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const [names, setNames] = useState(noNames)
  return (
    <ActionDialog
      name="accounting.createAccount"
      inputOf={() => ({ code, name_zh: names.name_zh || names.name_en, name_en: names.name_en, ...(parent_id === null ? {} : { parent_id }) })}
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
      </FieldRow>
    </ActionDialog>
  )
}

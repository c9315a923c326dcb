import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { SelectField, TextField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { SettingsPage } from './settings-page.tsx'

type Row = RowOf<'inventory.warehouses'>
const policies = ['inherit', 'forbid', 'warn', 'allow'] as const

export function WarehousesPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const [front, setFront] = useState<Row | 'new' | null>(null)
  const { data } = useAsk('inventory.warehouses', { show: 'all' })
  const { list } = useFormat()
  const update = useRun('inventory.updateWarehouse')
  const canEdit = may('inventory.configure')
  return (
    <SettingsPage title={t('ui.nav.warehouses')} actions={canEdit ? <Button onClick={() => setFront('new')}>{t('command.inventory.createWarehouse')}</Button> : null}>
      <RefusalMessage no={update.no} />
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">{t('ui.f.code')}</th>
              <th scope="col">{t('ui.f.name')}</th>
              <th scope="col">{t('ui.company.negativeStock')}</th>
              <th scope="col">{t('ui.warehouse.locations')}</th>
              <th scope="col">{t('ui.f.state')}</th>
              <th scope="col">
                <span className="zg-sr">{t('ui.lines.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(data?.rows ?? []).map((w) => (
              <tr key={w.warehouse_id}>
                <td className="zg-figures">{w.code}</td>
                <td>{w.name}</td>
                <td>{t(`ui.negativeStock.${w.negative_stock}`)}</td>
                <td>{list(w.locations.map((l) => l.name))}</td>
                <td>
                  {w.is_default ? <StatusTag tone="info">{t('ui.party.default')}</StatusTag> : null}
                  {w.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>}
                </td>
                <td>
                  {canEdit ? (
                    <div className="zg-actions">
                      <Button size="small" onClick={() => setFront(w)}>
                        {t('ui.edit')}
                      </Button>
                      {w.is_default ? null : (
                        <>
                          <Button size="small" onClick={() => void update.run({ warehouse_id: w.warehouse_id, is_default: 1 })}>
                            {t('ui.warehouse.makeDefault')}
                          </Button>
                          <Button size="small" onClick={() => void update.run({ warehouse_id: w.warehouse_id, is_active: w.is_active ? 0 : 1 })}>
                            {t(w.is_active ? 'ui.deactivate' : 'ui.reactivate')}
                          </Button>
                        </>
                      )}
                    </div>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {front ? <WarehouseForm warehouse={front === 'new' ? null : front} onClose={() => setFront(null)} /> : null}
    </SettingsPage>
  )
}

function WarehouseForm({ warehouse, onClose }: { warehouse: Row | null; onClose(): void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState(warehouse?.code ?? '')
  const [name, setName] = useState(warehouse?.name ?? '')
  const [negative_stock, setPolicy] = useState<(typeof policies)[number]>(warehouse?.negative_stock ?? 'inherit')
  const create = useRun('inventory.createWarehouse')
  const update = useRun('inventory.updateWarehouse')
  const no = create.no ?? update.no
  const save = async (): Promise<void> => {
    const said = warehouse === null ? await create.run({ code, name, negative_stock }) : await update.run({ warehouse_id: warehouse.warehouse_id, code, name, negative_stock })
    if (said?.ok) onClose()
  }
  return (
    <Dialog
      open
      title={t(warehouse === null ? 'command.inventory.createWarehouse' : 'command.inventory.updateWarehouse')}
      okText={t('ui.save')}
      cancelText={t('ui.cancel')}
      onOk={() => void save()}
      onCancel={onClose}
     
    >
      <RefusalMessage no={no} />
      <ProblemsProvider value={problemsOf(no)}>
        <FieldRow>
          <Field label={t('ui.f.code')} path="code" isRequired span={4}>
            {(ids) => <TextField {...ids} autoFocus value={code} onChange={setCode} />}
          </Field>
          <Field label={t('ui.f.name')} path="name" isRequired span={8}>
            {(ids) => <TextField {...ids} value={name} onChange={setName} />}
          </Field>
          <Field label={t('ui.company.negativeStock')} path="negative_stock" span={12}>
            {(ids) => (
              <SelectField {...ids} value={negative_stock} options={policies.map((value) => ({ value, label: t(`ui.negativeStock.${value}`) }))} onChange={(value) => setPolicy(value ?? 'inherit')} />
            )}
          </Field>
        </FieldRow>
      </ProblemsProvider>
    </Dialog>
  )
}

import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { LabelsDialog, type Labelled } from './labels-dialog.tsx'
import { SettingsPage } from './settings-page.tsx'

type Row = RowOf<'inventory.warehouses'>
const policies = ['inherit', 'forbid', 'warn', 'allow'] as const

export function WarehousesPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const [front, setFront] = useState<Row | 'new' | null>(null)
  const [opened, setOpened] = useState<Row | null>(null)
  const [labelled, setLabelled] = useState<readonly Labelled[] | null>(null)
  const { data } = useAsk('inventory.warehouses', { show: 'all' })
  const { list } = useFormat()
  const update = useRun('inventory.updateWarehouse')
  const canEdit = may('inventory.configure')
  return (
    <SettingsPage title={t('ui.nav.warehouses')} actions={canEdit ? <Button onClick={() => setFront('new')}>{t('command.inventory.createWarehouse')}</Button> : null}>
      <RefusalMessage no={update.no} />
      <Table
        rows={data?.rows}
        keyOf={(w) => w.warehouse_id}
        columns={[
          { key: 'code', title: t('ui.f.code'), figures: 'tabular', render: (w) => w.code },
          { key: 'name', title: t('ui.f.name'), render: (w) => w.name },
          { key: 'policy', title: t('ui.company.negativeStock'), render: (w) => t(`ui.negativeStock.${w.negative_stock}`) },
          { key: 'locations', title: t('ui.warehouse.locations'), render: (w) => list(w.locations.map((l) => l.name)) },
          {
            key: 'state',
            title: t('ui.f.state'),
            render: (w) => (
              <>
                {w.is_default ? <StatusTag tone="info">{t('ui.party.default')}</StatusTag> : null}
                {w.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>}
              </>
            ),
          },
          {
            key: 'actions',
            render: (w) => (
                <RowButtons
                  offers={[
                    { text: t('ui.print.labels'), run: () => setLabelled(w.locations.map((l) => ({ id: l.location_id, name: `${l.code} ${l.name}`, count: 1 }))) },
                    canEdit && { text: t('ui.edit'), run: () => setFront(w) },
                    canEdit && { text: t('ui.warehouse.locations'), run: () => setOpened(w) },
                    canEdit && !w.is_default && { text: t('ui.warehouse.makeDefault'), run: () => void update.run({ warehouse_id: w.warehouse_id, is_default: 1 }) },
                    canEdit && !w.is_default && { text: t(w.is_active ? 'ui.deactivate' : 'ui.reactivate'), run: () => void update.run({ warehouse_id: w.warehouse_id, is_active: w.is_active ? 0 : 1 }) },
                  ]}
                />
              ),
          },
        ]}
      />
      {labelled ? <LabelsDialog of="inventory.label" things={labelled} onClose={() => setLabelled(null)} /> : null}
      {front ? <WarehouseForm warehouse={front === 'new' ? null : front} onClose={() => setFront(null)} /> : null}
      {opened ? <Locations warehouse={opened} onClose={() => setOpened(null)} /> : null}
    </SettingsPage>
  )
}

/** The places within a warehouse, and one more. */
function Locations({ warehouse, onClose }: { warehouse: Row; onClose(): void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  return (
    <ActionDialog name="inventory.createLocation" subject={warehouse.name} enter="submits" inputOf={() => ({ warehouse_id: warehouse.warehouse_id, code, name })} onClose={onClose}>
      <Table
        look="parts"
        caption={t('ui.warehouse.locations')}
        rows={warehouse.locations}
        keyOf={(l) => l.location_id}
        columns={[
          { key: 'code', title: t('ui.f.code'), figures: 'tabular', render: (l) => l.code },
          { key: 'name', title: t('ui.f.name'), render: (l) => l.name },
          { key: 'state', title: t('ui.f.state'), render: (l) => (l.is_default ? <StatusTag tone="info">{t('ui.party.default')}</StatusTag> : null) },
        ]}
      />
      <FieldRow>
        <TextInput label={t('ui.f.code')} path="code" isRequired span={4} autoFocus value={code} onChange={setCode} />
        <TextInput label={t('ui.f.name')} path="name" isRequired span={8} value={name} onChange={setName} />
      </FieldRow>
    </ActionDialog>
  )
}

function WarehouseForm({ warehouse, onClose }: { warehouse: Row | null; onClose(): void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState(warehouse?.code ?? '')
  const [name, setName] = useState(warehouse?.name ?? '')
  const [negative_stock, setPolicy] = useState<(typeof policies)[number]>(warehouse?.negative_stock ?? 'inherit')
  return (
    <ActionDialog
      name={warehouse === null ? 'inventory.createWarehouse' : 'inventory.updateWarehouse'}
      inputOf={() => ({ ...(warehouse === null ? {} : { warehouse_id: warehouse.warehouse_id }), code, name, negative_stock })}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('ui.f.code')} path="code" isRequired span={4} autoFocus value={code} onChange={setCode} />
        <TextInput label={t('ui.f.name')} path="name" isRequired span={8} value={name} onChange={setName} />
        <Field label={t('ui.company.negativeStock')} path="negative_stock" span={12}>
          {(ids) => (
            <SelectField {...ids} value={negative_stock} options={policies.map((value) => ({ value, label: t(`ui.negativeStock.${value}`) }))} onChange={(value) => setPolicy(value ?? 'inherit')} />
          )}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

import { useState } from 'react'
import { App, Button } from 'antd'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { useSure } from '../../ui/use-sure.ts'
import { useRun } from '../../api/use-run.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { useTranslation } from 'react-i18next'
import type { RowOf, RunInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { ActiveInput, TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, PriceField, QuantityField, SelectField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage } from '../../ui/list-page.tsx'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { searchItems, type ItemChoice } from './item-search.ts'

/** Price lists at the left, the prices of the chosen one at the right. */
export function PriceListsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const [chosen, setChosen] = useState<string | null>(null)
  const [front, setFront] = useState<'new' | 'edit' | 'price' | Price | null>(null)
  const { data } = useAsk('catalog.priceLists', {})
  const list = data?.rows.find((l) => l.list_id === chosen) ?? data?.rows[0]
  const canEdit = may('catalog.prices')
  return (
    <ListPage
      title={t('ui.nav.priceLists')}
      actions={
        canEdit ? (
          <>
            <Button onClick={() => setFront('new')}>{t('command.catalog.createPriceList')}</Button>
            {list ? <Button onClick={() => setFront('edit')}>{t('command.catalog.updatePriceList')}</Button> : null}
            {list ? (
              <Button type="primary" onClick={() => setFront('price')}>
                {t('command.catalog.setPrices')}
              </Button>
            ) : null}
          </>
        ) : null
      }
    >
      {data && data.rows.length === 0 ? <EmptyState title={t('ui.priceLists.empty')} text={t('ui.priceLists.emptyText')} /> : null}
      {list ? (
        <div className="zg-halves" style={{ gridTemplateColumns: '300px minmax(0, 1fr)' }}>
          <Table
            rows={data!.rows}
            current={list}
            keyOf={(l) => l.list_id}
            columns={[
              {
                key: 'name',
                title: t('ui.f.name'),
                render: (l) => (
                  <>
                    <button type="button" className="zg-link" onClick={() => setChosen(l.list_id)}>
                      {l.name}
                    </button>{' '}
                    {l.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>}
                    <div className="zg-soft zg-figures">{[l.from_day, l.to_day].filter(Boolean).join(' – ')}</div>
                  </>
                ),
              },
              { key: 'level', title: t('ui.party.priceLevel'), render: (l) => l.level ?? t('ui.priceLists.everybody') },
            ]}
          />
          <Prices list_id={list.list_id} name={list.name} {...(canEdit ? { onEdit: setFront } : {})} />
        </div>
      ) : null}
      {front === 'new' ? <PriceListForm list={null} onClose={() => setFront(null)} /> : null}
      {front === 'edit' && list ? <PriceListForm list={list} onClose={() => setFront(null)} /> : null}
      {list && (front === 'price' || (typeof front === 'object' && front !== null)) ? (
        <PriceForm list_id={list.list_id} present={front === 'price' ? null : front} onClose={() => setFront(null)} />
      ) : null}
    </ListPage>
  )
}

type Price = RowOf<'catalog.priceList'>

function Prices({ list_id, name, onEdit }: { list_id: string; name: string; onEdit?(price: Price): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const isSure = useSure()
  const { data } = useAsk('catalog.priceList', { list_id, limit: 500 })
  const set = useRun('catalog.setPrices')
  const remove = async ({ item_id, item_name, unit, min_quantity_e6 }: Price): Promise<void> => {
    if (!(await isSure({ title: t('ui.priceLists.removeSure', { name: item_name }), text: '', ok: t('ui.remove') }))) return
    const others = (data?.rows ?? []).filter((p) => p.item_id === item_id && !(p.unit === unit && p.min_quantity_e6 === min_quantity_e6))
    await set.run({ list_id, items: [{ item_id, prices: others.map((p) => ({ unit: p.unit, min_quantity_e6: p.min_quantity_e6, price_e4: p.price_e4 })) }] })
  }
  return (
    <div className="zg-stack">
      <RefusalMessage no={set.no} />
      <Table
        caption={name}
        none={t('ui.priceLists.noPrices')}
        rows={data?.rows}
        keyOf={(p) => `${p.item_id} ${p.unit} ${p.min_quantity_e6}`}
        columns={[
          { key: 'code', title: t('ui.f.code'), figures: 'tabular', render: (p) => p.code },
          { key: 'name', title: t('ui.f.name'), render: (p) => p.item_name },
          { key: 'unit', title: t('ui.f.unit'), render: (p) => p.unit },
          { key: 'from', title: t('ui.priceLists.from'), align: 'end', render: (p) => (p.min_quantity_e6 === 0 ? '' : format.quantity(p.min_quantity_e6)) },
          { key: 'price', title: t('ui.f.price'), align: 'end', render: (p) => format.price(p.price_e4) },
          ...(onEdit
            ? [
                {
                  key: 'actions',
                  render: (p: Price) => (
                    <RowButtons
                      offers={[
                        { text: t('ui.edit'), run: () => onEdit(p) },
                        { text: t('ui.remove'), run: () => void remove(p) },
                      ]}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
    </div>
  )
}

function PriceListForm({ list, onClose }: { list: RowOf<'catalog.priceLists'> | null; onClose(): void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(list?.name ?? '')
  const [level, setLevel] = useState(list?.level ?? '')
  const [from_day, setFrom] = useState(list?.from_day ?? null)
  const [to_day, setTo] = useState(list?.to_day ?? null)
  const [priority, setPriority] = useState<number | null>(list?.priority ?? 0)
  const [is_active, setActive] = useState(list?.is_active ?? 1)
  return (
    <ActionDialog
      name={list === null ? 'catalog.createPriceList' : 'catalog.updatePriceList'}
      inputOf={() => ({
        ...(list === null ? {} : { list_id: list.list_id, is_active }),
        name,
        level: level.trim() === '' ? null : level.trim(),
        from_day,
        to_day,
        priority: priority ?? 0,
      })}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={8} autoFocus value={name} onChange={setName} />
        <TextInput label={t('ui.party.priceLevel')} path="level" span={4} hint={t('ui.priceLists.levelHint')} value={level} onChange={setLevel} />
        <Field label={t('ui.f.from')} path="from_day" span={4}>
          {(ids) => <DayField {...ids} value={from_day} onChange={setFrom} />}
        </Field>
        <Field label={t('ui.f.to')} path="to_day" span={4}>
          {(ids) => <DayField {...ids} value={to_day} onChange={setTo} />}
        </Field>
        <Field label={t('ui.priceLists.priority')} path="priority" span={4}>
          {(ids) => <WholeField {...ids} value={priority} onChange={setPriority} />}
        </Field>
        {list === null ? null : <ActiveInput span={4} value={is_active} onChange={setActive} />}
      </FieldRow>
    </ActionDialog>
  )
}

/** A price of the list: another one, or one that there is with another amount. */
function PriceForm({ list_id, present, onClose }: { list_id: string; present: Price | null; onClose(): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { message } = App.useApp()
  const [choice, setChoice] = useState<ItemChoice | null>(null)
  const [unit, setUnit] = useState<string | null>(present?.unit ?? null)
  const [min_quantity_e6, setMin] = useState<number | null>(present && present.min_quantity_e6 !== 0 ? present.min_quantity_e6 : null)
  const [price_e4, setPrice] = useState<number | null>(present?.price_e4 ?? null)
  const item_id = present?.item_id ?? choice?.id
  const { data } = useAsk('catalog.item', { item_id: item_id ?? '' }, { enabled: item_id !== undefined })
  /** The list's prices of an item are replaced as a whole, so the others go along. */
  const inputOf = (): RunInput<'catalog.setPrices'> => {
    const step = { unit: unit ?? choice?.item.base_unit ?? '', min_quantity_e6: min_quantity_e6 ?? 0, price_e4: price_e4 ?? 0 }
    const isSame = (p: { unit: string; min_quantity_e6: number }, as: { unit: string; min_quantity_e6: number } | null): boolean => p.unit === as?.unit && p.min_quantity_e6 === as.min_quantity_e6
    const others = (data?.prices ?? []).filter((p) => p.list_id === list_id && !isSame(p, step) && !isSame(p, present))
    const prices = [...others.map((p) => ({ unit: p.unit, min_quantity_e6: p.min_quantity_e6, price_e4: p.price_e4 })), step]
    return { list_id, items: [{ item_id: item_id ?? '', prices }] }
  }
  const unitsOf = data ? [data.base_unit, ...data.units.map((u) => u.name)] : unit === null ? [] : [unit]
  return (
    <ActionDialog name="catalog.setPrices" enter="submits" isReady={data !== undefined && price_e4 !== null} inputOf={inputOf} onDone={() => void message.success(t('ui.saved'))} onClose={onClose}>
      <FieldRow>
        <Field label={t('ui.f.item')} isRequired span={12}>
          {(ids) =>
            present ? (
              <output {...ids} className="zg-input zg-output">
                {present.code} {present.item_name}
              </output>
            ) : (
              <EntityPicker<ItemChoice>
                {...ids}
                autoFocus
                chosen={choice ? { id: choice.id, label: choice.label } : null}
                search={(text) => searchItems(text, { price: format.price })}
                onPick={(picked) => {
                  setChoice(picked)
                  setUnit(picked.unit)
                }}
              />
            )
          }
        </Field>
        <Field label={t('ui.f.unit')} span={4}>
          {(ids) => (
            <SelectField {...ids} value={unit} options={unitsOf.map((value) => ({ value, label: value }))} onChange={setUnit} />
          )}
        </Field>
        <Field label={t('ui.priceLists.from')} span={4}>
          {(ids) => <QuantityField {...ids} value={min_quantity_e6} onChange={setMin} />}
        </Field>
        <Field label={t('ui.f.price')} isRequired span={4}>
          {(ids) => <PriceField {...ids} value={price_e4} onChange={setPrice} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { formatMultiUnit } from '../../../src-main/kernel/quantity.ts'
import type { AskInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useAvailability } from '../inventory/availability.ts'
import { LabelsDialog, type Labelled } from '../platform/labels-dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

/** The items with price; stock stands on the stock screen and on the item's page. */
export function ItemsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const [labelled, setLabelled] = useState<readonly Labelled[] | null>(null)
  return (
    <ListScreen
      name="catalog.items"
      title={t('ui.nav.items')}
      columns={() => [
        { key: 'code', from: 'code', title: t('ui.f.code'), width: 112, sort: 'code', figures: 'tabular', render: (r) => r.code },
        { key: 'name', from: 'name', title: t('ui.f.name'), width: 190, grow: 3, sort: 'name', render: (r) => r.name },
        { key: 'spec', from: 'spec', title: t('ui.item.spec'), width: 110, grow: 1, render: (r) => r.spec },
        { key: 'category', from: 'category_name', title: t('ui.item.category'), width: 110, render: (r) => r.category_name },
        ...(may('inventory.read')
          ? [{ key: 'stock', title: t('ui.stock.available'), width: 118, align: 'end' as const, render: (r: { item_id: string; kind: string }) => (r.kind === 'service' ? '' : <Available item_id={r.item_id} />) }]
          : []),
        { key: 'unit', from: 'base_unit', title: t('ui.f.unit'), width: 70, render: (r) => r.base_unit },
        { key: 'price', from: 'price_e4', title: t('ui.item.price'), width: 112, align: 'end', sort: 'price_e4', render: (r) => (r.price_e4 === 0 ? '' : format.price(r.price_e4)) },
        { key: 'kind', from: 'kind', words: wordsOf(['stocked', 'service'], (kind) => t(`ui.item.kind.${kind}`)), title: t('ui.item.kind'), width: 90, render: (r) => (r.kind === 'service' ? <StatusTag tone="info">{t('ui.item.kind.service')}</StatusTag> : null) },
        { key: 'active', from: 'is_active', words: { 0: t('ui.inactive'), 1: t('ui.active') }, title: t('ui.f.state'), width: 80, render: (r) => (r.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>) },
      ]}
      inputOf={(v) => ({
        text: v.text,
        ...(v.choice === 'stocked' || v.choice === 'service' ? { kind: v.choice as 'stocked' | 'service' } : {}),
        ...(v.choice === 'all' ? {} : { is_active: v.choice === 'inactive' ? (0 as const) : (1 as const) }),
        sort: v.sort as NonNullable<AskInput<'catalog.items'>['sort']>,
        direction: v.direction as 'asc' | 'desc',
      })}
      idField="item_id"
      target="catalog.item"
      pathOf={(row) => `/items/${row.item_id}`}
      toneOf={(row) => (row.is_active ? undefined : 'muted')}
      search={t('ui.item.find')}
      choice={{
        label: t('ui.active'),
        options: [
          { value: 'stocked', label: t('ui.item.kind.stocked') },
          { value: 'service', label: t('ui.item.kind.service') },
          { value: 'inactive', label: t('ui.inactive') },
          { value: 'all', label: t('ui.all') },
        ],
      }}
      sort={{ key: 'code', direction: 'asc' }}
      actions={
        <>
          <Button onClick={() => void navigate('/items/prices')}>{t('ui.nav.priceLists')}</Button>
          <Button onClick={() => void navigate('/items/categories')}>{t('query.catalog.categories')}</Button>
        </>
      }
      make={{ path: '/items/new', text: t('ui.nav.newItem'), permission: 'catalog.write' }}
      bulk={[
        {
          name: 'catalog.deactivateItem',
          permission: 'catalog.write',
          text: t('ui.deactivate'),
          isFor: (row) => row.is_active === 1,
          inputOf: (row) => ({ item_id: row.item_id }),
          nameOf: (row) => row.name,
        },
        {
          name: 'catalog.reactivateItem',
          permission: 'catalog.write',
          text: t('ui.reactivate'),
          isFor: (row) => row.is_active === 0,
          inputOf: (row) => ({ item_id: row.item_id }),
          nameOf: (row) => row.name,
        },
      ]}
      together={{ text: t('ui.print.labels'), run: (rows) => setLabelled(rows.slice(0, MOST_LABELLED).map((r) => ({ id: r.item_id, name: `${r.code} ${r.name}`, count: 1 }))) }}
      empty={{ title: t('ui.items.empty'), text: t('ui.items.emptyText') }}
    >
      {labelled ? <LabelsDialog of="catalog.label" things={labelled} onClose={() => setLabelled(null)} /> : null}
    </ListScreen>
  )
}

/** As many items as labels are printed for at a time. */
const MOST_LABELLED = 500

/** What of an item may be promised. */
function Available({ item_id }: { item_id: string }) {
  const format = useFormat()
  const row = useAvailability(item_id)
  return <span className={row && row.available_e6 < 0 ? 'zg-danger-text' : ''}>{row ? format.quantity(row.available_e6) : ''}</span>
}

/** '3箱5瓶' where the item has larger units, the plain number otherwise. */
export function MultiUnit({ quantity_e6, item }: { quantity_e6: number; item: { readonly base_unit: string; readonly units: readonly { readonly name: string; readonly numerator: number; readonly denominator: number }[] } }) {
  return <>{formatMultiUnit({ quantity_e6, units: item.units, base_name: item.base_unit })}</>
}

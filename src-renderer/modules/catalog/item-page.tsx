import { useState } from 'react'
import { Button, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { isOffered } from '../../shell/nav.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { PriceField } from '../../ui/fields/value-fields.tsx'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { useExtraFacts } from '../../ui/custom-fields/extra-facts.ts'
import { DocumentPage, FactCard, Panel, Sums } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ItemLedger } from '../inventory/item-ledger.tsx'
import { ItemPlans } from '../inventory/item-plans.tsx'
import { LabelsDialog } from '../platform/labels-dialog.tsx'
import { useTaxChoices } from '../sales/use-offer-tools.ts'
import { MultiUnit } from './items-page.tsx'

/** An item: what it is, what there is of it, and every move it made. */
export function ItemPage() {
  const { item_id = '' } = useParams()
  const { t } = useTranslation()
  const { may, menu } = useSession()
  const navigate = useNavigate()
  const [isLabelling, setLabelling] = useState(false)
  const { data: item, error } = useAsk('catalog.item', { item_id })
  const deactivate = useRun('catalog.deactivateItem')
  const reactivate = useRun('catalog.reactivateItem')
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!item) return <div className="zg-page" aria-busy />
  const isStocked = item.kind === 'stocked'
  return (
    <DocumentPage
      kind={item.name}
      isNamed
      record={{ kind: 'catalog.item', id: item_id }}
      backTo={{ path: '/items', label: t('ui.nav.items') }}
      tags={
        <>
          <span className="zg-soft zg-figures">{item.code}</span>
          {item.spec ? <span className="zg-soft">{item.spec}</span> : null}
          {isStocked ? null : <StatusTag tone="info">{t('ui.item.kind.service')}</StatusTag>}
          {item.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>}
        </>
      }
      actions={
        <ActionButtons
          offers={[
            { text: t('ui.print.labels'), run: () => setLabelling(true) },
            may('service.work') && isOffered('/service', menu.modules_off) && { text: t('ui.nav.newTicket'), run: () => void navigate(`/service/tickets/new?item=${item_id}`) },
            may('catalog.write') && { text: t(item.is_active ? 'command.catalog.deactivateItem' : 'command.catalog.reactivateItem'), run: () => void (item.is_active ? deactivate : reactivate).run({ item_id }) },
            may('catalog.write') && { text: t('ui.edit'), run: () => void navigate(`/items/${item_id}/edit`) },
          ]}
        />
      }
      messages={<RefusalMessage no={deactivate.no ?? reactivate.no} />}
      side={
        <>
          {isStocked && may('inventory.read') ? <StockPanel item={item} /> : null}
          {may('catalog.floor') ? <FloorPanel item={item} /> : null}
        </>
      }
    >
      <ItemFacts item={item} />
      {isLabelling ? <LabelsDialog of="catalog.label" things={[{ id: item_id, name: item.name, count: 1 }]} onClose={() => setLabelling(false)} /> : null}
      {isStocked ? (
        <Tabs
          items={[
            ...(may('inventory.readCosts') ? [{ key: 'ledger', label: t('ui.stock.ledger'), children: <ItemLedger item_id={item_id} /> }] : []),
            ...(may('inventory.read') ? [{ key: 'plans', label: t('ui.stock.plans'), children: <ItemPlans item_id={item_id} /> }] : []),
          ]}
        />
      ) : null}
    </DocumentPage>
  )
}

function ItemFacts({ item }: { item: AskOutput<'catalog.item'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { today } = useSession()
  const taxes = useTaxChoices(today)
  const own = useExtraFacts('catalog.item', item)
  return (
    <FactCard
      facts={[
        [t('ui.item.price'), item.price_e4 === 0 ? '' : `${format.price(item.price_e4)} / ${item.base_unit}`],
        [t('ui.item.units'), item.units.map((u) => `1 ${u.name} = ${u.numerator}${u.denominator === 1 ? '' : `/${u.denominator}`} ${item.base_unit}`).join('; ')],
        [t('ui.item.barcodes'), item.barcodes.map((b) => `${b.barcode} (${b.unit})`).join('; ')],
        [t('ui.item.category'), item.category_name],
        [t('ui.item.taxCode'), taxes.find((tax) => tax.tax_code === item.tax_code)?.label ?? item.tax_code ?? t('ui.item.usualTax')],
        [t('ui.item.costing'), item.kind === 'stocked' ? t(`ui.item.costing.${item.costing}`) : ''],
        item.minimum_e6 === 0 ? null : [t('ui.item.minimum'), `${format.quantity(item.minimum_e6)} ${item.base_unit}`],
        ...own,
        item.note ? [t('ui.f.note'), item.note] : null,
        ...item.prices.map((p) => [`${p.list_name}${p.min_quantity_e6 > 0 ? ` ≥ ${format.quantity(p.min_quantity_e6)}` : ''}`, `${format.price(p.price_e4)} / ${p.unit}`] as const),
      ]}
    />
  )
}

/** The lowest price without asking, for who may know it. */
function FloorPanel({ item }: { item: AskOutput<'catalog.item'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('catalog.floorPrices', { item_ids: [item.item_id] })
  const [draft, setDraft] = useState<number | null | undefined>(undefined)
  const row = data?.rows[0]
  if (!row) return null
  return (
    <Panel title={t('ui.item.floor')} extra={<Button size="small" onClick={() => setDraft(row.floor_price_e4 === 0 ? null : row.floor_price_e4)}>{t('ui.edit')}</Button>}>
      <span className="zg-figures">{row.floor_price_e4 === 0 ? t('ui.item.noFloor') : `${format.price(row.floor_price_e4)} / ${item.base_unit}`}</span>
      {draft === undefined ? null : (
        <ActionDialog name="catalog.setFloorPrice" subject={item.name} enter="submits" inputOf={() => ({ item_id: item.item_id, floor_price_e4: draft ?? 0 })} onClose={() => setDraft(undefined)}>
          <FieldRow>
            <Field label={`${t('ui.item.floor')} / ${item.base_unit}`} path="floor_price_e4" span={12} hint={t('ui.item.floorHint')}>
              {(ids) => <PriceField {...ids} autoFocus value={draft} onChange={setDraft} />}
            </Field>
          </FieldRow>
        </ActionDialog>
      )}
    </Panel>
  )
}

function StockPanel({ item }: { item: AskOutput<'catalog.item'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('inventory.availability', { item_ids: [item.item_id] })
  const row = data?.rows[0]
  if (!row) return null
  const rows = [
    ['ui.stock.onHand', row.on_hand_e6],
    ['ui.stock.reserved', row.reserved_e6],
    ['ui.stock.available', row.available_e6],
    ['ui.stock.incoming', row.incoming_e6],
  ] as const
  return (
    <Panel title={t('ui.stock.title')}>
      <Sums
        sums={[
          ...rows.map(([label, value]) => [t(label), <MultiUnit quantity_e6={value} item={item} />, value < 0 ? 'danger' : undefined] as const),
          ...row.arrivals.map((a) => [t('ui.stock.arrives', { day: a.due_on }), format.quantity(a.quantity_e6)] as const),
        ]}
      />
    </Panel>
  )
}

import { useState } from 'react'
import { Button } from 'antd'
import { DeleteOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { ParsedInput } from '../../ui/fields/parsed-input.tsx'
import { DayField, MoneyField, PercentField, PriceField, QuantityField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'
import { Table } from '../../ui/table.tsx'
import { searchItems, type ItemChoice } from '../catalog/item-search.ts'
import { ColleagueSelect } from '../parties/assign-dialog.tsx'
import { clockText, parseClock } from '../crm/clock.ts'
import { instantOf, kinds, momentOf, type Moment, type Promotion } from './promotion-words.ts'
import './promotions.css'

type Item = { readonly item_id: string; readonly name: string }
type Guard = { readonly item: Item | null; readonly level_e6: number | null }
const WEEK_MS = 7 * 86_400_000

/** A promotion as it is made, or changed while it is a draft: what its kind needs, nothing else. */
export function PromotionDialog({ promotion: p, onClose, onMade }: { promotion: Promotion | null; onClose(): void; onMade?(promotion_id: string): void }) {
  const { t } = useTranslation()
  const { user } = useSession()
  const create = useRun('promotions.createPromotion')
  const update = useRun('promotions.updatePromotion')
  const [kind, setKind] = useState<(typeof kinds)[number]>(p?.kind ?? 'flash')
  const [name, setName] = useState(p?.name ?? '')
  const [owner_id, setOwner] = useState<string | null>(p?.owner_id ?? user.id)
  const [from, setFrom] = useState(() => momentOf(p?.from_at ?? Date.now()))
  const [to, setTo] = useState(() => momentOf(p?.to_at ?? Date.now() + WEEK_MS))
  const [note, setNote] = useState(p?.note ?? '')
  const [list_id, setList] = useState<string | null>(p?.list_id ?? null)
  const [item, setItem] = useState<Item | null>(p?.item_id ? { item_id: p.item_id, name: p.item_name ?? '' } : null)
  const [price_e4, setPrice] = useState<number | null>(p?.price_e4 ?? null)
  const [quota_e6, setQuota] = useState<number | null>(p?.quota_e6 ?? null)
  const [most_each_e6, setMost] = useState<number | null>(p?.most_each_e6 || null)
  const [off_minor, setOff] = useState<number | null>(p?.off_minor || null)
  const [off_rate_e8, setRate] = useState<number | null>(p?.off_rate_e8 || null)
  const [least_minor, setLeast] = useState<number | null>(p?.least_minor || null)
  const [guards, setGuards] = useState<readonly Guard[]>(p?.guards.map((g) => ({ item: { item_id: g.item_id, name: g.item_name }, level_e6: g.level_e6 })) ?? [])
  const save = async (): Promise<void> => {
    const form = {
      name: name.trim(), from_at: instantOf(from), to_at: instantOf(to), note, list_id, item_id: item?.item_id ?? null,
      ...(owner_id === null ? {} : { owner_id }), ...(p?.warehouse_id ? { warehouse_id: p.warehouse_id } : {}),
      price_e4: price_e4 ?? 0, quota_e6: quota_e6 ?? 0, most_each_e6: most_each_e6 ?? 0, off_minor: off_minor ?? 0, off_rate_e8: off_rate_e8 ?? 0, least_minor: least_minor ?? 0,
      // Only a row that nobody touched is left out: one that is half filled is said to be so.
      guards: guards.filter((g) => g.item !== null || g.level_e6 !== null).map((g) => ({ item_id: g.item?.item_id ?? '', level_e6: g.level_e6 ?? 0 })),
    }
    const said = p === null ? await create.run({ kind, ...form }) : await update.run({ promotion_id: p.promotion_id, ...form })
    if (!said?.ok) return
    onClose()
    onMade?.(said.output.promotion_id)
  }
  const no = create.no ?? update.no
  return (
    <FormDialog title={t(p === null ? 'command.promotions.createPromotion' : 'command.promotions.updatePromotion')} width={720} isReady={name.trim() !== '' && from.day !== null && to.day !== null} no={no} isRunning={create.isRunning || update.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <Field label={t('ui.f.kind')} path="kind" span={4}>
          {(ids) => <SelectField {...ids} value={kind} disabled={p !== null} options={kinds.map((k) => ({ value: k, label: t(`ui.promotion.kind.${k}`) }))} onChange={(k) => setKind(k ?? 'flash')} />}
        </Field>
        <TextInput label={t('ui.f.name')} path="name" isRequired autoFocus span={8} value={name} onChange={setName} />
        <MomentInput label={t('ui.f.from')} path="from_at" value={from} onChange={setFrom} />
        <MomentInput label={t('ui.f.to')} path="to_at" value={to} onChange={setTo} />
        <Field label={t('ui.promotion.owner')} path="owner_id" span={4}>
          {(ids) => <ColleagueSelect {...ids} value={owner_id} onChange={setOwner} />}
        </Field>
        {kind === 'flash' ? (
          <>
            <Field label={t('ui.f.item')} path="item_id" isRequired span={5}>
              {(ids) => <ItemField {...ids} value={item} onPick={setItem} />}
            </Field>
            <Field label={t('ui.f.price')} path="price_e4" span={3}>
              {(ids) => <PriceField {...ids} value={price_e4} onChange={setPrice} />}
            </Field>
            <Field label={t('ui.promotion.quota')} path="quota_e6" isRequired span={2}>
              {(ids) => <QuantityField {...ids} value={quota_e6} onChange={setQuota} />}
            </Field>
            <Field label={t('ui.promotion.mostEach')} path="most_each_e6" span={2}>
              {(ids) => <QuantityField {...ids} value={most_each_e6} onChange={setMost} />}
            </Field>
          </>
        ) : null}
        {kind === 'price' ? <ListField value={list_id} onChange={setList} /> : null}
        {kind === 'coupon' ? (
          <>
            <Field label={t('ui.promotion.off')} path="off_minor" span={4}>
              {(ids) => <MoneyField {...ids} value={off_minor} onChange={setOff} />}
            </Field>
            <Field label={`${t('ui.promotion.offRate')} (%)`} path="off_rate_e8" span={4}>
              {(ids) => <PercentField {...ids} value={off_rate_e8} onChange={setRate} />}
            </Field>
            <Field label={t('ui.promotion.least')} path="least_minor" span={4}>
              {(ids) => <MoneyField {...ids} value={least_minor} onChange={setLeast} />}
            </Field>
          </>
        ) : null}
        <TextInput label={t('ui.f.note')} path="note" span={12} value={note} onChange={setNote} />
      </FieldRow>
      <Guards guards={guards} onChange={setGuards} />
    </FormDialog>
  )
}

/** A day and a time on this desk's clock, typed as everywhere: the browser's own field writes days in its own language. */
function MomentInput({ label, path, value, onChange }: { label: string; path: string; value: Moment; onChange(moment: Moment): void }) {
  const { t } = useTranslation()
  return (
    <Field label={label} path={path} isRequired span={4}>
      {(ids) => (
        <span className="zg-moment">
          <DayField {...ids} value={value.day} onChange={(day) => onChange({ ...value, day })} />
          <ParsedInput<number> holds="time" className="zg-figures" aria-label={`${label} ${t('ui.crm.time')}`} placeholder={t('ui.crm.timeHint')} value={value.minute} format={clockText} parse={parseClock} onChange={(minute) => onChange({ ...value, minute })} />
        </span>
      )}
    </Field>
  )
}

function ItemField({ value, onPick, ...rest }: { value: Item | null; onPick(item: Item): void; 'aria-label'?: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <EntityPicker<ItemChoice>
      {...rest}
      placeholder={t('ui.item.find')}
      chosen={value ? { id: value.item_id, label: value.name } : null}
      search={(text) => searchItems(text, { kind: 'stocked', price: format.price })}
      onPick={({ item }) => onPick({ item_id: item.item_id, name: item.name })}
    />
  )
}

function ListField({ value, onChange }: { value: string | null; onChange(list_id: string | null): void }) {
  const { t } = useTranslation()
  const { data } = useAsk('catalog.priceLists', {})
  return (
    <Field label={t('ui.promotion.list')} path="list_id" isRequired span={12} hint={t('ui.promotion.listHint')}>
      {(ids) => <SelectField {...ids} none="" value={value} options={(data?.rows ?? []).map((l) => ({ value: l.list_id, label: l.name }))} onChange={onChange} />}
    </Field>
  )
}

/** Items whose stock is watched. */
function Guards({ guards, onChange }: { guards: readonly Guard[]; onChange(guards: readonly Guard[]): void }) {
  const { t } = useTranslation()
  const change = (index: number, changes: Partial<Guard>): void => onChange(guards.map((g, i) => (i === index ? { ...g, ...changes } : g)))
  return (
    <div className="zg-stack" style={{ gap: 6 }}>
      <span className="zg-soft">{t('ui.promotion.guardText')}</span>
      {guards.length === 0 ? null : (
        <Table
          rows={guards}
          keyOf={(_, index) => index}
          columns={[
            { key: 'item', title: t('ui.f.item'), render: (g, index) => <ItemField aria-label={`${t('ui.f.item')} ${index + 1}`} value={g.item} onPick={(item) => change(index, { item })} /> },
            { key: 'level', title: t('ui.promotion.level'), render: (g, index) => <QuantityField aria-label={`${t('ui.promotion.level')} ${index + 1}`} value={g.level_e6} onChange={(level_e6) => change(index, { level_e6 })} /> },
            { key: 'actions', render: (_, index) => <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('ui.lines.remove', { line_no: index + 1 })} onClick={() => onChange(guards.toSpliced(index, 1))} /> },
          ]}
        />
      )}
      <div>
        <Button size="small" onClick={() => onChange([...guards, { item: null, level_e6: null }])}>{t('ui.promotion.addGuard')}</Button>
      </div>
    </div>
  )
}

import { Button } from 'antd'
import { DeleteOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isFigure } from '../../../src-main/kernel/custom-fields.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useCustomFields } from '../../ui/custom-fields/use-fields.ts'
import { DayField, MoneyField, QuantityField, SelectField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'
import { inTree } from '../../ui/tree.tsx'
import { searchItems, type ItemChoice } from '../catalog/item-search.ts'
import { ColleagueSelect } from '../parties/assign-dialog.tsx'
import { emptyCondition, type ConditionDraft, type Kind } from './condition-draft.ts'
import { risks, standings, tierName } from './insight-words.ts'

const kinds: readonly (readonly [Kind, permission?: string])[] = [
  ['bought', 'sales.read'], ['tier'], ['risk'], ['expected'], ['standing'], ['lifetime', 'sales.cost'], ['overdue', 'accounting.readMoney'], ['contacted', 'crm.read'], ['opportunity', 'crm.read'], ['ticket', 'service.read'],
  ['field'], ['tag'], ['owner'], ['party_kind'], ['created'], ['extra'],
]
const fields: readonly ConditionDraft['field'][] = ['name', 'short_name', 'code', 'phone', 'email', 'country', 'price_level', 'note']

type Props = { readonly no: number; readonly draft: ConditionDraft; onChange(draft: ConditionDraft): void; onDrop?: (() => void) | undefined }

/** One condition: of what kind, whether it is so, and what it asks. */
export function ConditionRow({ no, draft, onChange, onDrop }: Props) {
  const { t } = useTranslation()
  const { may } = useSession()
  const own = useCustomFields('parties.party')
  const offered = kinds.filter(([kind, permission]) => kind === draft.kind || ((permission === undefined || may(permission)) && (kind !== 'extra' || own.length > 0)))
  return (
    <div className="zg-condition" aria-label={t('ui.segment.conditionNo', { no })} role="group">
      <SelectField aria-label={t('ui.segment.condition')} value={draft.kind} options={offered.map(([kind]) => ({ value: kind, label: t(`ui.segment.kind.${kind}`) }))} onChange={(kind) => onChange(emptyCondition(kind ?? 'bought'))} />
      <SelectField
        aria-label={`${t('ui.segment.is')} / ${t('ui.segment.isNot')}`}
        value={draft.is_not === 1 ? 'not' : 'so'}
        options={[{ value: 'so', label: t('ui.segment.is') }, { value: 'not', label: t('ui.segment.isNot') }]}
        onChange={(value) => onChange({ ...draft, is_not: value === 'not' ? 1 : 0 })}
      />
      <div className="zg-condition-values">
        <Values draft={draft} set={(changes) => onChange({ ...draft, ...changes })} />
      </div>
      {onDrop ? <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('ui.segment.drop', { no })} onClick={onDrop} /> : <span />}
    </div>
  )
}

type Set = (changes: Partial<ConditionDraft>) => void
const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  <label>
    <span>{label}</span>
    {children}
  </label>
)

function Values({ draft: d, set }: { draft: ConditionDraft; set: Set }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { data: tiers } = useAsk('insights.tiers', {}, { enabled: d.kind === 'tier' })
  const within = (
    <Labelled label={t('ui.segment.withinDays')}>
      <WholeField value={d.within_days} onChange={(within_days) => set({ within_days })} />
    </Labelled>
  )
  const money = (label: string) => (
    <Labelled label={label}>
      <MoneyField value={d.min_minor} onChange={(min_minor) => set({ min_minor })} />
    </Labelled>
  )
  switch (d.kind) {
    case 'field':
      return (
        <>
          <Labelled label={t('ui.segment.kind.field')}>
            <SelectField value={d.field} options={fields.map((value) => ({ value, label: t(`ui.segment.field.${value}`) }))} onChange={(field) => set({ field: field ?? 'name' })} />
          </Labelled>
          <Labelled label={t('ui.segment.value')}>
            <TextField value={d.value} placeholder={t('ui.segment.valueHint')} onChange={(value) => set({ value })} />
          </Labelled>
        </>
      )
    case 'party_kind':
      return <SelectField aria-label={t('ui.segment.value')} value={d.party_kind} options={(['company', 'person'] as const).map((value) => ({ value, label: t(`ui.party.kind.${value}`) }))} onChange={(party_kind) => set({ party_kind: party_kind ?? 'company' })} />
    case 'tag':
      return <TextField aria-label={t('ui.segment.kind.tag')} value={d.value} onChange={(value) => set({ value })} />
    case 'owner':
      return <ColleagueSelect aria-label={t('ui.segment.kind.owner')} none={t('ui.segment.nobody')} value={d.user_id} onChange={(user_id) => set({ user_id })} />
    case 'created':
    case 'ticket':
    case 'contacted':
    case 'expected':
      return within
    case 'extra':
      return <ExtraValues draft={d} set={set} />
    case 'bought':
      return <BoughtValues draft={d} set={set} within={within} money={money(t('ui.segment.minMoney'))} />
    case 'tier':
      return <SelectField aria-label={t('ui.insights.tier')} none="—" value={d.tier_id} options={(tiers?.rows ?? []).map((x) => ({ value: x.tier_id, label: tierName(x, locale) }))} onChange={(tier_id) => set({ tier_id })} />
    case 'standing':
      return <SelectField aria-label={t('ui.segment.kind.standing')} value={d.standing} options={standings.map((value) => ({ value, label: t(`ui.insights.standing.${value}`) }))} onChange={(standing) => set({ standing: standing ?? 'quiet' })} />
    case 'risk':
      return <SelectField aria-label={t('ui.insights.risk')} value={d.risk} options={risks.map((value) => ({ value, label: t(`ui.insights.risk.${value}`) }))} onChange={(risk) => set({ risk: risk ?? 'high' })} />
    case 'lifetime':
      return money(t('ui.segment.minOverdue'))
    case 'overdue':
      return (
        <>
          <Labelled label={t('ui.segment.minDays')}>
            <WholeField value={d.min_days} onChange={(min_days) => set({ min_days })} />
          </Labelled>
          {money(t('ui.segment.minOverdue'))}
        </>
      )
    case 'opportunity':
      return <SelectField aria-label={t('ui.f.state')} value={d.state} options={(['open', 'won', 'lost'] as const).map((value) => ({ value, label: t(`state.opportunity.${value}`) }))} onChange={(state) => set({ state: state ?? 'open' })} />
  }
}

function BoughtValues({ draft: d, set, within, money }: { draft: ConditionDraft; set: Set; within: ReactNode; money: ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('catalog.categories', {})
  const categories = inTree((data?.rows ?? []).map((row) => ({ ...row, id: row.category_id })))
  return (
    <>
      <Labelled label={t('ui.f.item')}>
        <EntityPicker<ItemChoice> placeholder={t('ui.segment.anyItem')} chosen={d.item} search={(text) => searchItems(text, { price: format.price })} onPick={({ item }) => set({ item: { id: item.item_id, label: item.name } })} onClear={() => set({ item: null })} />
      </Labelled>
      {categories.length > 0 ? (
        <Labelled label={t('query.catalog.categories')}>
          <SelectField none={t('ui.segment.anyCategory')} value={d.category_id} options={categories.map((c) => ({ value: c.id, label: `${'\u3000'.repeat(c.level)}${c.name}` }))} onChange={(category_id) => set({ category_id })} />
        </Labelled>
      ) : null}
      {within}
      <Labelled label={t('ui.segment.minCount')}>
        <WholeField value={d.min_count} onChange={(min_count) => set({ min_count })} />
      </Labelled>
      {money}
    </>
  )
}

function ExtraValues({ draft: d, set }: { draft: ConditionDraft; set: Set }) {
  const { t } = useTranslation()
  const own = useCustomFields('parties.party')
  const field = own.find((f) => f.key === d.key)
  const bound = (end: 'from' | 'to') => {
    const value = d[end]
    return (
      <Labelled key={end} label={t(`ui.segment.${end}`)}>
        {field?.kind === 'date' ? <DayField value={typeof value === 'string' ? value : null} onChange={(x) => set({ [end]: x })} /> : <QuantityField value={typeof value === 'number' ? value : null} onChange={(x) => set({ [end]: x })} />}
      </Labelled>
    )
  }
  return (
    <>
      <SelectField aria-label={t('ui.segment.kind.extra')} none="—" value={d.key || null} options={own.map((f) => ({ value: f.key, label: f.label }))} onChange={(key) => set({ key: key ?? '', value: '', from: null, to: null })} />
      {field === undefined ? null : isFigure(field) || field.kind === 'date' ? (
        (['from', 'to'] as const).map(bound)
      ) : field.kind === 'choice' ? (
        <SelectField aria-label={t('ui.segment.value')} none="—" value={d.value || null} options={field.choices.map((word) => ({ value: word, label: word }))} onChange={(value) => set({ value: value ?? '' })} />
      ) : (
        <TextField aria-label={t('ui.segment.value')} value={d.value} onChange={(value) => set({ value })} />
      )}
    </>
  )
}

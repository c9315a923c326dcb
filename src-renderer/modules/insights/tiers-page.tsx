import { useRef, useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { ActiveInput, NamesInput, PositionInput, TextInput } from '../../ui/fields/inputs.tsx'
import { stopsAtUnread } from '../../ui/fields/parsed-input.tsx'
import { MoneyField, SelectField, TextArea, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { SettingsPage } from '../platform/settings-page.tsx'
import { tierName, type Tier } from './insight-words.ts'
import './insights.css'

const letters = ['r', 'f', 'm'] as const
type Letter = (typeof letters)[number]
type Bounds = Pick<Tier, `${Letter}_${'from' | 'to'}`>
const whole: Bounds = { r_from: 1, r_to: 5, f_from: 1, f_to: 5, m_from: 1, m_to: 5 }
const range = (from: number, to: number): string => (from === to ? String(from) : `${from}–${to}`)

/** Tiers in their order, what their customers get, and how scores are given. */
export function TiersPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { may } = useSession()
  const { data } = useAsk('insights.tiers', {})
  const [tier, setTier] = useState<Tier | 'new' | null>(null)
  const canEdit = may('insights.configure')
  const policyOf = (x: Tier): string =>
    format.list([
      ...(x.price_level ? [`${t('ui.insights.priceLevel')} ${x.price_level}`] : []),
      ...(x.service_priority ? [`${t('ui.insights.priority')} ${t(`ui.insights.priority.${x.service_priority}`)}`] : []),
      ...(x.visit_days ? [t('ui.insights.visitsEvery', { days: x.visit_days })] : []),
      ...(x.offer ? [x.offer] : []),
    ])
  return (
    <SettingsPage title={t('ui.nav.tiers')} actions={<Button onClick={() => void navigate('/insights/value')}>{t('ui.nav.customerValue')}</Button>}>
      <div className="zg-stack">
        <Panel title={t('ui.insights.tiers')} extra={canEdit ? <Button size="small" onClick={() => setTier('new')}>{t('command.insights.createTier')}</Button> : <span className="zg-soft">{t('ui.insights.tierOrder')}</span>}>
          <Table
            look="bare"
            caption={t('ui.insights.tierOrder')}
            rows={data?.rows}
            keyOf={(x) => x.tier_id}
            columns={[
              { key: 'no', title: '#', figures: 'faint', render: (x) => x.position },
              { key: 'name', title: t('ui.f.name'), render: (x) => tierName(x, format.locale) },
              ...letters.map((letter) => ({ key: letter, title: t(`ui.insights.letter.${letter}`), align: 'end' as const, render: (x: Tier) => range(x[`${letter}_from`], x[`${letter}_to`]) })),
              { key: 'policy', title: t('ui.insights.policy'), render: policyOf },
              { key: 'state', title: t('ui.f.state'), render: (x) => t(x.is_active ? 'ui.active' : 'ui.inactive') },
              { key: 'actions', render: (x) => <RowButtons offers={[canEdit && { text: t('ui.edit'), run: () => setTier(x) }]} /> },
            ]}
          />
        </Panel>
        {canEdit ? <Rule /> : null}
      </div>
      {tier === null ? null : <TierDialog tier={tier === 'new' ? null : tier} onClose={() => setTier(null)} />}
    </SettingsPage>
  )
}

function TierDialog({ tier, onClose }: { tier: Tier | null; onClose(): void }) {
  const { t } = useTranslation()
  const [names, setNames] = useState({ name_zh: tier?.name_zh ?? '', name_en: tier?.name_en ?? '' })
  const [bounds, setBounds] = useState<Bounds>(tier ?? whole)
  const [price_level, setLevel] = useState(tier?.price_level ?? '')
  const [offer, setOffer] = useState(tier?.offer ?? '')
  const [service_priority, setPriority] = useState<number | null>(tier?.service_priority ?? null)
  const [visit_days, setVisits] = useState<number | null>(tier?.visit_days ?? null)
  const [position, setPosition] = useState<number | null>(tier?.position ?? null)
  const [is_active, setActive] = useState<0 | 1>(tier?.is_active ?? 1)
  const create = useRun('insights.createTier')
  const update = useRun('insights.updateTier')
  const save = async (): Promise<void> => {
    const { r_from, r_to, f_from, f_to, m_from, m_to } = bounds
    const form = { ...names, r_from, r_to, f_from, f_to, m_from, m_to, price_level: price_level.trim() || null, offer: offer.trim() || null, service_priority, visit_days }
    const said = tier === null ? await create.run(form) : await update.run({ tier_id: tier.tier_id, ...form, position: position ?? tier.position, is_active })
    if (said?.ok) onClose()
  }
  return (
    <FormDialog title={t(tier === null ? 'command.insights.createTier' : 'command.insights.updateTier')} width={680} no={create.no ?? update.no} isRunning={create.isRunning || update.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <NamesInput value={names} onChange={setNames} />
        <TextInput label={t('ui.insights.priceLevel')} path="price_level" hint={t('ui.insights.priceLevelHint')} span={4} value={price_level} onChange={setLevel} />
        {letters.flatMap((letter) =>
          (['from', 'to'] as const).map((end) => {
            const field = `${letter}_${end}` as const
            return (
              <Field key={field} label={t(end === 'from' ? 'ui.insights.boundFrom' : 'ui.insights.boundTo', { letter: t(`ui.insights.letter.${letter}`) })} path={field} span={2}>
                {(ids) => <SelectField {...ids} value={String(bounds[field])} options={['1', '2', '3', '4', '5'].map((value) => ({ value, label: value }))} onChange={(value) => setBounds({ ...bounds, [field]: Number(value ?? 1) })} />}
              </Field>
            )
          }),
        )}
        <Field label={t('ui.insights.priority')} path="service_priority" span={4}>
          {(ids) => (
            <SelectField {...ids} none="—" value={service_priority === null ? null : String(service_priority)} options={['1', '2', '3'].map((value) => ({ value, label: t(`ui.insights.priority.${value}`) }))} onChange={(value) => setPriority(value === null ? null : Number(value))} />
          )}
        </Field>
        <Field label={t('ui.insights.visitDays')} path="visit_days" span={4}>
          {(ids) => <WholeField {...ids} value={visit_days} onChange={setVisits} />}
        </Field>
        <Field label={t('ui.insights.offer')} path="offer" span={12}>
          {(ids) => <TextArea {...ids} value={offer} onChange={setOffer} />}
        </Field>
        {tier === null ? null : (
          <>
            <PositionInput span={4} value={position} onChange={setPosition} />
            <ActiveInput span={4} value={is_active} onChange={setActive} />
          </>
        )}
      </FieldRow>
    </FormDialog>
  )
}

const cutKeys = ['r_days', 'f_counts', 'm_minor'] as const
type Cuts = Readonly<Record<(typeof cutKeys)[number], readonly number[]>>

/** How scores are given: over how many days, by fifths or at the company's own figures. */
function Rule() {
  const { data } = useAsk('platform.settings', {})
  const valueOf = (key: string): unknown => data?.rows.find((row) => row.key === `insights.${key}`)?.value
  if (!data) return null
  const cuts = { r_days: valueOf('r_days'), f_counts: valueOf('f_counts'), m_minor: valueOf('m_minor') } as Cuts
  return <RuleForm key={JSON.stringify([cuts, valueOf('window_days'), valueOf('uses_thresholds')])} days={valueOf('window_days') as number} uses={valueOf('uses_thresholds') as 0 | 1} cuts={cuts} />
}

function RuleForm({ days, uses, cuts }: { days: number; uses: 0 | 1; cuts: Cuts }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [window_days, setDays] = useState<number | null>(days)
  const [way, setWay] = useState<'quantiles' | 'thresholds'>(uses === 1 ? 'thresholds' : 'quantiles')
  const [own, setOwn] = useState(cuts)
  const set = useRun('platform.setSetting')
  const box = useRef<HTMLDivElement>(null)
  const save = async (): Promise<void> => {
    if (stopsAtUnread(box.current)) return
    const cutsNow = way === 'thresholds' ? cutKeys.map((key): [string, number[]] => [key, [...own[key]]]) : []
    const wanted: readonly [string, number | number[]][] = [['window_days', window_days ?? 0], ['uses_thresholds', way === 'thresholds' ? 1 : 0], ...cutsNow]
    for (const [key, value] of wanted) {
      const said = await set.run({ key: `insights.${key}`, value })
      if (!said?.ok) return
    }
    void message.success(t('ui.insights.saved'))
  }
  const change = (key: keyof Cuts, at: number, value: number | null): void => setOwn({ ...own, [key]: own[key].map((x, i) => (i === at ? (value ?? 0) : x)) })
  return (
    <Panel title={t('ui.insights.rule')}>
      <div ref={box} className="zg-stack">
      <RefusalMessage no={set.no} />
      <FieldRow>
        <Field label={t('ui.insights.window')} span={3}>
          {(ids) => <WholeField {...ids} value={window_days} onChange={setDays} />}
        </Field>
        <Field label={t('ui.insights.way')} span={5}>
          {(ids) => <SelectField {...ids} value={way} options={(['quantiles', 'thresholds'] as const).map((value) => ({ value, label: t(`ui.insights.way.${value}`) }))} onChange={(value) => setWay(value ?? 'quantiles')} />}
        </Field>
        {way === 'thresholds'
          ? cutKeys.map((key) => (
              <fieldset key={key} className="zg-plain-set" style={{ gridColumn: 'span 12' }}>
                <legend>{t(`ui.insights.cuts.${key}`)}</legend>
                {own[key].map((value, i) => {
                  const label = t('ui.insights.cutNo', { name: key[0]!.toUpperCase(), no: i + 1 })
                  return key === 'm_minor' ? <MoneyField key={i} aria-label={label} value={value} onChange={(x) => change(key, i, x)} /> : <WholeField key={i} aria-label={label} value={value} onChange={(x) => change(key, i, x)} />
                })}
              </fieldset>
            ))
          : null}
      </FieldRow>
      <div className="zg-actions">
        <Button loading={set.isRunning} onClick={() => void save()}>
          {t('ui.save')}
        </Button>
      </div>
      </div>
    </Panel>
  )
}

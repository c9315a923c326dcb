import { App, Button } from 'antd'
import { DeleteOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ask } from '../../api/client.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../../ui/document-page.tsx'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { NoteInput, TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, MoneyField, PriceField, QuantityField, SelectField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { LineItemPicker } from '../catalog/item-lines.tsx'
import type { ItemChoice } from '../catalog/item-search.ts'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { stageName, type Deal } from './deal-words.ts'
import { StageRefusal } from './stage-refusal.tsx'

export type Line = { readonly item_id: string | null; readonly item_name: string; readonly unit: string; readonly quantity_e6: number | null; readonly price_e4: number | null }
type DealDraft = {
  readonly name: string
  readonly party: PickedParty | null
  readonly stage_id: string | null
  readonly amount_minor: number | null
  readonly expected_on: string | null
  readonly contact_name: string
  readonly note: string
  readonly lines: readonly Line[]
  readonly rival_ids: readonly string[]
}
const emptyLine: Line = { item_id: null, item_name: '', unit: '', quantity_e6: 1_000_000, price_e4: null }
const emptyDraft: DealDraft = { name: '', party: null, stage_id: null, amount_minor: null, expected_on: null, contact_name: '', note: '', lines: [], rival_ids: [] }
const draftOf = (d: Deal): DealDraft => ({
  name: d.name, party: { party_id: d.party_id, name: d.party_name }, stage_id: d.stage_id, amount_minor: d.amount_minor, expected_on: d.expected_on, contact_name: d.contact_name ?? '',
  note: d.note ?? '', lines: d.lines.map((l) => ({ ...l })), rival_ids: d.rivals.map((r) => r.competitor_id),
})

export function DealFormPage() {
  const { opportunity_id } = useParams()
  const { data, error } = useAsk('crm.opportunity', { opportunity_id: opportunity_id ?? '' }, { enabled: opportunity_id !== undefined })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (opportunity_id !== undefined && !data) return <div className="zg-page" aria-busy />
  return <DealForm key={opportunity_id ?? 'new'} deal={data ?? null} first={data ? draftOf(data) : emptyDraft} />
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

function sent({ name, amount_minor, expected_on, contact_name, note, lines, rival_ids }: DealDraft, deal: Deal | null) {
  return {
    name,
    amount_minor,
    expected_on,
    contact_name: orNull(contact_name),
    note: orNull(note),
    lines: lines.filter((l) => l.item_id !== null).map(({ item_id, unit, quantity_e6, price_e4 }) => ({ item_id: item_id!, unit: unit || null, quantity_e6: quantity_e6 ?? 0, price_e4: price_e4 ?? 0 })),
    rivals: rival_ids.map((competitor_id) => ({ competitor_id, note: deal?.rivals.find((r) => r.competitor_id === competitor_id)?.note ?? null })),
  }
}

/** An opportunity on one page; the customer of one that is there stays. */
function DealForm({ deal, first }: { deal: Deal | null; first: DealDraft }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { draft, set, form } = useDraft(first)
  const { data: stages } = useAsk('crm.stages', {})
  const create = useRun('crm.createOpportunity', form)
  const update = useRun('crm.updateOpportunity', form)
  const no = create.no ?? update.no
  const isAsking = no?.code === 'crm.stageNeedsFields'
  const save = async (): Promise<void> => {
    const input = sent(draft, deal)
    const said = deal === null
      ? await create.run({ ...input, party_id: draft.party?.party_id ?? '', ...(draft.stage_id === null ? {} : { stage_id: draft.stage_id }) })
      : await update.run({ opportunity_id: deal.opportunity_id, ...input })
    if (!said?.ok) return
    form.settle()
    void message.success(t('ui.saved'))
    void navigate(`/crm/deals/${said.output.opportunity_id}`, { replace: true })
  }
  return (
    <FormPage
      kind={t(deal === null ? 'ui.nav.newDeal' : 'command.crm.updateOpportunity')}
      number={deal?.number ?? null}
      backTo={{ path: '/crm/deals', label: t('ui.nav.deals') }}
      form={form}
      runs={[create, update]}
      no={isAsking ? null : no}
      messages={isAsking ? <StageRefusal no={no} /> : null}
      onDone={() => void save()}
    >
      <section className="zg-card">
        <FieldRow>
          <TextInput label={t('ui.f.name')} path="name" isRequired span={5} autoFocus value={draft.name} onChange={(name) => set({ name })} />
          <Field label={t('ui.f.customer')} path="party_id" isRequired span={4}>
            {(ids) => <PartyPicker {...ids} role="customer" disabled={deal !== null} value={draft.party} onPick={(party) => set({ party })} onClear={() => set({ party: null })} />}
          </Field>
          {deal === null ? (
            <Field label={t('field.crm.stage_id')} path="stage_id" span={3}>
              {(ids) => (
                <SelectField
                  {...ids}
                  value={draft.stage_id ?? stages?.rows[0]?.stage_id ?? null}
                  options={(stages?.rows ?? []).filter((s) => s.is_active === 1).map((s) => ({ value: s.stage_id, label: stageName(s, locale) }))}
                  onChange={(stage_id) => set({ stage_id })}
                />
              )}
            </Field>
          ) : null}
          <Field label={t('ui.f.amount')} path="amount_minor" hint={t('ui.crm.deal.amountHint')} span={3}>
            {(ids) => <MoneyField {...ids} value={draft.amount_minor} onChange={(amount_minor) => set({ amount_minor })} />}
          </Field>
          <Field label={t('field.crm.expected_on')} path="expected_on" span={3}>
            {(ids) => <DayField {...ids} value={draft.expected_on} onChange={(expected_on) => set({ expected_on })} />}
          </Field>
          <TextInput label={t('field.crm.contact_name')} path="contact_name" span={3} value={draft.contact_name} onChange={(contact_name) => set({ contact_name })} />
          <RivalField ids={draft.rival_ids} onChange={(rival_ids) => set({ rival_ids })} />
          <NoteInput span={12} value={draft.note} onChange={(note) => set({ note })} />
        </FieldRow>
      </section>
      <Lines lines={draft.lines} party_id={draft.party?.party_id ?? null} onChange={(lines) => set({ lines })} />
    </FormPage>
  )
}

/** Against whom: those that are known are added one by one, and taken away by their button. */
function RivalField({ ids, onChange }: { ids: readonly string[]; onChange(ids: readonly string[]): void }) {
  const { t } = useTranslation()
  const { data } = useAsk('crm.competitors', {})
  const known = data?.rows ?? []
  return (
    <Field label={t('ui.crm.deal.rivals')} path="rivals" span={3}>
      {(field) => (
        <>
          <SelectField
            {...field}
            none={t('ui.crm.deal.addRival')}
            value={null}
            options={known.filter((c) => c.is_active === 1 && !ids.includes(c.competitor_id)).map((c) => ({ value: c.competitor_id, label: c.name }))}
            onChange={(id) => (id === null ? undefined : onChange([...ids, id]))}
          />
          <span>
            {ids.map((id) => {
              const name = known.find((c) => c.competitor_id === id)?.name ?? ''
              return (
                <button key={id} type="button" className="zg-only" aria-label={t('ui.crm.deal.removeRival', { name })} onClick={() => onChange(ids.filter((other) => other !== id))}>
                  {name} <span aria-hidden>×</span>
                </button>
              )
            })}
          </span>
        </>
      )}
    </Field>
  )
}

type LinesProps = { readonly lines: readonly Line[]; readonly party_id: string | null; onChange(lines: readonly Line[]): void }

/** What is offered: the price of the price list is proposed with the item. */
export function Lines({ lines, party_id, onChange }: LinesProps) {
  const { t } = useTranslation()
  const change = (index: number, changes: Partial<Line>): void => onChange(lines.map((l, i) => (i === index ? { ...l, ...changes } : l)))
  const pick = async (index: number, { item, unit }: ItemChoice): Promise<void> => {
    const price = await ask('sales.price', { item_id: item.item_id, unit, ...(party_id === null ? {} : { party_id }) }).catch(() => undefined)
    change(index, { item_id: item.item_id, item_name: `${item.code} ${item.name}`, unit, price_e4: price?.price_e4 ?? 0 })
  }
  return (
    <Panel title={t('ui.f.lines')}>
      <div className="zg-stack">
        {lines.length > 0 ? (
          <Table
            rows={lines}
            keyOf={(_, index) => index}
            columns={[
              { key: 'item', title: t('ui.f.item'), render: (l, index) => <LineItemPicker index={index} item_id={l.item_id} name={l.item_name} onPick={(choice) => void pick(index, choice)} /> },
              { key: 'quantity', title: t('ui.f.quantity'), render: (l, index) => <QuantityField aria-label={`${t('ui.f.quantity')} ${index + 1}`} value={l.quantity_e6} onChange={(quantity_e6) => change(index, { quantity_e6 })} /> },
              { key: 'unit', title: t('ui.f.unit'), render: (l) => l.unit },
              { key: 'price', title: t('ui.f.price'), render: (l, index) => <PriceField aria-label={`${t('ui.f.price')} ${index + 1}`} value={l.price_e4} onChange={(price_e4) => change(index, { price_e4 })} /> },
              {
                key: 'actions',
                render: (_, index) => (
                  <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('ui.lines.remove', { line_no: index + 1 })} onClick={() => onChange(lines.toSpliced(index, 1))} />
                ),
              },
            ]}
          />
        ) : null}
        <div>
          <Button size="small" onClick={() => onChange([...lines, emptyLine])}>
            {t('ui.crm.deal.addLine')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

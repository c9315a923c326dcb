import { useState } from 'react'
import { App, Button } from 'antd'
import { DeleteOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { addDays, addMonths } from '../../../src-main/kernel/day.ts'
import { allocate } from '../../../src-main/kernel/math.ts'
import { currencyOf, lineAmount } from '../../../src-main/kernel/money.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../../ui/document-page.tsx'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { NoteInput, TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, MoneyField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { Lines, type Line } from '../crm/deal-form-page.tsx'
import { ColleagueSelect } from '../parties/assign-dialog.tsx'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'

type Contract = AskOutput<'contracts.contract'>
type Part = { readonly due_on: string | null; readonly amount_minor: number | null; readonly note: string }
type ContractDraft = {
  readonly title: string
  readonly party: PickedParty | null
  readonly amount_minor: number | null
  readonly starts_on: string | null
  readonly ends_on: string | null
  readonly remind_days: number | null
  readonly owner_id: string | null
  readonly note: string
  readonly lines: readonly Line[]
  readonly plan: readonly Part[]
}

const draftOf = (c: Contract): ContractDraft => ({
  title: c.title, party: { party_id: c.party_id, name: c.party_name }, amount_minor: c.amount_minor, starts_on: c.starts_on, ends_on: c.ends_on, remind_days: c.remind_days, owner_id: c.owner_id,
  note: c.note ?? '', lines: c.lines.map(({ line_no: _, ...l }) => l), plan: c.plan.map((p) => ({ due_on: p.due_on, amount_minor: p.amount_minor, note: p.note ?? '' })),
})

export function ContractFormPage() {
  const { contract_id } = useParams()
  const { today } = useSession()
  const { data, error } = useAsk('contracts.contract', { contract_id: contract_id ?? '' }, { enabled: contract_id !== undefined })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (contract_id !== undefined && !data) return <div className="zg-page" aria-busy />
  const empty: ContractDraft = {
    title: '', party: null, amount_minor: null, starts_on: today, ends_on: addDays(addMonths(today, 12), -1), remind_days: 30, owner_id: null, note: '', lines: [],
    plan: [{ due_on: today, amount_minor: null, note: '' }],
  }
  return <ContractForm key={contract_id ?? 'new'} contract={data ?? null} first={data ? draftOf(data) : empty} />
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** A contract on one page; with a single part in its plan, that part is the amount. */
function ContractForm({ contract, first }: { contract: Contract | null; first: ContractDraft }) {
  const { t } = useTranslation()
  const { today, company } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { draft, set, form } = useDraft(first)
  const create = useRun('contracts.createContract', form)
  const update = useRun('contracts.updateContract', form)
  const setAmount = (amount_minor: number | null): void => set({ amount_minor, ...(draft.plan.length === 1 ? { plan: [{ ...draft.plan[0]!, amount_minor }] } : {}) })
  const { digits } = currencyOf(company.currency)
  const sum = draft.lines.reduce((total, l) => total + lineAmount({ price_e4: l.price_e4 ?? 0, quantity_e6: l.quantity_e6 ?? 0, digits }), 0)
  const save = async (): Promise<void> => {
    const input = {
      title: draft.title,
      amount_minor: draft.amount_minor ?? 0,
      starts_on: draft.starts_on ?? '',
      ends_on: draft.ends_on ?? '',
      remind_days: draft.remind_days,
      ...(draft.owner_id === null ? {} : { owner_id: draft.owner_id }),
      note: orNull(draft.note),
      lines: draft.lines.filter((l) => l.item_id !== null).map(({ item_id, unit, quantity_e6, price_e4 }) => ({ item_id: item_id!, unit: unit || null, quantity_e6: quantity_e6 ?? 0, price_e4: price_e4 ?? 0 })),
      plan: draft.plan.map((p) => ({ due_on: p.due_on ?? today, amount_minor: p.amount_minor ?? 0, note: orNull(p.note) })),
    }
    const said = contract === null ? await create.run({ party_id: draft.party?.party_id ?? '', ...input }) : await update.run({ contract_id: contract.contract_id, ...input })
    if (!said?.ok) return
    form.settle()
    void message.success(t('ui.saved'))
    void navigate(`/crm/contracts/${said.output.contract_id}`, { replace: true })
  }
  return (
    <FormPage
      kind={t(contract === null ? 'ui.nav.newContract' : 'command.contracts.updateContract')}
      backTo={{ path: '/crm/contracts', label: t('ui.nav.contracts') }}
      form={form}
      runs={[create, update]}
      onDone={() => void save()}
    >
      <section className="zg-card">
        <FieldRow>
          <TextInput label={t('ui.contract.title')} path="title" isRequired span={5} autoFocus value={draft.title} onChange={(title) => set({ title })} />
          <Field label={t('ui.f.customer')} path="party_id" isRequired span={4}>
            {(ids) => <PartyPicker {...ids} role="customer" disabled={contract !== null} value={draft.party} onPick={(party) => set({ party })} onClear={() => set({ party: null })} />}
          </Field>
          <Field label={t('ui.f.amount')} path="amount_minor" isRequired span={3}>
            {(ids) => <MoneyField {...ids} value={draft.amount_minor} onChange={setAmount} />}
          </Field>
          <Field label={t('ui.contract.starts')} path="starts_on" isRequired span={3}>
            {(ids) => <DayField {...ids} value={draft.starts_on} onChange={(starts_on) => set({ starts_on })} />}
          </Field>
          <Field label={t('ui.contract.ends')} path="ends_on" isRequired span={3}>
            {(ids) => <DayField {...ids} value={draft.ends_on} onChange={(ends_on) => set({ ends_on })} />}
          </Field>
          <Field label={t('ui.contract.remind')} path="remind_days" hint={t('ui.contract.remindHint')} span={3}>
            {(ids) => <WholeField {...ids} value={draft.remind_days} onChange={(remind_days) => set({ remind_days })} />}
          </Field>
          <Field label={t('ui.party.owner')} path="owner_id" span={3}>
            {(ids) => <ColleagueSelect {...ids} value={draft.owner_id} onChange={(owner_id) => set({ owner_id })} />}
          </Field>
          <NoteInput span={12} value={draft.note} onChange={(note) => set({ note })} />
        </FieldRow>
      </section>
      <Plan draft={draft} onChange={(plan) => set({ plan })} />
      <Lines lines={draft.lines} party_id={draft.party?.party_id ?? null} onChange={(lines) => set({ lines })} />
      {sum > 0 && sum !== draft.amount_minor ? (
        <div>
          <Button size="small" onClick={() => setAmount(sum)}>
            {t('ui.contract.fromLines')}
          </Button>
        </div>
      ) : null}
    </FormPage>
  )
}

/** When which part is paid: entered one by one, or spread evenly over months. */
function Plan({ draft, onChange }: { draft: ContractDraft; onChange(plan: readonly Part[]): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { today } = useSession()
  const [count, setCount] = useState<number | null>(12)
  const { plan, amount_minor } = draft
  const sum = plan.reduce((total, p) => total + (p.amount_minor ?? 0), 0)
  const change = (index: number, part: Partial<Part>): void => onChange(plan.map((p, i) => (i === index ? { ...p, ...part } : p)))
  const spread = (): void => {
    if (amount_minor === null || count === null || count < 1 || count > 120 || amount_minor < count) return
    const first = plan[0]?.due_on ?? draft.starts_on ?? today
    onChange(allocate(amount_minor, Array.from({ length: count }, () => 1)).map((part, i) => ({ due_on: addMonths(first, i), amount_minor: part, note: '' })))
  }
  return (
    <Panel title={t('ui.contract.plan')} extra={<span className={sum === (amount_minor ?? 0) ? 'zg-soft' : 'zg-danger-text'}>{t('ui.contract.planSum', { plan: format.money(sum), amount: format.money(amount_minor ?? 0) })}</span>}>
      <div className="zg-stack">
        <Table
          rows={plan}
          keyOf={(_, index) => index}
          columns={[
            { key: 'due', title: t('ui.f.dueOn'), render: (p, i) => <DayField aria-label={`${t('ui.f.dueOn')} ${i + 1}`} value={p.due_on} onChange={(due_on) => change(i, { due_on })} /> },
            { key: 'amount', title: t('ui.f.amount'), align: 'end', render: (p, i) => <MoneyField aria-label={`${t('ui.f.amount')} ${i + 1}`} value={p.amount_minor} onChange={(part) => change(i, { amount_minor: part })} /> },
            { key: 'note', title: t('ui.f.note'), render: (p, i) => <TextField aria-label={`${t('ui.f.note')} ${i + 1}`} value={p.note} onChange={(note) => change(i, { note })} /> },
            {
              key: 'actions',
              render: (_, i) => (plan.length > 1 ? <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('ui.lines.remove', { line_no: i + 1 })} onClick={() => onChange(plan.toSpliced(i, 1))} /> : null),
            },
          ]}
        />
        <div className="zg-actions" style={{ alignItems: 'center' }}>
          <Button size="small" onClick={() => onChange([...plan, { due_on: plan.at(-1)?.due_on ? addMonths(plan.at(-1)!.due_on!, 1) : today, amount_minor: Math.max(0, (amount_minor ?? 0) - sum) || null, note: '' }])}>
            {t('ui.contract.addPart')}
          </Button>
          <span className="zg-soft">{t('ui.contract.spreadBefore')}</span>
          <span style={{ width: 56 }}>
            <WholeField aria-label={t('ui.contract.months')} value={count} onChange={setCount} />
          </span>
          <Button size="small" onClick={spread}>
            {t('ui.contract.spread')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

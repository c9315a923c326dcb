import { useState } from 'react'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AskOutput, RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'

type Party = { readonly party_id: string; readonly name: string }
type Stretch = RowOf<'credit.interest'>
type Charge = AskOutput<'credit.interest'>['charges'][number]

/** Interest for paying late: by invoice and stretch of days with its basis, what was charged, and the way to charge it. */
export function InterestPanel({ party }: { party: Party }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const [front, setFront] = useState<'charge' | Charge | null>(null)
  const { data } = useAsk('credit.interest', { party_id: party.party_id })
  if (!data || (data.is_charged === 0 && data.charges.length === 0)) return null
  const mayCharge = may('credit.chargeInterest')
  const close = (): void => setFront(null)
  return (
    <Panel title={t('ui.interest.title')}>
      {data.is_charged === 1 ? (
        <>
          <p className="zg-soft">{t('ui.interest.basis', { rate: format.percent(data.rate_e8), grace: data.grace_days })}</p>
          <div className="zg-actions">
            <span>{t('ui.interest.due', { day: data.through_on, amount: format.money(data.interest_minor) })}</span>
            <RowButtons offers={[mayCharge && { text: t('command.credit.chargeInterest'), run: () => setFront('charge') }]} />
          </div>
          {data.rows.length > 0 ? <Stretches rows={data.rows} total_minor={data.interest_minor} /> : null}
        </>
      ) : null}
      {data.charges.length > 0 ? (
        <>
          <h3 className="zg-card-sub">{t('ui.interest.charged')}</h3>
          <Table
            look="bare"
            rows={data.charges}
            keyOf={(c) => c.interest_id}
            columns={[
              { key: 'number', title: t('ui.f.number'), render: (c) => c.number },
              { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (c) => c.day },
              { key: 'through', title: t('ui.interest.through'), figures: 'tabular', render: (c) => c.through_on },
              { key: 'amount', title: t('ui.f.amount'), align: 'end', render: (c) => format.money(c.gross_minor) },
              { key: 'tax', title: t('ui.interest.tax'), align: 'end', render: (c) => format.money(c.tax_minor) },
              { key: 'by', title: t('ui.collect.by'), render: (c) => c.by_name },
              { key: 'state', title: t('ui.f.note'), render: (c) => (c.reversed_on === null ? c.note : <><StatusTag tone="neutral">{t('ui.interest.reversed', { day: c.reversed_on })}</StatusTag> {c.reversed_reason}</>) },
              { key: 'actions', render: (c) => (c.reversed_on === null && mayCharge ? <RowButtons offers={[{ text: t('ui.interest.reverse'), run: () => setFront(c) }]} /> : null) },
            ]}
          />
        </>
      ) : null}
      {front === 'charge' ? <ChargeDialog party={party} onClose={close} /> : null}
      {front !== null && front !== 'charge' ? (
        <ReasonDialog name="credit.reverseInterest" text={t('ui.interest.reverseText', { number: front.number })} needs="reason" inputOf={(reason) => ({ interest_id: front.interest_id, reason: reason ?? '' })} onClose={close} />
      ) : null}
    </Panel>
  )
}

/** What each sum is made of: what was open, on how many days. */
function Stretches({ rows, total_minor }: { rows: readonly Stretch[]; total_minor: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Table
      look="preview"
      rows={rows}
      keyOf={(r) => `${r.open_item_id} ${r.from_on}`}
      columns={[
        { key: 'number', title: t('ui.f.document'), render: (r) => r.number },
        { key: 'due', title: t('ui.f.dueOn'), figures: 'tabular', render: (r) => r.due_on },
        { key: 'from', title: t('ui.interest.days'), figures: 'tabular', render: (r) => `${r.from_on} – ${r.through_on}` },
        { key: 'count', title: t('ui.credit.days'), align: 'end', render: (r) => r.days },
        { key: 'base', title: t('ui.f.open'), align: 'end', render: (r) => format.money(r.base_minor) },
        { key: 'interest', title: t('ui.interest.amount'), align: 'end', render: (r) => format.money(r.interest_minor), total: format.money(total_minor) },
      ]}
    />
  )
}

const NO_TAX = '-'

function ChargeDialog({ party, onClose }: { party: Party; onClose(): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { today } = useSession()
  const [through_on, setThrough] = useState<string | null>(today)
  const [isPaid, setPaid] = useState(false)
  const [tax_code, setTaxCode] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const asked = { party_id: party.party_id, of: isPaid ? ('paid' as const) : ('open' as const), ...(through_on === null ? {} : { through_on }) }
  const { data } = useAsk('credit.interest', asked, { keeps: 'previous' })
  const taxes = useAsk('catalog.taxCodes', {})
  const taxChoices = (taxes.data?.rows ?? []).map((tax) => ({ value: tax.tax_code, label: `${tax.tax_code} ${format.locale === 'zh-CN' ? tax.name_zh : tax.name_en}` }))
  return (
    <ActionDialog
      name="credit.chargeInterest"
      subject={party.name}
      width={860}
      maskClosable={false}
      isReady={(data?.interest_minor ?? 0) > 0}
      text={t('ui.interest.chargeText')}
      inputOf={() => ({ ...asked, note: note.trim() === '' ? null : note.trim(), ...(tax_code === null ? {} : { tax_code: tax_code === NO_TAX ? null : tax_code }) })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.interest.through')} path="through_on" span={3}>
          {(ids) => <DayField {...ids} value={through_on} onChange={setThrough} />}
        </Field>
        <Field label={t('ui.interest.taxCode')} path="tax_code" span={5} hint={t('ui.interest.taxHint')}>
          {(ids) => <SelectField {...ids} none={t('ui.interest.usualTax')} value={tax_code} options={[...taxChoices, { value: NO_TAX, label: t('ui.interest.noTax') }]} onChange={setTaxCode} />}
        </Field>
        <TextInput label={t('ui.f.note')} path="note" span={4} value={note} onChange={setNote} />
      </FieldRow>
      <Checkbox checked={isPaid} onChange={(event) => setPaid(event.target.checked)}>
        {t('ui.interest.alsoPaid')}
      </Checkbox>
      <Stretches rows={data?.rows ?? []} total_minor={data?.interest_minor ?? 0} />
    </ActionDialog>
  )
}

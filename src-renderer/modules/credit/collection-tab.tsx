import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { addDays } from '../../../src-main/kernel/day.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayField, SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { InterestPanel } from './interest-panel.tsx'
import { promiseTone } from './collections-page.tsx'
import { PromiseDialog } from './promise-dialog.tsx'

type Party = { readonly party_id: string; readonly name: string }

/** What a customer was asked for and promised. */
export function CollectionTab({ party }: { party: Party }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const [front, setFront] = useState<'dun' | 'promise' | { withdraw: string } | null>(null)
  const { data } = useAsk('credit.customerCollection', { party_id: party.party_id })
  if (!data) return null
  const mayCollect = may('credit.collect') && data.overdue_minor > 0
  const close = (): void => setFront(null)
  return (
    <div className="zg-stack">
      <div className="zg-actions">
        {data.overdue_minor > 0 ? <span className="zg-danger-text">{t('ui.collect.overdue', { amount: format.money(data.overdue_minor), days: data.overdue_days })}</span> : <span className="zg-soft">{t('ui.collect.empty')}</span>}
        <RowButtons offers={[mayCollect && { text: t('command.credit.dun'), run: () => setFront('dun') }, mayCollect && { text: t('command.credit.promiseToPay'), run: () => setFront('promise') }]} />
      </div>
      {data.promises.length === 0 ? null : (
        <Panel title={t('ui.collect.promises')}>
          <ul className="zg-list-plain">
            {data.promises.map((p) => (
              <li key={p.promise_id}>
                <span>
                  <StatusTag tone={p.ended_on === null ? promiseTone[p.state] : 'neutral'}>{t(`state.promise.${p.state}`)}</StatusTag>{' '}
                  <span className="zg-figures">{p.parts.map((part) => `${part.due_on} ${format.money(part.amount_minor)}${p.parts.length > 1 ? ` ${t(`state.promise.${part.state}`)}` : ''}`).join(' · ')}</span>{' '}
                  <span className="zg-soft">
                    {p.by_name} {p.made_on}
                    {p.note ? ` · ${p.note}` : ''}
                    {p.ended_reason ? ` · ${p.ended_reason}` : ''}
                  </span>
                </span>
                {p.ended_on === null && may('credit.collect') ? <RowButtons offers={[{ text: t('command.credit.withdrawPromise'), run: () => setFront({ withdraw: p.promise_id }) }]} /> : null}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {data.letters.length === 0 ? null : (
        <Panel title={t('ui.collect.letters')}>
          <Table
            look="bare"
            rows={data.letters}
            keyOf={(l) => l.dunning_id}
            columns={[
              { key: 'number', title: t('ui.f.number'), render: (l) => <Link to={`/money/dunning/${l.dunning_id}`}>{l.number}</Link> },
              { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (l) => l.day },
              { key: 'level', title: t('ui.collect.level'), render: (l) => t(`ui.collect.level.${l.level}`) },
              { key: 'payBy', title: t('ui.collect.payBy'), figures: 'tabular', render: (l) => l.pay_by },
              { key: 'total', title: t('ui.f.amount'), align: 'end', render: (l) => format.money(l.total_minor) },
              { key: 'by', title: t('ui.collect.by'), render: (l) => l.by_name },
            ]}
          />
        </Panel>
      )}
      <InterestPanel party={party} />
      {front === 'dun' ? <DunDialog party={party} onClose={close} /> : null}
      {front === 'promise' ? <PromiseDialog party={party} overdue_minor={data.overdue_minor} onClose={close} /> : null}
      {typeof front === 'object' && front !== null ? (
        <ReasonDialog name="credit.withdrawPromise" text={t('ui.collect.promiseText')} needs="reason" inputOf={(reason) => ({ promise_id: front.withdraw, reason: reason ?? '' })} onClose={close} />
      ) : null}
    </div>
  )
}

function DunDialog({ party, onClose }: { party: Party; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const navigate = useNavigate()
  const [level, setLevel] = useState<'1' | '2' | '3' | ''>('')
  const [pay_by, setPayBy] = useState<string | null>(addDays(today, 7))
  const [note, setNote] = useState('')
  return (
    <ActionDialog
      name="credit.dun"
      subject={party.name}
      text={t('ui.collect.dunText')}
      inputOf={() => ({ party_id: party.party_id, note: note.trim() === '' ? null : note.trim(), ...(level === '' ? {} : { level: Number(level) as 1 | 2 | 3 }), ...(pay_by === null ? {} : { pay_by }) })}
      onDone={({ dunning_id }) => void navigate(`/money/dunning/${dunning_id}`)}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.collect.level')} path="level" span={6}>
          {(ids) => <SelectField {...ids} none={t('ui.collect.byDays')} value={level} options={(['1', '2', '3'] as const).map((value) => ({ value, label: t(`ui.collect.level.${value}`) }))} onChange={(next) => setLevel(next ?? '')} />}
        </Field>
        <Field label={t('ui.collect.payBy')} path="pay_by" span={6}>
          {(ids) => <DayField {...ids} value={pay_by} onChange={setPayBy} />}
        </Field>
        <Field label={t('ui.f.note')} path="note" span={12}>
          {(ids) => <TextArea {...ids} value={note} onChange={setNote} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

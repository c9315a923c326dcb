import { useState } from 'react'
import { App, Button, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import type { AskOutput, RunInput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { DocumentPage } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { PartyPicker, type PickedParty } from './party-picker.tsx'

type Party = AskOutput<'parties.get'>
type Take = NonNullable<RunInput<'parties.mergeParties'>['take']>[number]
type Side = 'one' | 'other'

const FIELDS: readonly Take[] = [
  'name', 'short_name', 'kind', 'phone', 'email', 'country', 'price_level', 'terms_days', 'credit_limit_minor', 'tax_title', 'tax_no', 'tax_address', 'tax_phone', 'bank_name', 'bank_account', 'note',
]
const isEmpty = (value: unknown): boolean => value === null || value === '' || value === undefined

/** Two records of one customer side by side: which one stays, and of each field whose value. */
export function MergePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const { message } = App.useApp()
  const tell = useRun('parties.tellApart')
  const merge = useRun('parties.mergeParties')
  const [keeps, setKeeps] = useState<Side>('one')
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  const [reason, setReason] = useState('')
  const one = useParty(params.get('one'))
  const other = useParty(params.get('other'))
  const pick = (side: Side, party: PickedParty): void => {
    setChosen({})
    setParams((now) => (now.set(side, party.party_id), now), { replace: true })
  }
  const [winner, loser] = keeps === 'one' ? [one.party, other.party] : [other.party, one.party]
  const lies: Side = keeps === 'one' ? 'other' : 'one'
  const sideOf = (key: string, winners: unknown, losers: unknown): Side => chosen[key] ?? (isEmpty(winners) && !isEmpty(losers) ? lies : keeps)
  const isSame = one.party !== undefined && one.party.party_id === other.party?.party_id
  const go = async (): Promise<void> => {
    if (!winner || !loser) return
    const take = FIELDS.filter((f) => winner[f] !== loser[f] && sideOf(f, winner[f], loser[f]) === lies)
    const take_extra = Object.keys(loser.extra).filter((k) => sideOf(`extra.${k}`, winner.extra[k], loser.extra[k]) === lies)
    const said = await merge.run({ winner_id: winner.party_id, loser_id: loser.party_id, take, take_extra, reason: reason.trim() })
    if (!said?.ok) return
    void message.success(t('ui.merge.done', { name: loser.name, winner: winner.name }), 6)
    void navigate(`/customers/${said.output.party_id}`)
  }
  const apart = async (): Promise<void> => {
    if (!one.party || !other.party) return
    const said = await tell.run({ party_ids: [one.party.party_id, other.party.party_id] })
    if (said?.ok) void navigate('/customers/duplicates')
  }
  const isReady = winner !== undefined && loser !== undefined && !isSame
  return (
    <DocumentPage
      kind={t('command.parties.mergeParties')}
      backTo={{ path: '/customers/duplicates', label: t('ui.nav.duplicates') }}
      actions={
        <>
          <Button disabled={!isReady} loading={tell.isRunning} onClick={() => void apart()}>{t('command.parties.tellApart')}</Button>
          <Button type="primary" disabled={!isReady} loading={merge.isRunning} onClick={() => void go()}>{t('ui.merge.go')}</Button>
        </>
      }
      messages={<RefusalMessage no={merge.no ?? tell.no} />}
    >
      <p className="zg-soft">{t('ui.merge.text')}</p>
      {one.error ?? other.error ? <NoMessage error={(one.error ?? other.error)!} /> : null}
      <FieldRow>
        <Field label={t('ui.merge.one')} path="winner_id" span={6}>
          {(ids) => <PartyPicker {...ids} role="any" value={pickedOf(one.party)} onPick={(p) => pick('one', p)} />}
        </Field>
        <Field label={t('ui.merge.other')} path="loser_id" span={6}>
          {(ids) => <PartyPicker {...ids} role="any" value={pickedOf(other.party)} onPick={(p) => pick('other', p)} />}
        </Field>
      </FieldRow>
      {isSame ? <p className="zg-danger-text">{t('refusal.parties.mergeWithItself', { name: one.party!.name })}</p> : null}
      {isReady ? (
        <>
          <Choices {...{ one: one.party!, other: other.party!, keeps, sideOf }} onKeep={(side) => (setKeeps(side), setChosen({}))} onChoose={(key, side) => setChosen({ ...chosen, [key]: side })} />
          <FieldRow>
            <TextInput label={t('ui.f.reason')} path="reason" span={12} value={reason} onChange={setReason} />
          </FieldRow>
        </>
      ) : null}
    </DocumentPage>
  )
}

const pickedOf = (party: Party | undefined): PickedParty | null => (party ? { party_id: party.party_id, name: `${party.code} ${party.name}` } : null)

function useParty(party_id: string | null) {
  const { data, error } = useAsk('parties.get', { party_id: party_id ?? '' }, { enabled: party_id !== null })
  return { party: party_id === null ? undefined : data, error }
}

type ChoicesProps = {
  readonly one: Party
  readonly other: Party
  readonly keeps: Side
  sideOf(key: string, winners: unknown, losers: unknown): Side
  onKeep(side: Side): void
  onChoose(key: string, side: Side): void
}

/** One row a field in which the two differ; what is united is said, not asked. */
function Choices({ one, other, keeps, sideOf, onKeep, onChoose }: ChoicesProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const told = (party: Party, field: Take): string => {
    const value = party[field]
    if (field === 'credit_limit_minor') return value === null ? t('ui.party.noLimit') : format.money(value as number)
    if (field === 'terms_days') return value === 0 ? t('ui.party.atOnce') : t('ui.days', { count: value as number })
    if (field === 'kind') return t(`ui.party.kind.${value as string}`)
    return String(value ?? '')
  }
  const [winner, loser] = keeps === 'one' ? [one, other] : [other, one]
  const own = [...new Set([...Object.keys(one.extra), ...Object.keys(other.extra)])].map((key) => ({ key: `extra.${key}`, label: one.extra_names[key] ?? other.extra_names[key] ?? key, one: String(one.extra[key] ?? ''), other: String(other.extra[key] ?? ''), side: sideOf(`extra.${key}`, winner.extra[key], loser.extra[key]) }))
  const rows = [
    ...FIELDS.map((field) => ({ key: field as string, label: t(`field.parties.${field}`), one: told(one, field), other: told(other, field), side: sideOf(field, winner[field], loser[field]) })),
    ...own,
  ].filter((row) => row.one !== row.other)
  const united = [
    [t('ui.party.contacts'), one.contacts.length, other.contacts.length],
    [t('ui.party.addresses'), one.addresses.length, other.addresses.length],
    [t('ui.party.aliases'), one.aliases.length, other.aliases.length],
    [t('ui.party.tags'), one.tags.length, other.tags.length],
  ] as const
  const choice = (row: (typeof rows)[number], side: Side) => (
    <Radio name={row.key} checked={row.side === side} onChange={() => onChoose(row.key, side)} aria-label={`${row.label}: ${row[side] || t('ui.merge.empty')}`}>
      {row[side] || <span className="zg-soft">{t('ui.merge.empty')}</span>}
    </Radio>
  )
  const keep = (side: Side, party: Party) => (
    <Radio name="keeps" checked={keeps === side} onChange={() => onKeep(side)} aria-label={`${t('ui.merge.keeps')}: ${party.code}`}>
      <strong>{party.code}</strong> <span className="zg-soft">{[party.assigned_name, format.instant(party.created_at)].filter(Boolean).join(' · ')}</span>
    </Radio>
  )
  return (
    <Table
      caption={t('command.parties.mergeParties')}
      rows={[{ key: 'keeps', label: t('ui.merge.keeps') }, ...rows, ...united.map(([label, a, b]) => ({ key: `united.${label}`, label, a, b }))]}
      keyOf={(row) => row.key}
      columns={[
        { key: 'label', title: t('ui.merge.field'), render: (row) => row.label },
        { key: 'one', title: one.name, render: (row) => (row.key === 'keeps' ? keep('one', one) : 'side' in row ? choice(row, 'one') : 'a' in row ? `${row.a}` : null) },
        { key: 'other', title: other.name, render: (row) => (row.key === 'keeps' ? keep('other', other) : 'side' in row ? choice(row, 'other') : 'b' in row ? t('ui.merge.united', { count: row.b }) : null) },
      ]}
    />
  )
}

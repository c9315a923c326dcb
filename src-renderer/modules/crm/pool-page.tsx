import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'
import { textOfNo } from '../../ui/no-text.ts'
import { useFormat } from '../../ui/format.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ColleagueSelect } from '../parties/assign-dialog.tsx'

type Row = RowOf<'crm.pool'>
type Show = NonNullable<AskInput<'crm.pool'>['show']>
const shows: readonly Show[] = ['soon', 'held']
const kinds = { party: 'ui.kind.customer', lead: 'ui.kind.lead' } as const
const about = (row: Row) => (row.kind === 'party' ? { party_id: row.id } : { lead_id: row.id })

/** Customers and leads of nobody, and those that will soon be. */
export function PoolPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { may, user } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [isHandingOver, setHandingOver] = useState(false)
  const { data: limits } = useAsk('crm.poolLimits', {})
  const recycle = useRun('crm.recycle')
  const takeBack = async (): Promise<void> => {
    const said = await recycle.run({})
    if (said?.ok) void message.success(t('ui.crm.pool.recycled', said.output))
    else if (said) void message.warning(textOfNo(said, { t, format }), 8)
  }
  const { data: routes } = useAsk('crm.routingRules', {})
  const route = useRun('crm.routeLeads')
  const routeAll = async (): Promise<void> => {
    const said = await route.run({})
    if (said?.ok) void message.success(t('ui.crm.route.done', said.output))
    else if (said) void message.warning(textOfNo(said, { t, format }), 8)
  }
  return (
    <ListScreen
      name="crm.pool"
      title={t('ui.nav.pool')}
      columns={() => [
        { key: 'code', from: 'code', title: t('ui.f.code'), width: 84, figures: 'tabular', render: (r) => r.code },
        { key: 'name', from: 'name', title: t('ui.f.name'), width: 180, grow: 3, render: (r) => r.name },
        { key: 'kind', from: 'kind', words: { party: t(kinds.party), lead: t(kinds.lead) }, title: t('ui.crm.pool.kind'), width: 84, render: (r) => t(kinds[r.kind]) },
        { key: 'phone', from: 'phone', title: t('ui.f.phone'), width: 116, figures: 'tabular', render: (r) => r.phone },
        { key: 'owner', from: 'owner_name', title: t('ui.party.owner'), width: 96, render: (r) => r.owner_name },
        { key: 'last', from: 'last_on', title: t('ui.crm.lastContact'), width: 100, figures: 'tabular', render: (r) => r.last_on },
        { key: 'sold', from: 'last_sold_on', title: t('ui.crm.pool.lastSold'), width: 100, figures: 'tabular', render: (r) => r.last_sold_on },
        {
          key: 'recycled',
          from: 'recycled_on',
          title: t('ui.crm.pool.recycledOn'),
          width: 110,
          figures: 'tabular',
          render: (r) => (r.is_protected ? <StatusTag tone="info">{t('ui.crm.pool.protected')}</StatusTag> : <span className={r.recycled_on ? 'zg-danger-text' : ''}>{r.recycled_on}</span>),
        },
      ]}
      inputOf={(v) => ({ text: v.text, show: (v.choice || 'pool') as Show })}
      idField="id"
      pathOf={(row) => (row.kind === 'party' ? `/customers/${row.id}` : `/crm/leads/${row.id}`)}
      search={t('ui.crm.pool.find')}
      choice={{ label: t('ui.crm.pool.show.pool'), options: shows.map((show) => ({ value: show, label: t(`ui.crm.pool.show.${show}`) })) }}
      filters={
        limits ? (
          <span className="zg-soft">
            {t('ui.crm.pool.limits', { held: limits.held, claimed: limits.claimed_today })}
            {limits.soon > 0 ? ` · ${t('ui.crm.pool.soon', { count: limits.soon })}` : ''}
          </span>
        ) : null
      }
      actions={
        <>
          <Button onClick={() => void navigate('/crm/pool/moves')}>{t('ui.nav.poolMoves')}</Button>
          {may('crm.assign') && (routes?.rows ?? []).some((r) => r.is_active) ? <Button loading={route.isRunning} onClick={() => void routeAll()}>{t('command.crm.routeLeads')}</Button> : null}
          {may('crm.assign') ? <Button loading={recycle.isRunning} onClick={() => void takeBack()}>{t('command.crm.recycle')}</Button> : null}
          {may('crm.assign') ? <Button onClick={() => setHandingOver(true)}>{t('command.crm.handOver')}</Button> : null}
        </>
      }
      bulk={[
        { name: 'crm.claim', permission: 'crm.claim', text: t('command.crm.claim'), isFor: (row) => row.owner_id === null, inputOf: about, nameOf: (row) => row.name },
        {
          name: 'crm.returnToPool',
          permission: 'crm.claim',
          text: t('command.crm.returnToPool'),
          isFor: (row) => row.owner_id === user.id,
          inputOf: (row) => ({ ...about(row), reason: t('command.crm.returnToPool') }),
          nameOf: (row) => row.name,
        },
        { name: 'crm.protect', permission: 'crm.assign', text: t('command.crm.protect'), isFor: (row) => row.is_protected === 0 && row.owner_id !== null, inputOf: (row) => ({ ...about(row), reason: t('command.crm.protect') }), nameOf: (row) => row.name },
        { name: 'crm.unprotect', permission: 'crm.assign', text: t('command.crm.unprotect'), isFor: (row) => row.is_protected === 1, inputOf: about, nameOf: (row) => row.name },
      ]}
      empty={{ title: t('ui.crm.pool.empty'), text: t('ui.crm.pool.emptyText') }}
    >
      {isHandingOver ? <HandOverDialog onClose={() => setHandingOver(false)} /> : null}
    </ListScreen>
  )
}

/** Everything that somebody owns goes to a colleague. */
function HandOverDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [from_user_id, setFrom] = useState<string | null>(null)
  const [to_user_id, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  return (
    <ActionDialog
      name="crm.handOver"
      enter="submits"
      text={t('ui.crm.pool.handOverText')}
      isReady={from_user_id !== null && to_user_id !== null && reason.trim() !== ''}
      inputOf={() => ({ from_user_id: from_user_id ?? '', to_user_id: to_user_id ?? '', reason: reason.trim() })}
      onDone={(counts) => void message.success(t('ui.crm.pool.handedOver', counts), 8)}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.crm.pool.handOverFrom')} path="from_user_id" isRequired span={6}>
          {(ids) => <ColleagueSelect {...ids} whom="everybody" none={t('ui.crm.pool.chooseColleague')} value={from_user_id} onChange={setFrom} />}
        </Field>
        <Field label={t('ui.crm.pool.handOverTo')} path="to_user_id" isRequired span={6}>
          {(ids) => <ColleagueSelect {...ids} none={t('ui.crm.pool.chooseColleague')} value={to_user_id} onChange={setTo} />}
        </Field>
        <TextInput label={t('ui.f.reason')} path="reason" isRequired span={12} value={reason} onChange={setReason} />
      </FieldRow>
    </ActionDialog>
  )
}

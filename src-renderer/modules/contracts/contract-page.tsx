import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DocumentPage, FactCard, Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { ItemLines } from '../catalog/item-lines.tsx'
import { ApprovalPanel } from '../platform/approval-panel.tsx'
import { PrintButton } from '../platform/print-button.tsx'
import { ContractTag } from './contract-tag.tsx'

type Contract = AskOutput<'contracts.contract'>
const partTone = { open: 'neutral', part: 'info', paid: 'success', late: 'danger' } as const

/** A contract: what was agreed, what of it is paid, and what comes next. */
export function ContractPage() {
  const { contract_id = '' } = useParams()
  const { data: contract, error } = useAsk('contracts.contract', { contract_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  return contract ? <ContractView contract={contract} /> : <div className="zg-page" aria-busy />
}

function ContractView({ contract }: { contract: Contract }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const [front, setFront] = useState<'sign' | 'terminate' | null>(null)
  const order = useRun('contracts.orderContract')
  const renew = useRun('contracts.renewContract')
  const { contract_id, state } = contract
  const mayWrite = may('contracts.write')
  const toOrder = async (): Promise<void> => {
    const said = await order.run({ contract_id })
    if (said?.ok) void navigate(`/sales/orders/${said.output.order_id}`)
  }
  const toNext = async (): Promise<void> => {
    const said = await renew.run({ contract_id })
    if (said?.ok) void navigate(`/crm/contracts/${said.output.contract_id}/edit`)
  }
  return (
    <DocumentPage
      kind={t('ui.kind.contract')}
      number={contract.number}
      subject={contract.party_name}
      record={{ kind: 'contracts.contract', id: contract_id }}
      backTo={{ path: '/crm/contracts', label: t('ui.nav.contracts') }}
      tags={
        <>
          <ContractTag of={contract} />
          {contract.late_minor > 0 ? <StatusTag tone="danger">{t('ui.contract.late')}</StatusTag> : null}
        </>
      }
      actions={
        <>
          <PrintButton name="contracts.contract" id={contract_id} />
          <ActionButtons
            offers={[
              mayWrite && state !== 'terminated' && { text: t('command.contracts.terminateContract'), run: () => setFront('terminate') },
              mayWrite && state === 'active' && contract.renewed_by === null && { text: t('command.contracts.renewContract'), isRunning: renew.isRunning, run: () => void toNext() },
              mayWrite && state === 'draft' && { text: t('ui.edit'), run: () => void navigate(`/crm/contracts/${contract_id}/edit`) },
              mayWrite && state === 'draft' && { text: t('command.contracts.signContract'), look: 'main', run: () => setFront('sign') },
              mayWrite && may('sales.order') && state === 'active' && contract.order === null && { text: t('command.contracts.orderContract'), look: 'main', isRunning: order.isRunning, run: () => void toOrder() },
            ]}
          />
        </>
      }
      messages={<RefusalMessage no={order.no ?? renew.no} />}
      side={<Links contract={contract} />}
    >
      <ApprovalPanel of={{ source_kind: 'contracts.contract', source_id: contract_id }} />
      <FactCard
        facts={[
          [t('ui.contract.title'), contract.title],
          [t('ui.f.customer'), <Link to={`/customers/${contract.party_id}`}>{contract.party_name}</Link>],
          [t('ui.f.amount'), <b className="zg-figures">{format.money(contract.amount_minor)}</b>],
          [t('ui.contract.term'), <span className="zg-figures">{`${contract.starts_on} – ${contract.ends_on}`}</span>],
          [t('ui.contract.signedOn'), contract.signed_on],
          [t('ui.contract.paid'), <span className="zg-figures">{format.money(contract.paid_minor)}</span>],
          [t('ui.party.owner'), contract.owner_name],
          [t('ui.contract.remindLabel'), contract.remind_days === null ? null : t('ui.contract.remindOf', { days: contract.remind_days })],
          contract.ended_on ? [t('state.contract.terminated'), contract.ended_on] : null,
          contract.end_reason ? [t('ui.contract.endReason'), contract.end_reason] : null,
          contract.note ? [t('ui.f.note'), contract.note] : null,
        ]}
      />
      <Table
        caption={t('ui.contract.plan')}
        rows={contract.plan}
        keyOf={(p) => p.part_no}
        columns={[
          { key: 'no', title: '#', figures: 'faint', render: (p) => p.part_no },
          { key: 'due', title: t('ui.f.dueOn'), figures: 'tabular', render: (p) => p.due_on },
          { key: 'note', title: t('ui.f.note'), render: (p) => p.note },
          { key: 'state', title: t('ui.f.state'), render: (p) => <StatusTag tone={partTone[p.state]}>{t(`state.instalment.${p.state}`)}</StatusTag> },
          { key: 'paid', title: t('ui.contract.paid'), align: 'end', render: (p) => (p.paid_minor === 0 ? '' : format.money(p.paid_minor)) },
          { key: 'amount', title: t('ui.f.amount'), align: 'end', render: (p) => format.money(p.amount_minor), total: format.money(contract.amount_minor) },
        ]}
      />
      <ItemLines lines={contract.lines} />
      {front === 'sign' ? <SignDialog contract={contract} onClose={() => setFront(null)} /> : null}
      {front === 'terminate' ? (
        <ReasonDialog name="contracts.terminateContract" text={t('ui.contract.terminateText')} needs="reason" inputOf={(reason) => ({ contract_id, reason: reason ?? '' })} onClose={() => setFront(null)} />
      ) : null}
    </DocumentPage>
  )
}

/** Where it came from and what became of it. */
function Links({ contract }: { contract: Contract }) {
  const { t } = useTranslation()
  const links = [
    ['ui.kind.opportunity', '/crm/deals/', contract.opportunity],
    ['ui.kind.quote', '/sales/quotes/', contract.quote],
    ['ui.kind.order', '/sales/orders/', contract.order],
    ['ui.contract.renews', '/crm/contracts/', contract.renews],
    ['ui.contract.renewedBy', '/crm/contracts/', contract.renewed_by],
  ] as const
  const known = links.filter(([, , to]) => to !== null)
  if (known.length === 0) return null
  return (
    <Panel title={t('ui.documents')}>
      <ul className="zg-list-plain">
        {known.map(([kind, path, to]) => (
          <li key={kind}>
            <span className="zg-soft">{t(kind)}</span>
            <Link to={path + to!.id}>{to!.number ?? t('state.contract.draft')}</Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function SignDialog({ contract, onClose }: { contract: Contract; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { message } = App.useApp()
  const [signed_on, setDay] = useState<string | null>(today)
  return (
    <ActionDialog
      name="contracts.signContract"
      subject={contract.title}
      text={t('ui.contract.signText')}
      enter="submits"
      isReady={signed_on !== null}
      inputOf={() => ({ contract_id: contract.contract_id, signed_on: signed_on ?? today })}
      onDone={({ number }) => void message.success(t('ui.posted', { numbers: number }))}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.contract.signedOn')} path="signed_on" isRequired span={6}>
          {(ids) => <DayField {...ids} autoFocus value={signed_on} onChange={setDay} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

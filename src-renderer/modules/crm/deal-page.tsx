import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { DocumentPage, FactCard, Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ItemLines } from '../catalog/item-lines.tsx'
import { ContractLinks } from '../contracts/contract-links.tsx'
import { dealTone, stageName, stalledWords, type Deal } from './deal-words.ts'
import { StageRefusal } from './stage-refusal.tsx'
import { Timeline } from './timeline.tsx'

/** An opportunity: where it stands, what it offers, against whom, and what was said. */
export function DealPage() {
  const { opportunity_id = '' } = useParams()
  const { data: deal, error } = useAsk('crm.opportunity', { opportunity_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  return deal ? <DealView deal={deal} /> : <div className="zg-page" aria-busy />
}

function DealView({ deal }: { deal: Deal }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const [front, setFront] = useState<'win' | 'lose' | null>(null)
  const quote = useRun('crm.quoteOpportunity')
  const reopen = useRun('crm.reopenOpportunity')
  const contract = useRun('contracts.draftContract')
  const { opportunity_id, state } = deal
  const isOpen = state === 'open' && may('crm.deal')
  const toQuote = async (): Promise<void> => {
    const said = await quote.run({ opportunity_id })
    if (said?.ok) void navigate(`/sales/quotes/${said.output.quote_id}`)
  }
  const toContract = async (): Promise<void> => {
    const said = await contract.run({ opportunity_id })
    if (said?.ok) void navigate(`/crm/contracts/${said.output.contract_id}/edit`)
  }
  return (
    <DocumentPage
      kind={t('ui.kind.opportunity')}
      number={deal.number}
      record={{ kind: 'crm.opportunity', id: opportunity_id }}
      backTo={{ path: '/crm/deals', label: t('ui.nav.deals') }}
      tags={
        <>
          <StatusTag tone={dealTone[state]}>{t(`state.opportunity.${state}`)}</StatusTag>
          {deal.is_stalled ? <StatusTag tone="danger">{stalledWords(deal, t)}</StatusTag> : null}
        </>
      }
      actions={
        <ActionButtons
          offers={[
            state !== 'open' && may('crm.deal') && { text: t('command.crm.reopenOpportunity'), isRunning: reopen.isRunning, run: () => void reopen.run({ opportunity_id }) },
            isOpen && { text: t('command.crm.loseOpportunity'), run: () => setFront('lose') },
            isOpen && { text: t('ui.edit'), run: () => void navigate(`/crm/deals/${opportunity_id}/edit`) },
            isOpen && may('sales.quote') && deal.lines.length > 0 && { text: t('command.crm.quoteOpportunity'), isRunning: quote.isRunning, run: () => void toQuote() },
            deal.state !== 'lost' && may('contracts.write') && deal.amount_minor > 0 && { text: t('command.contracts.draftContract'), isRunning: contract.isRunning, run: () => void toContract() },
            isOpen && { text: t('command.crm.winOpportunity'), look: 'main', run: () => setFront('win') },
          ]}
        />
      }
      messages={<RefusalMessage no={quote.no ?? reopen.no ?? contract.no} />}
      side={
        <>
          <Side deal={deal} />
          <ContractLinks of={{ opportunity_id }} />
        </>
      }
    >
      <StageSteps deal={deal} mayMove={isOpen} />
      <FactCard
        facts={[
          [t('ui.f.name'), deal.name],
          [t('ui.f.customer'), <Link to={`/customers/${deal.party_id}`}>{deal.party_name}</Link>],
          [t('ui.f.amount'), format.money(deal.amount_minor)],
          [t('ui.crm.deal.weighted'), `${format.money(deal.weighted_minor)} (${format.percent(deal.probability_e8)})`],
          [t('field.crm.expected_on'), deal.expected_on],
          [t('field.crm.contact_name'), deal.contact_name],
          [t('ui.party.owner'), deal.owner_name],
          deal.lead ? [t('ui.kind.lead'), <Link to={`/crm/leads/${deal.lead.lead_id}`}>{deal.lead.code}</Link>] : null,
          deal.closed_on ? [t('field.crm.closed_on'), deal.closed_on] : null,
          deal.close_reason ? [t('field.crm.close_reason'), deal.close_reason] : null,
          deal.lost_to_name ? [t('field.crm.lost_to_id'), deal.lost_to_name] : null,
          deal.note ? [t('ui.f.note'), deal.note] : null,
        ]}
      />
      <ItemLines lines={deal.lines} />
      <Timeline subject={{ party_id: null, lead_id: null, opportunity_id, name: `${deal.number} ${deal.name}` }} />
      {front === 'win' ? <WinDialog deal={deal} onClose={() => setFront(null)} /> : null}
      {front === 'lose' ? <LoseDialog deal={deal} onClose={() => setFront(null)} /> : null}
    </DocumentPage>
  )
}

/** The stages in a row: one click, or Enter, takes the opportunity there. */
function StageSteps({ deal, mayMove }: { deal: Deal; mayMove: boolean }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { data } = useAsk('crm.stages', {})
  const move = useRun('crm.moveOpportunity')
  const shown = (data?.rows ?? []).filter((s) => s.is_active === 1 || s.stage_id === deal.stage_id)
  return (
    <>
      <StageRefusal no={move.no} />
      <div className="zg-stage-steps" role="group" aria-label={t('field.crm.stage_id')}>
        {shown.map((s) => (
          <button
            key={s.stage_id}
            type="button"
            aria-pressed={s.stage_id === deal.stage_id}
            disabled={!mayMove || move.isRunning}
            onClick={() => void move.run({ opportunity_id: deal.opportunity_id, stage_id: s.stage_id })}
          >
            {stageName(s, locale)}
          </button>
        ))}
      </div>
    </>
  )
}

function Side({ deal }: { deal: Deal }) {
  const { t } = useTranslation()
  const { locale, money } = useFormat()
  return (
    <>
      <Panel title={t('ui.documents')}>
        {deal.documents.length === 0 ? <span className="zg-soft">{t('ui.documentsNone')}</span> : null}
        <ul className="zg-list-plain">
          {deal.documents.map((d) => (
            <li key={d.source_id}>
              <DocumentLink kind={d.source_kind} id={d.source_id} number={d.number ?? t('state.order.draft')} />
              <span className="zg-soft">{t(`state.${d.source_kind === 'sales.quote' ? 'quote' : 'order'}.${d.state}`)}</span>
              <span className="zg-figures">{money(d.gross_minor)}</span>
            </li>
          ))}
        </ul>
      </Panel>
      {deal.rivals.length > 0 ? (
        <Panel title={t('ui.crm.deal.rivals')}>
          <ul className="zg-list-plain">
            {deal.rivals.map((r) => (
              <li key={r.competitor_id}>
                <span>{r.name}</span>
                <span className="zg-soft">{r.note}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <Panel title={t('ui.crm.deal.history')}>
        <ul className="zg-list-plain">
          {deal.history.map((h) => (
            <li key={h.seq}>
              <span>{h.state === 'open' ? stageName(h, locale) : t(`state.opportunity.${h.state}`)}</span>
              <span className="zg-soft">{h.state === 'open' ? t('ui.days', { count: h.days }) : ''}</span>
              <span className="zg-soft zg-figures">{h.day}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}

function WinDialog({ deal, onClose }: { deal: Deal; onClose(): void }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const canOrder = may('sales.order') && (deal.lines.length > 0 || deal.documents.some((d) => d.source_kind === 'sales.quote' && d.state === 'sent'))
  const [order, setOrder] = useState<'draft' | 'none'>(canOrder ? 'draft' : 'none')
  const [reason, setReason] = useState('')
  return (
    <ActionDialog
      name="crm.winOpportunity"
      subject={deal.number}
      enter="submits"
      text={t('ui.crm.deal.winText')}
      inputOf={() => ({ opportunity_id: deal.opportunity_id, order, close_reason: reason.trim() === '' ? null : reason.trim() })}
      onDone={({ order_id }) => (order_id === null ? undefined : void navigate(`/sales/orders/${order_id}`))}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.kind.order')} path="order" span={12}>
          {(ids) => (
            <SelectField
              {...ids}
              disabled={!canOrder}
              value={order}
              options={(['draft', 'none'] as const).map((value) => ({ value, label: t(`ui.crm.deal.order.${value}`) }))}
              onChange={(value) => setOrder(value ?? 'none')}
            />
          )}
        </Field>
        <TextInput label={t('field.crm.close_reason')} path="close_reason" span={12} value={reason} onChange={setReason} />
      </FieldRow>
    </ActionDialog>
  )
}

function LoseDialog({ deal, onClose }: { deal: Deal; onClose(): void }) {
  const { t } = useTranslation()
  const { data } = useAsk('crm.competitors', {})
  const [reason, setReason] = useState('')
  const [lost_to_id, setLostTo] = useState<string | null>(null)
  return (
    <ActionDialog
      name="crm.loseOpportunity"
      subject={deal.number}
      enter="submits"
      isReady={reason.trim() !== ''}
      inputOf={() => ({ opportunity_id: deal.opportunity_id, close_reason: reason.trim(), lost_to_id })}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('field.crm.close_reason')} path="close_reason" isRequired span={12} autoFocus value={reason} onChange={setReason} />
        <Field label={t('field.crm.lost_to_id')} path="lost_to_id" span={12}>
          {(ids) => <SelectField {...ids} none={t('ui.crm.deal.nobody')} value={lost_to_id} options={(data?.rows ?? []).map((c) => ({ value: c.competitor_id, label: c.name }))} onChange={setLostTo} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

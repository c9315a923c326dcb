import { useRef, useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { useExtraFacts } from '../../ui/custom-fields/extra-facts.ts'
import { DocumentPage, FactCard, Panel } from '../../ui/document-page.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { filledLines } from '../catalog/priced-lines/draft.ts'
import { ApprovalPanel } from '../platform/approval-panel.tsx'
import { PrintButton } from '../platform/print-button.tsx'
import { ContractLinks } from '../contracts/contract-links.tsx'
import { Origin } from '../crm/origin.tsx'
import { quoteDraftOf } from './offer-draft.ts'
import { OfferForm, useEmptyOffer } from './offer-form.tsx'
import { sentOffer } from './order-draft-page.tsx'
import { PricedLinesView } from './priced-lines-view.tsx'
import { SaleLifecycle } from './sale-lifecycle.tsx'
import { quoteTone } from './states.ts'

type Quote = AskOutput<'sales.quote'>

export function QuotePage() {
  const { quote_id = '' } = useParams()
  const { data: quote, error } = useAsk('sales.quote', { quote_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!quote) return <div className="zg-page" aria-busy />
  return quote.state === 'draft' ? <QuoteDraftPage key={quote_id} quote={quote} /> : <QuoteView quote={quote} />
}

export function NewQuotePage() {
  return <QuoteDraftPage quote={null} />
}

/** A quote being entered: Ctrl+S keeps it, F9 marks it as sent and gives it its number. */
function QuoteDraftPage({ quote }: { quote: Quote | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const empty = useEmptyOffer()
  const { draft, set, form } = useDraft(() => (quote ? quoteDraftOf(quote) : empty()))
  const saved = useRef<string | null>(quote?.quote_id ?? null)
  const create = useRun('sales.createQuote', form)
  const update = useRun('sales.updateQuote', form)
  const send = useRun('sales.sendQuote')
  const no = create.no ?? update.no ?? send.no
  const save = async (): Promise<string | undefined> => {
    const whole = { ...draft, lines: filledLines(draft.lines) }
    form.tidy({ lines: whole.lines })
    const input = { ...sentOffer(whole), valid_until: whole.valid_until }
    const said = saved.current === null ? await create.run(input) : await update.run({ quote_id: saved.current, ...input })
    if (!said?.ok) return undefined
    saved.current = said.output.quote_id
    form.settle()
    return said.output.quote_id
  }
  const keep = async (): Promise<void> => {
    const quote_id = await save()
    if (quote_id === undefined) return
    void message.success(t('ui.order.draftSaved'))
    if (quote === null) void navigate(`/sales/quotes/${quote_id}`, { replace: true })
  }
  const sendNow = async (): Promise<void> => {
    const quote_id = await save()
    if (quote_id === undefined) return
    const said = await send.run({ quote_id })
    if (said?.ok) void message.success(t('ui.posted', { numbers: said.output.number }))
    if (quote === null) void navigate(`/sales/quotes/${quote_id}`, { replace: true })
  }
  return (
    <FormPage
      kind={t('ui.kind.quote')}
      number={quote?.number ?? null}
      backTo={{ path: '/sales/quotes', label: t('ui.nav.quotes') }}
      tags={<StatusTag tone="neutral">{t(quote ? 'state.quote.draft' : 'ui.newDocument')}</StatusTag>}
      posts={t('command.sales.sendQuote')}
      form={form}
      runs={[create, update, send]}
      onDone={() => void sendNow()}
      onKeep={() => void keep()}
    >
      {quote ? <ApprovalPanel of={{ source_kind: 'sales.quote', source_id: quote.quote_id }} /> : null}
      <OfferForm kind="quote" draft={draft} onChange={set} no={no} onDone={() => void keep()} />
    </FormPage>
  )
}

function QuoteView({ quote }: { quote: Quote }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const [isLosing, setLosing] = useState(false)
  const own = useExtraFacts('sales.quote', quote)
  const revise = useRun('sales.reviseQuote')
  const convert = useRun('sales.convertQuote')
  const contract = useRun('contracts.draftContract')
  const { may } = useSession()
  const toContract = async (): Promise<void> => {
    const said = await contract.run({ quote_id: quote.quote_id })
    if (said?.ok) void navigate(`/crm/contracts/${said.output.contract_id}/edit`)
  }
  const toOrder = async (): Promise<void> => {
    const said = await convert.run({ quote_id: quote.quote_id })
    if (said?.ok) void navigate(`/sales/orders/${said.output.order_id}`)
  }
  const newVersion = async (): Promise<void> => {
    const said = await revise.run({ quote_id: quote.quote_id })
    if (said?.ok) void navigate(`/sales/quotes/${said.output.quote_id}`)
  }
  const isOpen = quote.state === 'sent'
  return (
    <DocumentPage
      kind={t('ui.kind.quote')}
      record={{ kind: 'sales.quote', id: quote.quote_id }}
      number={`${quote.number ?? ''}${quote.version > 1 ? ` v${quote.version}` : ''}`}
      backTo={{ path: '/sales/quotes', label: t('ui.nav.quotes') }}
      tags={
        <>
          <StatusTag tone={quoteTone[quote.state]}>{t(`state.quote.${quote.state}`)}</StatusTag>
          {quote.is_expired ? <StatusTag tone="danger">{t('ui.quote.expired')}</StatusTag> : null}
        </>
      }
      actions={
        <>
          <PrintButton name="sales.quote" id={quote.quote_id} />
          <ActionButtons
            offers={[
              isOpen && { text: t('command.sales.loseQuote'), run: () => setLosing(true) },
              (isOpen || quote.state === 'lost') && { text: t('command.sales.reviseQuote'), run: () => void newVersion() },
              (isOpen || quote.state === 'won') && may('contracts.write') && { text: t('command.contracts.draftContract'), isRunning: contract.isRunning, run: () => void toContract() },
              isOpen && { text: t('command.sales.convertQuote'), look: 'main', isRunning: convert.isRunning, run: () => void toOrder() },
            ]}
          />
        </>
      }
      messages={<RefusalMessage no={convert.no ?? revise.no ?? contract.no} />}
      side={
        <>
          {quote.orders.length > 0 ? (
            <Panel title={t('ui.nav.orders')}>
              <ul className="zg-list-plain">
                {quote.orders.map((o) => (
                  <li key={o.order_id}>
                    <Link to={`/sales/orders/${o.order_id}`}>{o.number ?? t('state.order.draft')}</Link>
                    <span>{t(`state.order.${o.state}`)}</span>
                  </li>
                ))}
              </ul>
            </Panel>
          ) : null}
          <ContractLinks of={{ quote_id: quote.quote_id }} />
          <Panel title={t('ui.quote.versions')}>
            <ul className="zg-list-plain">
              {quote.versions.map((v) => (
                <li key={v.quote_id}>
                  <Link to={`/sales/quotes/${v.quote_id}`}>v{v.version}</Link>
                  <span className="zg-soft">{t(`state.quote.${v.state}`)}</span>
                  <span className="zg-figures">{format.money(v.gross_minor)}</span>
                </li>
              ))}
            </ul>
          </Panel>
        </>
      }
    >
      <ApprovalPanel of={{ source_kind: 'sales.quote', source_id: quote.quote_id }} />
      <Origin of={{ source_kind: 'sales.quote', source_id: quote.quote_id }} />
      <SaleLifecycle of={{ kind: 'quote', id: quote.quote_id }} />
      <FactCard
        facts={[
          [t('ui.f.customer'), <Link to={`/customers/${quote.party_id}`}>{quote.party_name}</Link>],
          [t('ui.f.day'), quote.day],
          [t('ui.f.validUntil'), quote.valid_until],
          [t('ui.f.salesperson'), quote.salesperson_name],
          ...own,
          quote.note ? [t('ui.f.note'), quote.note] : null,
          quote.lost_reason ? [t('ui.quote.lostReason'), quote.lost_reason] : null,
        ]}
      />
      <PricedLinesView document={quote} />
      {isLosing ? (
        <ReasonDialog
          name="sales.loseQuote"
          needs="reason"
          text={t('ui.quote.loseText')}
          inputOf={(reason) => ({ quote_id: quote.quote_id, lost_reason: reason ?? '' })}
          onClose={() => setLosing(false)}
        />
      ) : null}
    </DocumentPage>
  )
}

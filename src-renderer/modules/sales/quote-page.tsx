import { useRef, useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { DocumentPage, Facts, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { useLeaveGuard } from '../../ui/leave-guard.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { isBlankLine, newDraftLine } from '../catalog/priced-lines/draft.ts'
import { PrintButton } from '../platform/print-button.tsx'
import { emptyOffer, quoteDraftOf, type OfferDraft } from './offer-draft.ts'
import { OfferForm } from './offer-form.tsx'
import { sentOffer } from './order-draft-page.tsx'
import { PricedLinesView } from './priced-lines-view.tsx'
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
  const { key } = useLocation()
  return <QuoteDraftPage key={key} quote={null} />
}

/** A quote being entered: Ctrl+S keeps it, F9 marks it as sent and gives it its number. */
function QuoteDraftPage({ quote }: { quote: Quote | null }) {
  const { t } = useTranslation()
  const { company, today } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [draft, setDraft] = useState<OfferDraft>(() => (quote ? quoteDraftOf(quote) : emptyOffer({ today, prices_include_tax: company.prices_include_tax })))
  const saved = useRef<string | null>(quote?.quote_id ?? null)
  const create = useRun('sales.createQuote')
  const update = useRun('sales.updateQuote')
  const send = useRun('sales.sendQuote')
  const guard = useLeaveGuard()
  const no = create.no ?? update.no ?? send.no
  const save = async (): Promise<string | undefined> => {
    const filled = draft.lines.filter((l) => !isBlankLine(l))
    const whole = { ...draft, lines: filled.length > 0 ? filled : [newDraftLine()] }
    setDraft(whole)
    const input = { ...sentOffer(whole), valid_until: whole.valid_until }
    const said = saved.current === null ? await create.run(input) : await update.run({ quote_id: saved.current, ...input })
    if (!said?.ok) return undefined
    saved.current = said.output.quote_id
    guard.settle()
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
  useShortcuts([
    { key: 's', with: 'ctrl', run: () => void keep() },
    { key: 'F9', always: true, run: () => void sendNow() },
    { key: 'Enter', with: 'ctrl', run: () => void sendNow() },
  ])
  return (
    <DocumentPage
      kind={t('ui.kind.quote')}
      number={quote?.number ?? null}
      backTo={{ path: '/sales/quotes', label: t('ui.nav.quotes') }}
      tags={<StatusTag tone="neutral">{t(quote ? 'state.quote.draft' : 'ui.newDocument')}</StatusTag>}
      actions={
        <>
          <Button onClick={() => void keep()}>
            {t('ui.saveDraft')} <kbd>Ctrl S</kbd>
          </Button>
          <Button type="primary" loading={send.isRunning} onClick={() => void sendNow()}>
            {t('command.sales.sendQuote')} <kbd>F9</kbd>
          </Button>
        </>
      }
      messages={<RefusalMessage no={no} />}
    >
      <OfferForm
        kind="quote"
        draft={draft}
        onChange={(next) => {
          setDraft(next)
          guard.touch()
        }}
        no={no}
        onDone={() => void keep()}
      />
    </DocumentPage>
  )
}

function QuoteView({ quote }: { quote: Quote }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const [isLosing, setLosing] = useState(false)
  const revise = useRun('sales.reviseQuote')
  const convert = useRun('sales.convertQuote')
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
          {isOpen ? <Button onClick={() => setLosing(true)}>{t('command.sales.loseQuote')}</Button> : null}
          {isOpen || quote.state === 'lost' ? <Button onClick={() => void newVersion()}>{t('command.sales.reviseQuote')}</Button> : null}
          {isOpen ? (
            <Button type="primary" loading={convert.isRunning} onClick={() => void toOrder()}>
              {t('command.sales.convertQuote')}
            </Button>
          ) : null}
        </>
      }
      messages={<RefusalMessage no={convert.no ?? revise.no} />}
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
      <section className="zg-card">
        <Facts
          facts={[
            [t('ui.f.customer'), <Link to={`/customers/${quote.party_id}`}>{quote.party_name}</Link>],
            [t('ui.f.day'), quote.day],
            [t('ui.f.validUntil'), quote.valid_until],
            [t('ui.f.salesperson'), quote.salesperson_name],
            quote.note ? [t('ui.f.note'), quote.note] : null,
            quote.lost_reason ? [t('ui.quote.lostReason'), quote.lost_reason] : null,
          ]}
        />
      </section>
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

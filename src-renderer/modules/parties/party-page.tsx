import { useState } from 'react'
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { useExtraFacts } from '../../ui/custom-fields/extra-facts.ts'
import { DocumentPage, FactCard, Facts, Panel, Sums } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { WriteOffDialog } from '../accounting/write-off-dialog.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { ReceiveDialog } from '../accounting/receive-dialog.tsx'
import { DocumentLinks } from '../sales/document-links.tsx'
import { isOffered } from '../../shell/nav.ts'
import { CollectionTab } from '../credit/collection-tab.tsx'
import { CreditPanel } from '../credit/credit-panel.tsx'
import { partySubject } from '../crm/quick-log.ts'
import { WholeCustomer } from '../insights/whole-customer.tsx'
import { Timeline } from '../crm/timeline.tsx'
import { PartyTickets } from '../service/party-tickets.tsx'
import { erasePath } from '../platform/erase-page.tsx'
import { AssignDialog } from './assign-dialog.tsx'
import { PartyChain } from './party-chain.tsx'
import { mergePath } from './duplicates-page.tsx'

type Party = AskOutput<'parties.get'>
type Role = 'customer' | 'supplier'

/** A customer or supplier: who they are, what is open, what was traded. */
export function PartyPage({ role }: { role: Role }) {
  const { party_id: asked = '' } = useParams()
  const tab = useSearchParams()[0].get('tab')
  const { t } = useTranslation()
  const { may, menu } = useSession()
  const navigate = useNavigate()
  const [front, setFront] = useState<'pay' | 'assign' | 'writeOff' | null>(null)
  const { data: party, error } = useAsk('parties.get', { party_id: asked })
  // Who was merged is shown as the one it is now.
  const party_id = party?.party_id ?? asked
  const deactivate = useRun('parties.deactivateParty')
  const reactivate = useRun('parties.reactivateParty')
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!party) return <div className="zg-page" aria-busy />
  const base = role === 'customer' ? '/customers' : '/suppliers'
  const payPermission = role === 'customer' ? 'accounting.receive' : 'accounting.pay'
  return (
    <DocumentPage
      kind={party.name}
      isNamed
      record={{ kind: 'parties.party', id: party_id }}
      backTo={{ path: base, label: t(role === 'customer' ? 'ui.nav.customers' : 'ui.nav.suppliers') }}
      tags={
        <>
          <span className="zg-soft zg-figures">{party.code}</span>
          {party.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>}
          {party.tags.map((tag) => (
            <StatusTag key={tag} tone="info">
              {tag}
            </StatusTag>
          ))}
        </>
      }
      actions={
        <ActionButtons
          offers={[
            may('parties.write') && !party.is_cash && { text: t(party.is_active ? 'command.parties.deactivateParty' : 'command.parties.reactivateParty'), run: () => void (party.is_active ? deactivate : reactivate).run({ party_id }) },
            role === 'customer' && may('accounting.post') && may('accounting.readMoney') && { text: t('command.accounting.writeOffBadDebt'), run: () => setFront('writeOff') },
            may('parties.merge') && !party.is_cash && { text: t('ui.merge.with'), run: () => void navigate(mergePath(party.party_id)) },
            may('platform.erase') && party.kind === 'person' && !party.is_cash && { text: t('ui.erase.action'), run: () => void navigate(erasePath('parties.party', party_id)) },
            may('parties.assign') && { text: t('command.parties.assignParty'), run: () => setFront('assign') },
            role === 'customer' && may('accounting.readMoney') && { text: t('ui.nav.statement'), run: () => void navigate(`/money/statement?party=${party_id}`) },
            may('parties.write') && { text: t('ui.edit'), run: () => void navigate(`${base}/${party_id}/edit`) },
            may(payPermission) && { text: t(role === 'customer' ? 'ui.payment.receipt' : 'ui.payment.payment'), run: () => setFront('pay') },
          ]}
        />
      }
      messages={<RefusalMessage no={deactivate.no ?? reactivate.no} />}
      side={
        <>
          {may('accounting.readMoney') ? <Balance party_id={party_id} role={role} /> : null}
          {role === 'customer' && !party.is_cash && may('credit.read') ? <CreditPanel party={party} /> : null}
        </>
      }
    >
      <Tabs
        {...(tab === null ? {} : { defaultActiveKey: tab })}
        items={[
          ...(role === 'customer' && !party.is_cash && may('insights.read') ? [{ key: 'whole', label: t('ui.whole.title'), children: <WholeCustomer party_id={party_id} /> }] : []),
          ...(may('crm.read') && isOffered('/crm', menu.modules_off) ? [{ key: 'timeline', label: t('ui.crm.timeline'), children: <Timeline subject={partySubject(party)} /> }] : []),
          ...(may('accounting.readMoney') ? [{ key: 'open', label: t('ui.party.openItems'), children: <OpenItems party_id={party_id} role={role} /> }] : []),
          ...(role === 'customer' && !party.is_cash && may('credit.read') ? [{ key: 'collection', label: t('ui.nav.collections'), children: <CollectionTab party={party} /> }] : []),
          ...(role === 'customer' && may('sales.read') ? [{ key: 'history', label: t('ui.party.history'), children: <History party_id={party_id} /> }] : []),
          ...(role === 'supplier' && may('purchasing.read') ? [{ key: 'bills', label: t('ui.nav.bills'), children: <Bills party_id={party_id} /> }] : []),
          ...(role === 'customer' && may('service.read') && isOffered('/service', menu.modules_off) ? [{ key: 'tickets', label: t('ui.nav.tickets'), children: <PartyTickets party_id={party_id} /> }] : []),
          { key: 'facts', label: t('ui.party.facts'), children: <><PartyChain party={party} base={base} /><PartyFacts party={party} /></> },
        ]}
      />
      {front === 'pay' ? <ReceiveDialog kind={role === 'customer' ? 'receipt' : 'payment'} party={{ party_id, name: party.name }} onClose={() => setFront(null)} /> : null}
      {front === 'writeOff' ? <WriteOffDialog party_id={party_id} onClose={() => setFront(null)} /> : null}
      {front === 'assign' ? <AssignDialog party={party} onClose={() => setFront(null)} /> : null}
    </DocumentPage>
  )
}

function Balance({ party_id, role }: { party_id: string; role: Role }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('accounting.partyBalance', { party_id })
  if (!data) return null
  const [owed_minor, overdue_minor, credit_minor] =
    role === 'customer'
      ? [data.receivable_minor, data.receivable_overdue_minor, data.receivable_credit_minor]
      : [data.payable_minor, data.payable_overdue_minor, data.payable_credit_minor]
  return (
    <Panel title={t('ui.balance.title')}>
      <Sums
        sums={[
          [t(role === 'customer' ? 'ui.balance.receivable' : 'ui.balance.payable'), format.money(owed_minor)],
          [t('ui.balance.overdue'), format.money(overdue_minor), overdue_minor > 0 ? 'danger' : undefined],
          [t(role === 'customer' ? 'ui.balance.theirCredit' : 'ui.balance.ourCredit'), format.money(credit_minor)],
          [t('ui.balance.net'), format.money(data.net_minor), 'strong'],
        ]}
      />
    </Panel>
  )
}

function OpenItems({ party_id, role }: { party_id: string; role: Role }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('accounting.openItems', { party_id, side: role === 'customer' ? 'receivable' : 'payable', limit: 200 })
  if (!data) return null
  if (data.rows.length === 0) return <p className="zg-soft">{t('ui.party.nothingOpen')}</p>
  return (
    <Table
      rows={data.rows}
      keyOf={(i) => i.open_item_id}
      columns={[
        { key: 'document', title: t('ui.f.document'), render: (i) => <DocumentLink kind={i.source_kind} id={i.source_id} number={i.number} /> },
        { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (i) => i.day },
        { key: 'due', title: t('ui.f.dueOn'), figures: 'tabular', toneOf: (i) => (i.overdue_days > 0 && i.open_minor > 0 ? 'danger' : undefined), render: (i) => i.due_on },
        { key: 'amount', title: t('ui.f.amount'), align: 'end', render: (i) => format.money(i.amount_minor) },
        { key: 'settled', title: t('ui.money.settled'), align: 'end', render: (i) => format.money(i.settled_minor) },
        { key: 'open', title: t('ui.f.open'), align: 'end', render: (i) => format.money(i.open_minor), total: format.money(data.open_minor) },
      ]}
    />
  )
}

function History({ party_id }: { party_id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('sales.customerHistory', { party_id })
  if (!data) return null
  return (
    <div className="zg-stack">
      <Facts
        facts={[
          [t('ui.history.firstSold'), data.first_sold_on],
          [t('ui.history.lastSold'), data.last_sold_on],
          [t('ui.history.count'), data.invoice_count],
          [t('ui.history.net'), format.money(data.sold_net_minor)],
        ]}
      />
      <div className="zg-halves">
        <Panel title={t('ui.history.items')}>
          <Table
            look="bare"
            rows={data.items}
            keyOf={(i) => i.item_id}
            columns={[
              { key: 'item', title: t('ui.f.item'), render: (i) => <Link to={`/items/${i.item_id}`}>{i.item_name}</Link> },
              { key: 'quantity', title: t('ui.f.quantity'), align: 'end', render: (i) => `${format.quantity(i.quantity_e6)} ${i.base_unit}` },
              { key: 'price', title: t('ui.hint.lastPrice'), align: 'end', render: (i) => `${format.price(i.last_price_e4)} / ${i.last_unit}` },
              { key: 'last', title: t('ui.history.lastSold'), figures: 'tabular', render: (i) => i.last_sold_on },
            ]}
          />
        </Panel>
        <DocumentLinks documents={data.documents} />
      </div>
    </div>
  )
}

function Bills({ party_id }: { party_id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('purchasing.bills', { party_id, limit: 100 })
  return (
    <Table
      rows={data?.rows}
      keyOf={(b) => b.bill_id}
      columns={[
        { key: 'number', title: t('ui.f.number'), render: (b) => <Link to={`/purchasing/bills/${b.bill_id}`}>{b.number}</Link> },
        { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (b) => b.day },
        { key: 'reference', title: t('ui.bill.supplierReference'), render: (b) => b.supplier_reference },
        { key: 'gross', title: t('ui.f.gross'), align: 'end', render: (b) => format.money(b.gross_minor) },
        { key: 'open', title: t('ui.f.open'), align: 'end', render: (b) => (b.open_minor === 0 ? '' : format.money(b.open_minor)) },
      ]}
    />
  )
}

function PartyFacts({ party }: { party: Party }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const own = useExtraFacts('parties.party', party)
  return (
    <div className="zg-stack">
      <FactCard
        facts={[
          [t('ui.f.phone'), party.phone],
          [t('ui.party.email'), party.email],
          [t('ui.party.terms'), party.terms_days === 0 ? t('ui.party.atOnce') : t('ui.days', { count: party.terms_days })],
          [t('ui.party.creditLimit'), party.credit_limit_minor === null ? t('ui.party.noLimit') : format.money(party.credit_limit_minor)],
          [t('ui.party.priceLevel'), party.price_level],
          [t('ui.party.owner'), party.assigned_name],
          [t('ui.party.aliases'), format.list(party.aliases)],
          ...own,
          [t('ui.f.note'), party.note],
        ]}
      />
      <FactCard
        facts={[
          [t('ui.party.taxTitle'), party.tax_title],
          [t('ui.party.taxNo'), party.tax_no],
          [t('ui.party.taxAddress'), party.tax_address],
          [t('ui.party.taxPhone'), party.tax_phone],
          [t('ui.party.bankName'), party.bank_name],
          [t('ui.party.bankAccount'), party.bank_account],
        ]}
      />
      {party.contacts.length > 0 ? (
        <Panel title={t('ui.party.contacts')}>
          <ul className="zg-list-plain">
            {party.contacts.map((c) => (
              <li key={c.id}>
                <span>
                  {c.name} <span className="zg-soft">{c.title}</span>
                </span>
                <span className="zg-figures">{[c.phone, c.wechat, c.email].filter(Boolean).join(' · ')}</span>
                {may('platform.erase') && party.kind === 'company' ? <Link to={erasePath('parties.contact', c.id)} aria-label={`${t('ui.erase.title')}: ${c.name}`}>{t('ui.erase.action')}</Link> : null}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {party.addresses.length > 0 ? (
        <Panel title={t('ui.party.addresses')}>
          <ul className="zg-list-plain">
            {party.addresses.map((a) => (
              <li key={a.id}>
                <span>
                  {a.label} {[a.region, a.street, a.postcode].filter(Boolean).join(' ')}
                </span>
                <span>{[a.recipient, a.phone].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {party.assignments.length > 0 ? (
        <Panel title={t('ui.party.assignments')}>
          <ul className="zg-list-plain">
            {party.assignments.map((a) => (
              <li key={`${a.user_id} ${a.from_day}`}>
                <span>{a.user_name}</span>
                <span className="zg-figures">
                  {a.from_day} – {a.to_day ?? t('ui.today')}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </div>
  )
}

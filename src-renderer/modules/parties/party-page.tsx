import { useState } from 'react'
import { Button, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { DocumentPage, Facts, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { DocumentLink } from '../accounting/document-link.tsx'
import { ReceiveDialog } from '../accounting/receive-dialog.tsx'
import { DocumentLinks } from '../sales/document-links.tsx'
import { AssignDialog } from './assign-dialog.tsx'

type Party = AskOutput<'parties.get'>
type Role = 'customer' | 'supplier'

/** A customer or supplier: who they are, what is open, what was traded. */
export function PartyPage({ role }: { role: Role }) {
  const { party_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const [front, setFront] = useState<'pay' | 'assign' | null>(null)
  const { data: party, error } = useAsk('parties.get', { party_id })
  const deactivate = useRun('parties.deactivateParty')
  const reactivate = useRun('parties.reactivateParty')
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!party) return <div className="zg-page" aria-busy />
  const base = role === 'customer' ? '/customers' : '/suppliers'
  const payPermission = role === 'customer' ? 'accounting.receive' : 'accounting.pay'
  return (
    <DocumentPage
      kind={party.name}
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
        <>
          {may('parties.write') && !party.is_cash ? (
            <Button onClick={() => void (party.is_active ? deactivate : reactivate).run({ party_id })}>
              {t(party.is_active ? 'command.parties.deactivateParty' : 'command.parties.reactivateParty')}
            </Button>
          ) : null}
          {may('parties.assign') ? <Button onClick={() => setFront('assign')}>{t('command.parties.assignParty')}</Button> : null}
          {may('parties.write') ? <Button onClick={() => void navigate(`${base}/${party_id}/edit`)}>{t('ui.edit')}</Button> : null}
          {may(payPermission) ? <Button onClick={() => setFront('pay')}>{t(role === 'customer' ? 'ui.payment.receipt' : 'ui.payment.payment')}</Button> : null}
        </>
      }
      messages={<RefusalMessage no={deactivate.no ?? reactivate.no} />}
      side={may('accounting.readMoney') ? <Balance party_id={party_id} role={role} /> : undefined}
    >
      <Tabs
        items={[
          ...(may('accounting.readMoney') ? [{ key: 'open', label: t('ui.party.openItems'), children: <OpenItems party_id={party_id} role={role} /> }] : []),
          ...(role === 'customer' && may('sales.read') ? [{ key: 'history', label: t('ui.party.history'), children: <History party_id={party_id} /> }] : []),
          ...(role === 'supplier' && may('purchasing.read') ? [{ key: 'bills', label: t('ui.nav.bills'), children: <Bills party_id={party_id} /> }] : []),
          { key: 'facts', label: t('ui.party.facts'), children: <PartyFacts party={party} /> },
        ]}
      />
      {front === 'pay' ? <ReceiveDialog kind={role === 'customer' ? 'receipt' : 'payment'} party={{ party_id, name: party.name }} onClose={() => setFront(null)} /> : null}
      {front === 'assign' ? <AssignDialog party={party} onClose={() => setFront(null)} /> : null}
    </DocumentPage>
  )
}

function Balance({ party_id, role }: { party_id: string; role: Role }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('accounting.partyBalance', { party_id })
  if (!data) return null
  const rows =
    role === 'customer'
      ? ([
          ['ui.balance.receivable', data.receivable_minor],
          ['ui.balance.overdue', data.receivable_overdue_minor],
          ['ui.balance.theirCredit', data.receivable_credit_minor],
        ] as const)
      : ([
          ['ui.balance.payable', data.payable_minor],
          ['ui.balance.overdue', data.payable_overdue_minor],
          ['ui.balance.ourCredit', data.payable_credit_minor],
        ] as const)
  return (
    <Panel title={t('ui.balance.title')}>
      <dl className="zg-sums">
        {rows.map(([label, value]) => (
          <div key={label} className={label === 'ui.balance.overdue' && value > 0 ? 'zg-danger-text' : undefined}>
            <dt>{t(label)}</dt>
            <dd className="zg-figures">{format.money(value)}</dd>
          </div>
        ))}
        <div className="zg-total-strong">
          <dt>{t('ui.balance.net')}</dt>
          <dd className="zg-figures">{format.money(data.net_minor)}</dd>
        </div>
      </dl>
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
    <div className="zg-table-box">
      <table className="zg-table">
        <thead>
          <tr>
            <th scope="col">{t('ui.f.document')}</th>
            <th scope="col">{t('ui.f.day')}</th>
            <th scope="col">{t('ui.f.dueOn')}</th>
            <th scope="col" className="zg-end">{t('ui.f.amount')}</th>
            <th scope="col" className="zg-end">{t('ui.money.settled')}</th>
            <th scope="col" className="zg-end">{t('ui.f.open')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((i) => (
            <tr key={i.open_item_id}>
              <td>
                <DocumentLink kind={i.source_kind} id={i.source_id} number={i.number} />
              </td>
              <td className="zg-figures">{i.day}</td>
              <td className={`zg-figures${i.overdue_days > 0 && i.open_minor > 0 ? ' zg-danger-text' : ''}`}>{i.due_on}</td>
              <td className="zg-end">{format.money(i.amount_minor)}</td>
              <td className="zg-end">{format.money(i.settled_minor)}</td>
              <td className="zg-end">{format.money(i.open_minor)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={5}>{t('ui.f.sum')}</td>
            <td className="zg-end">{format.money(data.open_minor)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
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
          <table className="zg-table">
            <thead>
              <tr>
                <th scope="col">{t('ui.f.item')}</th>
                <th scope="col" className="zg-end">{t('ui.f.quantity')}</th>
                <th scope="col" className="zg-end">{t('ui.hint.lastPrice')}</th>
                <th scope="col">{t('ui.history.lastSold')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((i) => (
                <tr key={i.item_id}>
                  <td>
                    <Link to={`/items/${i.item_id}`}>{i.item_name}</Link>
                  </td>
                  <td className="zg-end">
                    {format.quantity(i.quantity_e6)} {i.base_unit}
                  </td>
                  <td className="zg-end">
                    {format.price(i.last_price_e4)} / {i.last_unit}
                  </td>
                  <td className="zg-figures">{i.last_sold_on}</td>
                </tr>
              ))}
            </tbody>
          </table>
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
    <div className="zg-table-box">
      <table className="zg-table">
        <thead>
          <tr>
            <th scope="col">{t('ui.f.number')}</th>
            <th scope="col">{t('ui.f.day')}</th>
            <th scope="col">{t('ui.bill.supplierReference')}</th>
            <th scope="col" className="zg-end">{t('ui.f.gross')}</th>
            <th scope="col" className="zg-end">{t('ui.f.open')}</th>
          </tr>
        </thead>
        <tbody>
          {(data?.rows ?? []).map((b) => (
            <tr key={b.bill_id}>
              <td>
                <Link to={`/purchasing/bills/${b.bill_id}`}>{b.number}</Link>
              </td>
              <td className="zg-figures">{b.day}</td>
              <td>{b.supplier_reference}</td>
              <td className="zg-end">{format.money(b.gross_minor)}</td>
              <td className="zg-end">{format.money(b.open_minor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PartyFacts({ party }: { party: Party }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="zg-stack">
      <section className="zg-card">
        <Facts
          facts={[
            [t('ui.f.phone'), party.phone],
            [t('ui.party.email'), party.email],
            [t('ui.party.terms'), party.terms_days === 0 ? t('ui.party.atOnce') : t('ui.days', { count: party.terms_days })],
            [t('ui.party.creditLimit'), party.credit_limit_minor === null ? t('ui.party.noLimit') : format.money(party.credit_limit_minor)],
            [t('ui.party.priceLevel'), party.price_level],
            [t('ui.party.owner'), party.assigned_name],
            [t('ui.party.aliases'), format.list(party.aliases)],
            [t('ui.f.note'), party.note],
          ]}
        />
      </section>
      <section className="zg-card">
        <Facts
          facts={[
            [t('ui.party.taxTitle'), party.tax_title],
            [t('ui.party.taxNo'), party.tax_no],
            [t('ui.party.taxAddress'), party.tax_address],
            [t('ui.party.taxPhone'), party.tax_phone],
            [t('ui.party.bankName'), party.bank_name],
            [t('ui.party.bankAccount'), party.bank_account],
          ]}
        />
      </section>
      {party.contacts.length > 0 ? (
        <Panel title={t('ui.party.contacts')}>
          <ul className="zg-list-plain">
            {party.contacts.map((c) => (
              <li key={c.id}>
                <span>
                  {c.name} <span className="zg-soft">{c.title}</span>
                </span>
                <span className="zg-figures">{[c.phone, c.wechat, c.email].filter(Boolean).join(' · ')}</span>
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

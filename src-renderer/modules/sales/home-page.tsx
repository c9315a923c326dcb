import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'
import { useTitle } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { DayBars } from './day-bars.tsx'
import './home.css'

type Home = AskOutput<'sales.home'>

/** Where the day begins: today's numbers, each leading to its documents, and what waits. */
export function HomePage() {
  const { t } = useTranslation()
  const { may, company } = useSession()
  useTitle(t('ui.nav.home'))
  const { data, error } = useAsk('sales.home', {}, { enabled: may('sales.read') })
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{company.name}</h1>
        <span className="zg-soft zg-figures">{data?.day}</span>
      </div>
      {error ? <NoMessage error={error} /> : null}
      <Shortcuts />
      {data ? <Numbers home={data} /> : null}
    </div>
  )
}

function Shortcuts() {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const shortcuts = [
    { path: '/sales/orders/new', text: 'ui.nav.newOrder', permission: 'sales.order', key: 'N' },
    { path: '/sales/direct', text: 'ui.nav.sellDirect', permission: 'sales.sell' },
    { path: '/money/receipts/new', text: 'ui.nav.newReceipt', permission: 'accounting.receive' },
    { path: '/purchasing/bills/new', text: 'ui.nav.newBill', permission: 'purchasing.post' },
    { path: '/stock', text: 'ui.nav.stockOnHand', permission: 'inventory.read' },
  ].filter((s) => may(s.permission))
  return (
    <div className="zg-actions">
      {shortcuts.map((s, i) => (
        <Button key={s.path} type={i === 0 ? 'primary' : 'default'} onClick={() => void navigate(s.path)}>
          {t(s.text)} {s.key ? <kbd>{s.key}</kbd> : null}
        </Button>
      ))}
    </div>
  )
}

function Numbers({ home }: { home: Home }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { day } = home
  const monthStart = `${day.slice(0, 7)}-01`
  return (
    <>
      <div className="zg-numbers">
        <Figure label={t('ui.home.today')} value={format.moneyWithSymbol(home.today.gross_minor)} note={t('ui.home.invoices', { count: home.today.invoice_count })} to={`/sales/invoices?from=${day}&to=${day}`} />
        <Figure label={t('ui.home.month')} value={format.moneyWithSymbol(home.month.gross_minor)} note={t('ui.home.invoices', { count: home.month.invoice_count })} to={`/sales/invoices?from=${monthStart}&to=${day}`} />
        <Figure label={t('ui.home.received')} value={format.moneyWithSymbol(home.received_today_minor)} note={t('ui.home.receivedNote')} to={`/money/receipts?from=${day}&to=${day}`} />
        <Figure
          label={t('ui.home.receivable')}
          value={format.moneyWithSymbol(home.receivable_minor)}
          note={home.overdue_count > 0 ? t('ui.home.overdue', { count: home.overdue_count, amount: format.money(home.overdue_minor) }) : t('ui.home.nothingOverdue')}
          to="/money/ageing"
          tone={home.overdue_count > 0 ? 'danger' : undefined}
        />
      </div>
      <div className="zg-home-columns">
        <section className="zg-card">
          <h2>{t('ui.home.days')}</h2>
          <DayBars days={home.days} />
        </section>
        <section className="zg-card">
          <h2>{t('ui.home.todo')}</h2>
          <ul className="zg-todo">
            <Todo to="/sales/orders?choice=to_deliver" label={t('ui.home.toDeliver')} count={home.orders_to_deliver} />
            <Todo to="/sales/orders?choice=to_deliver&sort=wanted_on&direction=asc" label={t('ui.home.late')} count={home.orders_late} tone="danger" />
            <Todo to="/sales/orders?choice=to_invoice" label={t('ui.home.toInvoice')} count={home.orders_to_invoice} />
            <Todo to="/sales/orders?choice=draft" label={t('ui.home.drafts')} count={home.draft_orders} />
            <Todo to="/sales/quotes?choice=sent" label={t('ui.home.quotes')} count={home.open_quotes} />
            <Todo to="/sales/invoices?choice=overdue" label={t('ui.home.overdueInvoices')} count={home.overdue_count} tone="danger" />
            <Todo to="/stock?choice=short" label={t('ui.home.short')} count={home.short_items} tone="danger" />
            <Todo to="/stock?choice=negative" label={t('ui.home.negative')} count={home.negative_items} tone="danger" />
          </ul>
        </section>
      </div>
    </>
  )
}

function Figure({ label, value, note, to, tone }: { label: string; value: string; note: string; to: string; tone?: 'danger' }) {
  return (
    <Link to={to} className="zg-number">
      <span className="zg-soft">{label}</span>
      <strong className="zg-figures">{value}</strong>
      <span className={tone === 'danger' ? 'zg-danger-text' : 'zg-soft'}>{note}</span>
    </Link>
  )
}

function Todo({ to, label, count, tone }: { to: string; label: string; count: number; tone?: 'danger' }) {
  return (
    <li>
      <Link to={to}>{label}</Link>
      <span className={`zg-figures${tone === 'danger' && count > 0 ? ' zg-danger-text' : count === 0 ? ' zg-soft' : ''}`}>{count}</span>
    </li>
  )
}

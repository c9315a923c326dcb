import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { daysBetween, firstOfMonth } from '../../../../src-main/kernel/day.ts'
import { useSession } from '../../../api/session.tsx'
import { useAsk } from '../../../api/use-ask.ts'
import { useFormat } from '../../../ui/format.ts'
import { isShown, placesAt } from '../../nav.ts'
import { useAlerts, useTasks } from '../../tray/tray-items.ts'
import { Items, Whole } from './parts.tsx'

const shortcuts = placesAt([
  '/sales/orders/new',
  '/sales/direct',
  '/sales/quotes/new',
  '/money/receipts/new',
  '/purchasing/bills/new',
  '/books/vouchers/new',
  '/stock/transfers/new',
  '/stock',
])

/** The buttons of a working day. */
export function Shortcuts() {
  const { t } = useTranslation()
  const session = useSession()
  const navigate = useNavigate()
  return (
    <div className="zg-actions">
      {shortcuts.filter((s) => isShown(s, session)).map((s, i) => (
        <Button key={s.path} type={i === 0 ? 'primary' : 'default'} onClick={() => void navigate(s.path)}>
          {t(s.text)} {s.path === '/sales/orders/new' ? <kbd>N</kbd> : null}
        </Button>
      ))}
    </div>
  )
}

/** Today and this month in four numbers. */
export function Numbers() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: home } = useAsk('sales.home', {})
  if (!home) return <div className="zg-numbers" />
  const { day, money } = home
  return (
    <div className="zg-numbers">
      <Figure label={t('ui.home.today')} value={format.moneyWithSymbol(home.today.gross_minor)} note={t('ui.home.invoices', { count: home.today.invoice_count })} to={`/sales/invoices?from=${day}&to=${day}`} />
      <Figure label={t('ui.home.month')} value={format.moneyWithSymbol(home.month.gross_minor)} note={t('ui.home.invoices', { count: home.month.invoice_count })} to={`/sales/invoices?from=${firstOfMonth(day)}&to=${day}`} />
      {money ? <Figure label={t('ui.home.received')} value={format.moneyWithSymbol(money.received_today_minor)} note={t('ui.home.receivedNote')} to={`/money/receipts?from=${day}&to=${day}`} /> : null}
      {money ? (
        <Figure
          label={t('ui.home.receivable')}
          value={format.moneyWithSymbol(money.receivable_minor)}
          note={money.overdue_count > 0 ? t('ui.home.overdue', { count: money.overdue_count, amount: format.money(money.overdue_minor) }) : t('ui.home.nothingOverdue')}
          to="/money/ageing"
          tone={money.overdue_count > 0 ? 'danger' : undefined}
        />
      ) : null}
    </div>
  )
}

function Figure({ label, value, note, to, tone }: { label: string; value: string; note: string; to: string; tone?: 'danger' | undefined }) {
  return (
    <Link to={to} className="zg-number">
      <span className="zg-soft">{label}</span>
      <strong className="zg-figures">{value}</strong>
      <span className={tone === 'danger' ? 'zg-danger-text' : 'zg-soft'}>{note}</span>
    </Link>
  )
}

/** One tray: what should not wait, and the documents that wait for somebody. The bell above every page shows the same. */
export function Tray() {
  const { t } = useTranslation()
  const alerts = useAlerts({ isOn: true })
  const tasks = useTasks({ isOn: true })
  return (
    <>
      {alerts ? <Items items={alerts} none={t('home.alert.none')} /> : null}
      <h3 className="zg-card-sub">{t('home.todo')}</h3>
      {tasks ? <Items items={tasks} none="" /> : null}
    </>
  )
}

const SHOWN = 6

/** The orders whose goods are to leave, the most urgent first. */
export function Deliveries() {
  const { t } = useTranslation()
  const { data } = useAsk('sales.orders', { todo: 'to_deliver', sort: 'wanted_on', direction: 'asc', limit: SHOWN })
  if (!data) return null
  return (
    <>
      <Items
        none={t('home.deliveriesNone')}
        items={data.rows.map((o) => ({ key: o.order_id, to: `/sales/orders/${o.order_id}`, label: `${o.number ?? ''} ${o.party_name}`, value: o.wanted_on ?? o.promised_on ?? '', tone: o.is_late ? 'danger' : undefined }))}
      />
      {data.total > 0 ? <Whole to="/sales/orders?choice=to_deliver&sort=wanted_on&direction=asc" text={t('home.allOrders', { count: data.total })} /> : null}
    </>
  )
}

/** Invoices whose day has passed, the oldest first. */
export function Overdue() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const { data } = useAsk('sales.invoices', { due: 'overdue', direction: 'asc', limit: SHOWN })
  if (!data) return null
  return (
    <>
      <Items
        none={t('ui.home.nothingOverdue')}
        items={data.rows.map((i) => ({ key: i.invoice_id, to: `/sales/invoices/${i.invoice_id}`, label: i.party_name, note: t('home.daysLate', { count: daysBetween({ from: i.due_on, to: today }) }), value: format.money(i.open_minor) }))}
      />
      {data.total > 0 ? <Whole to="/sales/invoices?choice=overdue" text={t('home.allOverdue', { count: data.total })} value={format.money(data.open_minor)} /> : null}
    </>
  )
}


import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { daysBetween, firstOfMonth } from '../../../../src-main/kernel/day.ts'
import { useSession } from '../../../api/session.tsx'
import { useAsk } from '../../../api/use-ask.ts'
import { useFormat } from '../../../ui/format.ts'
import { isOffered, isShown, placesAt } from '../../nav.ts'
import { Items, Whole, type Item } from './parts.tsx'

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

/** One tray: what should not wait, and the documents that wait for somebody. */
export function Tray() {
  const { t } = useTranslation()
  return (
    <>
      <Alerts />
      <h3 className="zg-card-sub">{t('home.todo')}</h3>
      <Todo />
    </>
  )
}

/** Money overdue, goods late or missing, months left open. */
function Alerts() {
  const { t } = useTranslation()
  const { may, today, menu } = useSession()
  const format = useFormat()
  const maySell = may('sales.read')
  const mayBooks = may('accounting.read')
  const { data: home } = useAsk('sales.home', {}, { enabled: maySell })
  const { data: periods } = useAsk('accounting.periods', {}, { enabled: mayBooks })
  const items: Item[] = []
  const tell = (item: Item, isSo: boolean): void => void (isSo && isOffered(item.to, menu.modules_off) ? items.push(item) : null)
  if (home) {
    if (home.money) tell({ key: 'overdue', to: '/money/ageing', label: t('home.alert.overdue', { count: home.money.overdue_count }), value: format.money(home.money.overdue_minor), tone: 'danger' }, home.money.overdue_count > 0)
    tell({ key: 'late', to: '/sales/orders?choice=late&sort=wanted_on&direction=asc', label: t('home.alert.late'), value: String(home.orders_late), tone: 'danger' }, home.orders_late > 0)
    if (may('inventory.read')) {
      tell({ key: 'negative', to: '/stock?choice=negative', label: t('home.alert.negative'), value: String(home.negative_items), tone: 'danger' }, home.negative_items > 0)
      tell({ key: 'low', to: '/stock?choice=low&sort=available&direction=asc', label: t('home.alert.low'), value: String(home.low_items), tone: 'danger' }, home.low_items > 0)
      tell({ key: 'short', to: '/stock?choice=short', label: t('home.alert.short'), value: String(home.short_items), tone: 'danger' }, home.short_items > 0)
    }
  }
  if (periods) {
    const begun = firstOfMonth(today)
    const open = periods.rows.filter((r) => r.is_locked === 0 && `${r.period}-01` < begun)
    tell({ key: 'close', to: '/books/periods', label: t('home.alert.close', { month: open.at(-1)?.period ?? '' }), value: t('home.alert.months', { count: open.length }) }, open.length > 0)
    tell({ key: 'clearing', to: '/books/opening', label: t('home.alert.clearing'), value: format.money(Math.abs(periods.blockers.opening_clearing_minor)) }, periods.blockers.opening_clearing_minor !== 0)
  }
  const isRead = (!maySell || home) && (!mayBooks || periods)
  return isRead ? <Items items={items} none={t('home.alert.none')} /> : null
}

/** Documents that wait for somebody. */
function Todo() {
  const { t } = useTranslation()
  const { may, menu } = useSession()
  const { data: home } = useAsk('sales.home', {}, { enabled: may('sales.read') })
  const { data: vouchers } = useAsk('accounting.voucherDrafts', { limit: 100 }, { enabled: may('accounting.post') })
  const line = (key: string, to: string, label: string, count: number): Item => ({ key, to, label: t(label), value: String(count), ...(count === 0 ? { tone: 'soft' as const } : {}) })
  const items: Item[] = [
    ...(home
      ? [
          line('toDeliver', '/sales/orders?choice=to_deliver', 'ui.home.toDeliver', home.orders_to_deliver),
          line('toInvoice', '/sales/orders?choice=to_invoice', 'ui.home.toInvoice', home.orders_to_invoice),
          line('quotes', '/sales/quotes?choice=sent', 'ui.home.quotes', home.open_quotes),
          line('draftQuotes', '/sales/quotes?choice=draft', 'home.draftQuotes', home.draft_quotes),
          line('drafts', '/sales/orders?choice=draft', 'ui.home.drafts', home.draft_orders),
        ]
      : []),
    ...(vouchers ? [line('vouchers', '/books/vouchers/new', 'home.draftVouchers', vouchers.rows.length)] : []),
  ]
  return home || vouchers ? <Items items={items.filter((i) => isOffered(i.to, menu.modules_off))} none="" /> : null
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


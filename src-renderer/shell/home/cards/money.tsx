import { useTranslation } from 'react-i18next'
import { addMonths, firstOfMonth, lastOfMonth, monthOf } from '../../../../src-main/kernel/day.ts'
import type { RowOf } from '../../../api/operations.ts'
import { useSession } from '../../../api/session.tsx'
import { useAsk } from '../../../api/use-ask.ts'
import { Chart } from '../../../ui/charts/chart.tsx'
import { useFormat } from '../../../ui/format.ts'
import { percentOf } from './percent.ts'
import { Aside, Headline, Items, Whole } from './parts.tsx'

/** Who owes what since when; the same for what we owe. */
function Ageing({ side }: { side: 'receivable' | 'payable' }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const { data } = useAsk('accounting.ageing', { side, as_of: today, limit: 1 })
  if (!data) return null
  const { totals, bounds } = data
  const to = side === 'receivable' ? '/money/ageing' : '/money/ageing?side=payable'
  const overdue = totals.overdue_minor.reduce((sum, minor) => sum + minor, 0)
  const within = [...bounds, null].map((bound, i) => {
    const from = i === 0 ? 1 : (bounds[i - 1] ?? 0) + 1
    const title = bound === null ? t('ui.ageing.beyond', { days: bounds.at(-1) ?? 0 }) : t('ui.ageing.within', { from, to: bound })
    return { key: `over-${i}`, label: bound === null ? `${bounds.at(-1) ?? 0}+` : `${from}–${bound}`, title, values: { open: totals.overdue_minor[i] ?? 0 }, path: to }
  })
  return (
    <>
      <Headline label={t(`home.${side}`)} value={format.moneyWithSymbol(totals.total_minor)} to={to}>
        <Aside label={t('home.overdueSum')} value={format.money(overdue)} to={to} tone={overdue > 0 ? 'danger' : undefined} />
        {totals.credit_minor === 0 ? null : <Aside label={t('home.credit')} value={format.money(totals.credit_minor)} to={to} />}
      </Headline>
      <Chart
        caption={t(`home.card.${side === 'receivable' ? 'ageing' : 'payable'}`)}
        axis={t('home.daysOver')}
        series={[{ key: 'open', title: t('home.open'), colour: side === 'receivable' ? 'primary-text' : 'warning', look: 'bar' }]}
        rows={[{ key: 'notDue', label: t('home.notDue'), title: t('ui.ageing.notDue'), values: { open: totals.not_due_minor }, path: to }, ...within]}
      />
    </>
  )
}

export const ReceivableAgeing = () => <Ageing side="receivable" />
export const PayableAgeing = () => <Ageing side="payable" />

/** What is in the bank and the till, and how it came to that. */
export function Cash() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('accounting.cash', {})
  if (!data) return null
  const { from, to } = data
  return (
    <>
      <Headline label={t('home.cash.now')} value={format.moneyWithSymbol(data.balance_minor)} to={`/books/trial-balance?from=${from}&to=${to}`} />
      <div className="zg-card-low">
        <Chart
          caption={t('home.cash.days')}
          axis={t('ui.f.day')}
          series={[{ key: 'balance', title: t('ui.f.balance'), colour: 'primary-text', look: 'area' }]}
          rows={data.days.map((d) => ({ key: d.day, label: d.day.slice(5), title: d.day, values: { balance: d.balance_minor }, path: `/books/trial-balance?from=${from}&to=${d.day}` }))}
        />
      </div>
      <Items
        none={t('home.cash.none')}
        items={data.accounts.filter((a) => a.balance_minor !== 0).map((a) => ({
          key: a.account_id,
          to: `/books/ledger?account=${a.account_id}&from=${from}&to=${to}`,
          label: format.locale === 'zh-CN' ? a.account_name_zh : a.account_name_en || a.account_name_zh,
          value: format.money(a.balance_minor),
          tone: a.balance_minor < 0 ? 'danger' : undefined,
        }))}
      />
    </>
  )
}

/** Income, expense and what is left of it, month by month. */
export function Profit() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const { data } = useAsk('accounting.profitAndLoss', { from_period: monthOf(addMonths(firstOfMonth(today), -11)), to_period: monthOf(today) })
  if (!data) return null
  const monthPath = (month: string): string => `/books/profit-and-loss?from=${month}-01&to=${lastOfMonth(month)}`
  const first = data.periods[0] ?? monthOf(today)
  return (
    <>
      <Headline label={t('home.profit.year')} value={format.moneyWithSymbol(data.total_profit_minor)} to={`/books/profit-and-loss?from=${first}-01&to=${lastOfMonth(today)}`} />
      <Chart
        caption={t('home.card.profit')}
        axis={t('home.month')}
        series={[
          { key: 'income', title: t('home.profit.income'), colour: 'primary-text', look: 'bar' },
          { key: 'expense', title: t('home.profit.expense'), colour: 'border-strong', look: 'bar' },
          { key: 'profit', title: t('home.profit.profit'), colour: 'warning', look: 'line' },
        ]}
        rows={data.periods.map((month, i) => ({
          key: month,
          label: month.slice(2),
          title: month,
          values: { income: data.income_minor[i] ?? 0, expense: data.expense_minor[i] ?? 0, profit: data.profit_minor[i] ?? 0 },
          path: monthPath(month),
        }))}
      />
    </>
  )
}

const SLOW = 3
const DEAREST = 4

/** What the stock is worth, and what of it nobody wants. */
export function Stock() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: whole } = useAsk('inventory.stock', { sort: 'value', descending: 1, limit: DEAREST })
  const { data: slow } = useAsk('inventory.stock', { show: 'slow', sort: 'value', descending: 1, limit: SLOW })
  if (!whole || !slow) return null
  const worth = whole.total_value_minor
  const share = worth && slow.total_value_minor ? percentOf(slow.total_value_minor, worth) : null
  const line = (r: RowOf<'inventory.stock'>) => ({ key: r.item_id, to: `/items/${r.item_id}`, label: `${r.item_name} ${r.spec ?? ''}`, note: `${format.quantity(r.on_hand_e6)} ${r.base_unit}`, value: format.money(r.value_minor) })
  return (
    <>
      <Headline label={t(worth === null ? 'home.stock.items' : 'home.stock.value')} value={worth === null ? String(whole.total) : format.moneyWithSymbol(worth)} to="/stock">
        <Aside
          label={t('home.stock.slow')}
          value={slow.total_value_minor === null ? String(slow.total) : `${format.money(slow.total_value_minor)}${share === null ? '' : ` (${share})`}`}
          to="/stock?choice=slow&sort=value&direction=desc"
          tone={slow.total > 0 ? 'danger' : undefined}
        />
      </Headline>
      <Items none={t('home.stock.noneSlow')} items={slow.rows.map(line)} />
      {slow.total > 0 ? <Whole to="/stock?choice=slow&sort=value&direction=desc" text={t('home.stock.allSlow', { count: slow.total })} value={format.money(slow.total_value_minor)} /> : null}
      {worth === null ? null : (
        <>
          <h3 className="zg-card-sub">{t('home.stock.dearest')}</h3>
          <Items none="" items={whole.rows.map(line)} />
        </>
      )}
    </>
  )
}

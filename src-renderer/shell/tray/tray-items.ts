import { useTranslation } from 'react-i18next'
import { firstOfMonth } from '../../../src-main/kernel/day.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { documentPath } from '../../ui/document-paths.ts'
import { useFormat } from '../../ui/format.ts'
import type { Item } from '../home/cards/parts.tsx'
import { isOffered } from '../nav.ts'

type Watch = { /** False: what was read last stays, and nothing is asked. */ readonly isOn: boolean }

/** Money overdue, goods late or missing, months left open: what the reader may see of it. Undefined until it is known. */
export function useAlerts({ isOn }: Watch): readonly Item[] | undefined {
  const { t } = useTranslation()
  const { may, today, menu } = useSession()
  const format = useFormat()
  const maySell = may('sales.read')
  const mayBooks = may('accounting.read')
  const { data: home } = useAsk('sales.home', {}, { enabled: isOn && maySell })
  const { data: periods } = useAsk('accounting.periods', {}, { enabled: isOn && mayBooks })
  const { data: frozen } = useAsk('credit.frozen', { limit: 1 }, { enabled: isOn && may('credit.release') })
  const { data: own } = useAsk('crm.taskCounts', {}, { enabled: isOn && may('crm.read') })
  const { data: hot } = useAsk('crm.hotLeads', {}, { enabled: isOn && may('crm.lead') })
  const mayServe = may('service.read')
  const { data: waiting } = useAsk('service.waiting', {}, { enabled: isOn && mayServe })
  if ((maySell && !home) || (mayBooks && !periods) || (mayServe && !waiting)) return undefined
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
  if (frozen) tell({ key: 'frozen', to: '/money/frozen', label: t('home.alert.frozen'), value: String(frozen.waiting), tone: 'danger' }, frozen.waiting > 0)
  if (own) tell({ key: 'escalated', to: '/crm/tasks?choice=escalated&whose=all', label: t('home.alert.escalated'), value: String(own.escalated), tone: 'danger' }, own.escalated > 0)
  if (hot) tell({ key: 'hot', to: '/crm/leads?choice=hot&sort=score', label: t('home.alert.hotLeads'), value: String(hot.count) }, hot.count > 0)
  if (waiting) {
    tell({ key: 'ticketsLate', to: '/service/tickets?choice=mine', label: t('home.alert.ticketsLate'), value: String(waiting.mine_overdue), tone: 'danger' }, waiting.mine_overdue > 0)
    tell({ key: 'ticketsEscalated', to: '/service/tickets?choice=escalated', label: t('home.alert.ticketsEscalated'), value: String(waiting.escalated), tone: 'danger' }, waiting.escalated > 0)
    tell({ key: 'allTicketsLate', to: '/service/tickets?choice=overdue', label: t('home.alert.allTicketsLate'), value: String(waiting.overdue ?? 0), tone: 'danger' }, (waiting.overdue ?? 0) > 0)
  }
  if (periods) {
    const begun = firstOfMonth(today)
    const open = periods.rows.filter((r) => r.is_locked === 0 && `${r.period}-01` < begun)
    tell({ key: 'close', to: '/books/periods', label: t('home.alert.close', { month: open.at(-1)?.period ?? '' }), value: t('home.alert.months', { count: open.length }) }, open.length > 0)
    tell({ key: 'clearing', to: '/books/opening', label: t('home.alert.clearing'), value: format.money(Math.abs(periods.blockers.opening_clearing_minor)) }, periods.blockers.opening_clearing_minor !== 0)
  }
  return items
}

/** What waits for one's word, and one's own requests that somebody decided. */
export function useApprovals(): readonly Item[] {
  const { t } = useTranslation()
  const { data } = useAsk('platform.approvalCounts', {})
  if (!data) return []
  return [
    ...(data.to_decide > 0 ? [{ key: 'approvals', to: '/approvals?choice=to_decide', label: t('home.tray.approvals'), value: String(data.to_decide), tone: 'danger' as const }] : []),
    ...(data.decided > 0 ? [{ key: 'decided', to: '/approvals?choice=own', label: t('home.tray.decided'), value: String(data.decided) }] : []),
  ]
}

/** Documents that wait for somebody. Undefined until it is known. */
export function useTasks({ isOn }: Watch): readonly Item[] | undefined {
  const { t } = useTranslation()
  const { may, menu } = useSession()
  const { data: home } = useAsk('sales.home', {}, { enabled: isOn && may('sales.read') })
  const { data: vouchers } = useAsk('accounting.voucherDrafts', { limit: 100 }, { enabled: isOn && may('accounting.post') })
  const { data: own } = useAsk('crm.taskCounts', {}, { enabled: isOn && may('crm.read') })
  const { data: service } = useAsk('service.waiting', {}, { enabled: isOn && may('service.read') })
  if (!home && !vouchers && !own && !service) return undefined
  const line = (key: string, to: string, label: string, count: number): Item => ({ key, to, label: t(label), value: String(count), ...(count === 0 ? { tone: 'soft' as const } : {}) })
  const items: Item[] = [
    ...(own && own.overdue + own.today > 0 ? [{ ...line('own', '/crm/tasks?choice=now', 'home.card.tasks', own.overdue + own.today), ...(own.overdue > 0 ? { tone: 'danger' as const } : {}) }] : []),
    ...(service
      ? [
          ...(service.mine > 0 ? [line('tickets', '/service/tickets?choice=mine', 'home.tickets', service.mine)] : []),
          ...(service.mine_new > 0 ? [line('ticketsNew', '/service/tickets?choice=mine', 'home.ticketsNew', service.mine_new)] : []),
          ...((service.unassigned ?? 0) > 0 ? [line('ticketsUnassigned', '/service/tickets?choice=unassigned', 'home.ticketsUnassigned', service.unassigned ?? 0)] : []),
          ...((service.refunds ?? 0) > 0 ? [line('refunds', '/service/refunds', 'home.refunds', service.refunds ?? 0)] : []),
        ]
      : []),
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
  return items.filter((i) => isOffered(i.to, menu.modules_off))
}

/** What colleagues said to oneself, until its record was looked at. */
export function useMentions(): readonly Item[] {
  const { t } = useTranslation()
  const { data } = useAsk('platform.mentions', {})
  const format = useFormat()
  return (data?.rows ?? []).map((m) => ({
    key: m.comment_id,
    to: documentPath({ kind: m.source_kind, id: m.source_id }) ?? '/',
    label: t('home.tray.said', { name: m.user_name, text: m.text }),
    value: format.instant(m.written_at),
    tone: 'soft' as const,
  }))
}

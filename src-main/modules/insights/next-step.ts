import { addDays, daysBetween } from '../../kernel/day.ts'
import type { stepWords } from './contract-words.ts'
import type { RiskReason } from './rhythm.ts'

// What to do next with a customer, and why: rules over their own history, asked in the order of urgency. Pure; each is tested on both sides of its edge.

type Named = { readonly id: string; readonly name: string }
type Document = { readonly id: string; readonly number: string; readonly day: string; readonly amount_minor: number }
export type Facts = {
  readonly today: string
  /** Null wherever the reader may not know. */
  readonly overdue: { readonly amount_minor: number; readonly due_on: string } | null
  /** The oldest complaint or request that is not solved. */
  readonly ticket: (Named & { readonly number: string; readonly day: string; readonly is_new: boolean; readonly is_late: boolean }) | null
  readonly late_task: (Named & { readonly due_on: string }) | null
  /** The next task to come: somebody has thought of them already. */
  readonly next_task_on: string | null
  readonly late_order: (Document & { readonly promised_on: string }) | null
  /** The oldest quote that was sent and not answered. */
  readonly quote: (Document & { readonly valid_until: string | null }) | null
  readonly opportunity: (Named & { readonly quiet_since: string }) | null
  readonly stalled_days: number
  readonly last_contact_on: string | null
  readonly known_since: string
  readonly has_bought: boolean
  readonly score: { readonly expected_on: string | null; readonly lapses_on: string | null; readonly interval_days: number | null; readonly last_on: string | null; readonly risk: number; readonly reasons: readonly RiskReason[]; readonly amount_before_minor: number; readonly amount_minor: number } | null
  readonly next_item: Named | null
  readonly recommended: (Named & { readonly because: string; readonly confidence_e8: number }) | null
  readonly offer: string | null
}

export type StepName = (typeof stepWords)[number]
/** One suggestion: what, how, and the facts that speak for it. */
export type Step = {
  readonly what: StepName
  readonly how: 'call' | 'visit' | 'message' | 'todo'
  readonly source: { readonly kind: string; readonly id: string } | null
  /** The facts that the reason is said with. */
  readonly because: Readonly<Record<string, string | number>>
}

const QUOTE_ENDS_DAYS = 3
const QUOTE_SILENT_DAYS = 7
const RISK_HIGH = 60
const FIRST_ORDER_DAYS = 3
const QUIET_DAYS = 60

const since = (day: string, today: string): number => daysBetween({ from: day, to: today })
const step = (what: StepName, how: Step['how'], because: Step['because'], source: Step['source'] = null): Step => ({ what, how, because, source })

/** In the order of urgency: complaints, debts and promises first, then what is about to be lost, then what may be won. */
const rules: readonly ((f: Facts) => Step | undefined)[] = [
  ({ ticket: k, today }) => (k && (k.is_new || k.is_late) ? step('answerTicket', 'call', { number: k.number, title: k.name, days: since(k.day, today) }, { kind: 'service.ticket', id: k.id }) : undefined),
  ({ overdue, today }) => (overdue && overdue.amount_minor > 0 ? step('collect', 'call', { amount_minor: overdue.amount_minor, days: since(overdue.due_on, today) }) : undefined),
  ({ late_task, today }) => (late_task && late_task.due_on < today ? step('lateTask', 'todo', { title: late_task.name, days: since(late_task.due_on, today) }, { kind: 'crm.task', id: late_task.id }) : undefined),
  ({ late_order: o, today }) => (o && o.promised_on < today ? step('tellDelay', 'call', { number: o.number, day: o.promised_on }, { kind: 'sales.order', id: o.id }) : undefined),
  ({ quote: q, today }) =>
    q?.valid_until && q.valid_until >= today && q.valid_until <= addDays(today, QUOTE_ENDS_DAYS) ? step('quoteExpiring', 'call', { number: q.number, day: q.valid_until, amount_minor: q.amount_minor }, { kind: 'sales.quote', id: q.id }) : undefined,
  ({ quote: q, last_contact_on, today }) =>
    q && since(q.day, today) >= QUOTE_SILENT_DAYS && (q.valid_until === null || q.valid_until >= today) && (last_contact_on === null || last_contact_on <= q.day)
      ? step('quoteSilent', 'call', { number: q.number, days: since(q.day, today), amount_minor: q.amount_minor }, { kind: 'sales.quote', id: q.id })
      : undefined,
  ({ score: s, next_item, today }) =>
    s?.expected_on && s.lapses_on && s.interval_days !== null && s.last_on && s.expected_on <= today && s.lapses_on > today
      ? step('callAgain', 'call', { interval: s.interval_days, day: s.last_on, item: next_item?.name ?? '' }, next_item ? { kind: 'item', id: next_item.id } : null)
      : undefined,
  ({ score: s, offer, today }) => (s && s.risk >= RISK_HIGH && s.last_on ? step('winBack', 'visit', { reason: s.reasons[0] ?? 'silent', days: since(s.last_on, today), offer: offer ?? '' }) : undefined),
  ({ opportunity: o, stalled_days, today }) => (o && since(o.quiet_since, today) >= stalled_days ? step('dealStalled', 'call', { name: o.name, days: since(o.quiet_since, today) }, { kind: 'crm.opportunity', id: o.id }) : undefined),
  ({ has_bought, known_since, quote, opportunity, today }) => (!has_bought && !quote && !opportunity && since(known_since, today) >= FIRST_ORDER_DAYS ? step('firstOrder', 'call', { days: since(known_since, today) }) : undefined),
  // Nobody sells to who still waits for an answer.
  ({ recommended: r, ticket }) => (r && !ticket ? step('crossSell', 'message', { name: r.name, other: r.because, share_e8: r.confidence_e8 }, { kind: 'item', id: r.id }) : undefined),
  ({ last_contact_on, next_task_on, has_bought, today }) =>
    has_bought && next_task_on === null && (last_contact_on === null || since(last_contact_on, today) >= QUIET_DAYS) ? step('keepTouch', 'message', { days: last_contact_on === null ? 0 : since(last_contact_on, today) }) : undefined,
]

/** What could be done with a customer, the most urgent first; nothing where all is well. */
export const nextSteps = (facts: Facts): Step[] => rules.flatMap((rule) => rule(facts) ?? [])

import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AskInput, AskOutput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat, type Format } from '../../ui/format.ts'
import { LifecycleBar, type LifecycleStep } from '../../ui/lifecycle-bar.tsx'
import { linkPaths } from './document-links.tsx'

type Step = AskOutput<'sales.lifecycle'>['steps'][number]
type Stuck = Step['stuck'][number]
type Saying = { readonly t: TFunction; readonly format: Format }

/** Where the sale of this document stands, from quote to paid. */
export function SaleLifecycle({ of }: { of: AskInput<'sales.lifecycle'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('sales.lifecycle', of)
  // The page stands still while it comes: the space is there already.
  if (!data) return <div className="zg-card zg-lifecycle" aria-busy style={{ minHeight: 86 }} />
  return <LifecycleBar label={t('ui.lifecycle.title')} steps={data.steps.map((step) => said(step, { t, format }))} />
}

function said(step: Step, { t, format }: Saying): LifecycleStep {
  return {
    key: step.step,
    title: t(`ui.lifecycle.step.${step.step}`),
    progress: step.progress,
    isStopped: step.is_stopped === 1,
    note: noteOf(step, { t, format }),
    facts: [
      step.at === null || step.progress === 'none' ? '' : format.instant(step.at),
      step.progress === 'none' ? '' : (step.user_name ?? ''),
      step.day === null || step.stuck.length > 0 ? '' : t(`ui.lifecycle.day.${step.step}`, { day: step.day }),
    ],
    links: step.documents.map((d) => ({
      to: linkPaths[d.kind] + d.id,
      text: d.number ?? t('state.order.draft'),
      note: `${t(`ui.link.${d.kind}`)} ${d.day} ${format.money(d.amount_minor)}`,
    })),
    stuck: step.stuck.map((reason, i) => ({ key: `${reason.reason} ${i}`, text: stuckText(reason, { t, format }), ...pathOf(step, reason) })),
  }
}

function noteOf({ step, progress, is_stopped, done, due, counts }: Step, { t, format }: Saying): string {
  if (is_stopped) return t(step === 'quote' ? 'ui.lifecycle.lost' : 'ui.lifecycle.cancelled')
  if (done === null || due === null || progress === 'all' || progress === 'over') return progress === 'none' ? t('ui.lifecycle.none') : ''
  const said = counts === 'money' ? { done: format.money(done), due: format.money(due) } : { done, due }
  return t('ui.lifecycle.of', said)
}

/** A day that nobody knows is said in other words than one that is known. */
const stuckText = ({ reason, item_name, quantity_words, number, day, amount_minor, limit_minor }: Stuck, { t, format }: Saying): string =>
  t(`ui.lifecycle.stuck.${reason === 'short' && day === null ? 'shortNoDay' : reason}`, {
    item: item_name,
    quantity: quantity_words,
    number,
    day,
    amount: format.money(amount_minor),
    limit: format.money(limit_minor),
  })

function pathOf({ step }: Step, { item_id, document_id }: Stuck): { to?: string } {
  if (item_id !== null) return { to: `/items/${item_id}` }
  if (document_id === null) return {}
  return { to: `${step === 'paid' ? linkPaths.invoice : linkPaths.order}${document_id}` }
}

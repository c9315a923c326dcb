import { useTranslation } from 'react-i18next'
import { LifecycleBar, type LifecycleStep } from '../ui/lifecycle-bar.tsx'
import { Piece } from './gallery.tsx'

/** On its way, stuck, and ended. */
export function Lifecycles() {
  const { t } = useTranslation()
  const link = (number: string) => ({ to: '/', text: number, note: '2026-03-16 4,590.00' })
  const step = (key: string, more: Partial<LifecycleStep>): LifecycleStep => ({
    key, title: t(`ui.lifecycle.step.${key}`), progress: 'none', isStopped: false, note: '', facts: [], links: [], stuck: [], ...more,
  })
  const none = { note: t('ui.lifecycle.none') }
  const done = { progress: 'all' as const, facts: ['2026-03-16 09:12', 'Li'], links: [link('SO2026-00280')] }
  const stuck = t('ui.lifecycle.stuck.overdue', { number: 'IN2026-00371', day: '2026-03-01', amount: '3,590.00' })
  return (
    <Piece name="LifecycleBar">
      <LifecycleBar label={t('ui.lifecycle.title')} steps={[step('quote', { ...done, progress: 'part' }), step('order', none), step('delivered', none), step('paid', none)]} />
      <LifecycleBar
        label={`${t('ui.lifecycle.title')} 2`}
        steps={[
          step('order', done),
          step('goods', { ...done, links: [], note: t('ui.lifecycle.of', { done: 1, due: 3 }), progress: 'part', stuck: [{ key: 'short', text: t('ui.lifecycle.stuck.shortNoDay', { item: 'W', quantity: '3' }), to: '/' }] }),
          step('delivered', { ...done, progress: 'part', links: [link('DN2026-00380'), link('DN2026-00381')], note: t('ui.lifecycle.of', { done: 1, due: 3 }) }),
          step('invoiced', done),
          step('paid', { progress: 'part', note: t('ui.lifecycle.of', { done: '1,000.00', due: '4,590.00' }), stuck: [{ key: 'overdue', text: stuck, to: '/' }] }),
        ]}
      />
      <LifecycleBar label={`${t('ui.lifecycle.title')} 3`} steps={[step('quote', { ...done, isStopped: true, note: t('ui.lifecycle.lost') }), step('order', none)]} />
    </Piece>
  )
}

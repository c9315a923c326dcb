import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskInput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { reasonInWords } from '../../ui/reason-words.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { approvalTone } from './approval-actions.tsx'

type Show = NonNullable<AskInput<'platform.approvals'>['show']>
const shows: readonly Show[] = ['to_decide', 'own', 'decided', 'all']
const states = ['pending', 'approved', 'by_rule', 'rejected', 'withdrawn', 'replaced'] as const

/** Requests: what waits for one's word, what one asked for, and what was decided. */
export function ApprovalsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: counts } = useAsk('platform.approvalCounts', {})
  const { run: see } = useRun('platform.seeApprovals')
  const isNew = (counts?.decided ?? 0) > 0
  useEffect(() => {
    if (isNew) void see({})
  }, [isNew, see])
  return (
    <ListScreen
      name="platform.approvals"
      title={t('ui.nav.approvals')}
      columns={() => [
        { key: 'what', from: 'name', title: t('ui.approval.what'), width: 110, render: (r) => t(`command.${r.name}`) },
        { key: 'about', from: 'title', title: t('ui.approval.about'), width: 180, grow: 1, render: (r) => r.title },
        { key: 'amount', from: 'amount_minor', title: t('ui.f.amount'), width: 110, align: 'end', render: (r) => (r.amount_minor === null ? '' : format.money(r.amount_minor)) },
        { key: 'why', title: t('ui.approval.why'), width: 320, grow: 3, render: (r) => r.reasons.map((reason) => reasonInWords(reason, { t, format })).join('；') },
        { key: 'state', from: 'state', words: Object.fromEntries(states.map((s) => [s, t(`state.approval.${s}`)])), title: t('ui.f.state'), width: 100, render: (r) => <StatusTag tone={approvalTone[r.state]}>{t(`state.approval.${r.state}`)}</StatusTag> },
        { key: 'asked', from: 'asked_name', title: t('ui.approval.asked'), width: 90, render: (r) => r.asked_name },
        { key: 'askedAt', from: 'asked_at', title: t('ui.approval.askedAt'), width: 140, figures: 'tabular', render: (r) => format.instant(r.asked_at) },
        { key: 'decided', from: 'decided_name', title: t('ui.approval.decided'), width: 90, render: (r) => r.decided_name },
      ]}
      inputOf={(v) => ({ show: (v.choice || 'pending') as Show })}
      idField="approval_id"
      pathOf={(row) => `/approvals/${row.approval_id}`}
      choice={{ label: t('ui.approval.show.pending'), options: shows.map((show) => ({ value: show, label: t(`ui.approval.show.${show}`) })) }}
      bulk={[
        { name: 'platform.approve', permission: 'platform.use', text: t('command.platform.approve'), isFor: (row) => row.may_decide === 1, inputOf: (row) => ({ approval_id: row.approval_id }), nameOf: (row) => row.title },
      ]}
      empty={{ title: t('ui.approval.empty'), text: t('ui.approval.emptyText') }}
    />
  )
}

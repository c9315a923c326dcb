import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { ListScreen, periodOf } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { activityKinds, channelNames, resultNames } from './activity-fields.tsx'
import { clockText } from './clock.ts'
import { useQuickLog } from './quick-log.ts'

type Row = RowOf<'crm.activities'>

/** What everybody said to whom, the latest first. */
export function ActivitiesPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const open = useQuickLog((q) => q.open)
  const words = (names: readonly string[], prefix: string) => wordsOf(names, (name) => t(`${prefix}.${name}`))
  return (
    <ListScreen
      name="crm.activities"
      title={t('ui.nav.activities')}
      columns={() => [
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 134, sort: 'day', figures: 'tabular', render: (r) => (r.minute === null ? r.day : `${r.day} ${clockText(r.minute)}`) },
        { key: 'party', from: 'subject_name', title: t('ui.f.customer'), width: 150, grow: 2, render: (r) => r.subject_name },
        { key: 'kind', from: 'kind', words: words(activityKinds, 'ui.crm.kind'), title: t('field.crm.kind'), width: 72, render: (r) => t(`ui.crm.kind.${r.kind}`) },
        { key: 'channel', from: 'channel', words: words(channelNames, 'ui.crm.channel'), at: 'choice', title: t('field.crm.channel'), width: 90, render: (r) => (r.channel ? t(`ui.crm.channel.${r.channel}`) : null) },
        { key: 'contact', from: 'contact_name', title: t('field.crm.contact_name'), width: 96, render: (r) => r.contact_name },
        { key: 'text', from: 'text', title: t('ui.crm.text'), width: 170, grow: 3, render: (r) => r.text },
        { key: 'result', from: 'result', words: words(resultNames, 'ui.crm.result'), title: t('field.crm.result'), width: 96, render: (r) => (r.is_withdrawn ? <StatusTag tone="warning">{t('ui.crm.withdrawn')}</StatusTag> : r.result ? t(`ui.crm.result.${r.result}`) : null) },
        { key: 'next', from: 'next_step', title: t('ui.crm.nextStep'), width: 110, grow: 1, render: (r) => r.next_step },
        { key: 'nextOn', from: 'next_on', title: t('field.crm.due_on'), width: 96, figures: 'tabular', render: (r) => r.next_on },
        { key: 'user', from: 'user_name', title: t('ui.f.by'), width: 84, render: (r) => r.user_name },
      ]}
      inputOf={(v) => ({ text: v.text, ...(v.choice ? { kind: v.choice as Row['kind'] } : {}), ...periodOf(v), direction: v.direction as 'asc' | 'desc' })}
      idField="activity_id"
      pathOf={(row) => (row.party_id === null ? `/crm/leads/${row.lead_id}` : `/customers/${row.party_id}`)}
      toneOf={(row) => (row.is_withdrawn ? 'muted' : undefined)}
      search={t('ui.crm.activity.find')}
      choice={{ label: t('field.crm.kind'), options: activityKinds.map((kind) => ({ value: kind, label: t(`ui.crm.kind.${kind}`) })) }}
      period="shown"
      sort={{ key: 'day', direction: 'desc' }}
      actions={
        may('crm.log') ? (
          <Button type="primary" onClick={() => open()}>
            {t('ui.crm.log')} <kbd>L</kbd>
          </Button>
        ) : null
      }
      empty={{ title: t('ui.crm.activity.empty'), text: t('ui.crm.activity.emptyText') }}
    />
  )
}

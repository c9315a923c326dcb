import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { ListPage, useFilters } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'

/** Who made how many visits, and how many of them were planned. */
export function VisitStatisticsPage() {
  const { t } = useTranslation()
  const { values, set } = useFilters({ from: '', to: '' })
  const { data, error } = useAsk('crm.visitStatistics', { ...(values.from ? { from: values.from } : {}), ...(values.to ? { to: values.to } : {}) }, { keeps: 'previous' })
  const sum = (key: 'planned' | 'done' | 'missed' | 'dropped' | 'unplanned' | 'interested'): number => (data?.rows ?? []).reduce((n, row) => n + row[key], 0)
  const figure = (key: 'planned' | 'done' | 'missed' | 'dropped' | 'unplanned' | 'interested') =>
    ({ key, title: t(`ui.crm.visit.${key}`), align: 'end', figures: 'tabular', render: (r: { [k in typeof key]: number }) => r[key], total: sum(key) }) as const
  return (
    <ListPage
      title={t('query.crm.visitStatistics')}
      filters={
        <>
          <DayField aria-label={t('ui.f.from')} value={values.from || (data?.from ?? null)} onChange={(from) => set({ from: from ?? '' })} />
          <DayField aria-label={t('ui.f.to')} value={values.to || (data?.to ?? null)} onChange={(to) => set({ to: to ?? '' })} />
        </>
      }
    >
      {error ? <NoMessage error={error} /> : null}
      {data ? (
        <Table
          caption={t('query.crm.visitStatistics')}
          rows={data.rows}
          keyOf={(r) => r.user_id}
          none={t('ui.crm.visit.noFigures')}
          columns={[
            { key: 'who', title: t('ui.crm.visit.who'), render: (r) => r.user_name },
            figure('planned'),
            figure('done'),
            figure('missed'),
            figure('dropped'),
            figure('unplanned'),
            { key: 'subjects', title: t('ui.crm.visit.subjects'), align: 'end', figures: 'tabular', render: (r) => r.subjects },
            figure('interested'),
          ]}
        />
      ) : error ? null : (
        <div aria-busy />
      )}
    </ListPage>
  )
}

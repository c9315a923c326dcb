import { useTranslation } from 'react-i18next'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'

const whys = ['claim', 'assign', 'return', 'recycle', 'hand_over'] as const

/** Who took, got, gave back or lost whom, the latest first. */
export function PoolMovesPage() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ListScreen
      name="crm.poolMoves"
      title={t('ui.nav.poolMoves')}
      columns={() => [
        { key: 'at', from: 'at', title: t('ui.f.day'), width: 140, figures: 'tabular', render: (r) => format.instant(r.at) },
        { key: 'name', from: 'name', title: t('ui.f.name'), width: 180, grow: 2, render: (r) => r.name },
        { key: 'why', from: 'why', words: wordsOf(whys, (why) => t(`ui.crm.pool.why.${why}`)), title: t('field.crm.why'), width: 100, render: (r) => t(`ui.crm.pool.why.${r.why}`) },
        { key: 'from', from: 'from_name', title: t('ui.crm.pool.handOverFrom'), width: 110, render: (r) => r.from_name },
        { key: 'to', from: 'to_name', title: t('ui.crm.pool.handOverTo'), width: 110, render: (r) => r.to_name ?? t('ui.nav.pool') },
        { key: 'reason', from: 'reason', title: t('ui.f.reason'), width: 160, grow: 2, render: (r) => r.reason },
        { key: 'by', from: 'by_name', title: t('ui.f.by'), width: 100, render: (r) => r.by_name },
      ]}
      inputOf={() => ({})}
      idField="move_id"
      pathOf={(row) => (row.kind === 'party' ? `/customers/${row.subject_id}` : `/crm/leads/${row.subject_id}`)}
      empty={{ title: t('ui.crm.pool.noMoves'), text: t('ui.crm.pool.noMovesText') }}
    />
  )
}

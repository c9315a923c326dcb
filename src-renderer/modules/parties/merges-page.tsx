import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'

/** What was merged and what was taken back, the latest first. */
export function MergesPage() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ListScreen
      name="parties.merges"
      title={t('ui.nav.merges')}
      columns={() => [
        { key: 'at', from: 'merged_at', title: t('ui.f.day'), width: 140, figures: 'tabular', render: (r) => format.instant(r.merged_at) },
        { key: 'loser', from: 'loser_name', title: t('ui.merge.loser'), width: 190, grow: 2, render: (r) => `${r.loser_code} ${r.loser_name}` },
        { key: 'winner', from: 'winner_name', title: t('ui.merge.winner'), width: 190, grow: 2, render: (r) => `${r.winner_code} ${r.winner_name}` },
        { key: 'moved', from: 'moved', title: t('ui.merge.moved'), width: 90, align: 'end', figures: 'tabular', render: (r) => r.moved },
        { key: 'by', from: 'merged_by_name', title: t('ui.f.by'), width: 100, render: (r) => r.merged_by_name },
        { key: 'reason', from: 'reason', title: t('ui.f.reason'), width: 150, grow: 2, render: (r) => r.reason },
        { key: 'parted', from: 'parted_at', title: t('ui.merge.parted'), width: 190, render: (r) => (r.parted_at === null ? null : `${format.instant(r.parted_at)} ${r.parted_by_name ?? ''}`) },
      ]}
      inputOf={() => ({})}
      idField="merge_id"
      pathOf={(row) => `/customers/${row.winner_id}`}
      toneOf={(row) => (row.parted_at === null ? undefined : 'muted')}
      bulk={[
        {
          name: 'parties.partParties',
          permission: 'parties.merge',
          text: t('command.parties.partParties'),
          isFor: (row) => row.parted_at === null,
          inputOf: (row) => ({ merge_id: row.merge_id }),
          nameOf: (row) => row.loser_name,
        },
      ]}
      empty={{ title: t('ui.merge.noMerges'), text: t('ui.merge.noMergesText') }}
    />
  )
}

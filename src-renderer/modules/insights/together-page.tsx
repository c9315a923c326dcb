import { useTranslation } from 'react-i18next'
import type { AskInput } from '../../api/operations.ts'
import { useFilters } from '../../ui/list-page.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'
import { liftOf, percentOf } from './insight-words.ts'

type Input = AskInput<'insights.together'>

/** Goods that are bought together, and how much likelier than by chance. */
export function TogetherPage() {
  const { t } = useTranslation()
  const { values } = useFilters({ item: '' })
  return (
    <ListScreen
      name="insights.together"
      title={t('ui.nav.together')}
      columns={() => [
        { key: 'code', from: 'item_code', title: t('ui.f.code'), width: 96, figures: 'tabular', render: (p) => p.item_code },
        { key: 'item', from: 'item_name', title: t('ui.insights.item'), width: 190, grow: 2, render: (p) => p.item_name },
        { key: 'other', from: 'other_name', title: t('ui.insights.with'), width: 190, grow: 2, render: (p) => p.other_name },
        { key: 'both', from: 'both_count', title: t('ui.insights.both'), width: 100, align: 'end', render: (p) => p.both_count },
        { key: 'support', from: 'support_e8', title: t('ui.insights.support'), width: 116, align: 'end', sort: 'support', render: (p) => `${(p.support_e8 / 1e6).toFixed(1)}%` },
        { key: 'confidence', from: 'confidence_e8', title: t('ui.insights.confidence'), width: 130, align: 'end', sort: 'confidence', render: (p) => percentOf(p.confidence_e8) },
        { key: 'lift', from: 'lift_e6', title: t('ui.insights.lift'), width: 116, align: 'end', sort: 'lift', render: (p) => liftOf(p.lift_e6) },
      ]}
      inputOf={(v) => ({ text: v.text, ...(values.item ? { item_id: values.item } : {}), sort: v.sort as NonNullable<Input['sort']>, direction: v.direction === 'asc' ? ('asc' as const) : ('desc' as const) })}
      idField="pair_id"
      pathOf={(p) => `/items/${p.item_id}`}
      search={t('ui.insights.findItem')}
      sort={{ key: 'confidence', direction: 'desc' }}
      empty={{ title: t('ui.insights.togetherEmpty'), text: t('ui.insights.togetherText') }}
    />
  )
}

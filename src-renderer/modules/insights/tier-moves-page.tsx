import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { useFilters } from '../../ui/list-page.tsx'
import { ListScreen, periodOf } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { tierName } from './insight-words.ts'

const directions = ['up', 'down', 'in', 'out'] as const
const tones = { up: 'success', down: 'warning', in: 'info', out: 'neutral' } as const

/** Whose tier changed, when and how. */
export function TierMovesPage() {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { values, set } = useFilters({ into: '' })
  const { data: tiers } = useAsk('insights.tiers', {})
  const zh = locale === 'zh-CN'
  return (
    <ListScreen
      name="insights.tierMoves"
      title={t('ui.nav.tierMoves')}
      columns={() => [
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 100, figures: 'tabular', render: (m) => m.day },
        { key: 'name', from: 'party_name', title: t('ui.f.customer'), width: 220, grow: 2, render: (m) => m.party_name },
        { key: 'from', from: zh ? 'from_zh' : 'from_en', title: t('ui.insights.from'), width: 130, render: (m) => tierName({ name_zh: m.from_zh ?? '', name_en: m.from_en ?? '' }, locale) },
        { key: 'to', from: zh ? 'to_zh' : 'to_en', title: t('ui.insights.to'), width: 130, render: (m) => tierName({ name_zh: m.to_zh ?? '', name_en: m.to_en ?? '' }, locale) },
        { key: 'direction', from: 'direction', words: wordsOf(directions, (d) => t(`ui.insights.move.${d}`)), title: t('ui.f.state'), width: 90, render: (m) => <StatusTag tone={tones[m.direction]}>{t(`ui.insights.move.${m.direction}`)}</StatusTag> },
      ]}
      inputOf={(v) => ({ ...periodOf(v), ...(values.into ? { to_tier_id: values.into } : {}) })}
      idField="move_id"
      pathOf={(m) => `/customers/${m.party_id}`}
      period="shown"
      filters={<SelectField aria-label={t('ui.insights.to')} none={t('ui.insights.to')} value={values.into || null} options={(tiers?.rows ?? []).map((x) => ({ value: x.tier_id, label: tierName(x, locale) }))} onChange={(into) => set({ into: into ?? '' })} />}
      empty={{ title: t('ui.insights.noMoves'), text: t('ui.insights.noMovesText') }}
    />
  )
}

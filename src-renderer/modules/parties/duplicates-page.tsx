import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ListScreen } from '../../ui/list-screen.tsx'

type Row = RowOf<'parties.duplicatePairs'>

/** Where two parties are laid beside each other. */
export const mergePath = (one: string, other?: string): string => `/customers/merge?one=${one}${other === undefined ? '' : `&other=${other}`}`

/** Who is probably in the books twice, the surest first. */
export function DuplicatesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const why = (row: Row): string => row.because.map((w) => t(`ui.alike.${w}`)).join(t('ui.alike.and'))
  return (
    <ListScreen
      name="parties.duplicatePairs"
      title={t('ui.nav.duplicates')}
      columns={() => [
        { key: 'score', from: 'score', title: t('ui.merge.score'), width: 80, align: 'end', figures: 'tabular', render: (r) => `${r.score} %` },
        { key: 'oneCode', from: 'one.code', title: t('ui.f.code'), width: 84, figures: 'tabular', render: (r) => r.one.code },
        { key: 'oneName', from: 'one.name', title: t('ui.f.name'), width: 150, grow: 2, render: (r) => r.one.name },
        { key: 'onePhone', from: 'one.phone', title: t('ui.f.phone'), width: 128, figures: 'tabular', render: (r) => r.one.phone },
        { key: 'otherCode', from: 'other.code', title: t('ui.merge.otherCode'), width: 84, figures: 'tabular', render: (r) => r.other.code },
        { key: 'otherName', from: 'other.name', title: t('ui.merge.otherName'), width: 150, grow: 2, render: (r) => r.other.name },
        { key: 'otherPhone', from: 'other.phone', title: t('ui.merge.otherPhone'), width: 128, figures: 'tabular', render: (r) => r.other.phone },
        { key: 'why', title: t('ui.merge.why'), width: 150, grow: 2, render: why },
      ]}
      inputOf={(v) => ({ least_score: v.choice === 'sure' ? 90 : 70 })}
      idField="pair"
      pathOf={(row) => mergePath(row.one.party_id, row.other.party_id)}
      choice={{ label: t('ui.merge.likely'), options: [{ value: 'sure', label: t('ui.merge.sure') }] }}
      actions={<><Weighing /><Button onClick={() => void navigate('/customers/merges')}>{t('ui.nav.merges')}</Button></>}
      bulk={[
        {
          name: 'parties.tellApart',
          permission: 'parties.merge',
          text: t('command.parties.tellApart'),
          isFor: () => true,
          inputOf: (row) => ({ party_ids: [row.one.party_id, row.other.party_id] }),
          nameOf: (row) => `${row.one.name} – ${row.other.name}`,
        },
      ]}
      empty={{ title: t('ui.merge.none'), text: t('ui.merge.noneText') }}
    />
  )
}

/** How many were not compared yet; the program goes on by itself, and at once where somebody asks for it. */
function Weighing() {
  const { t } = useTranslation()
  const { data } = useAsk('parties.duplicatePairs', { limit: 1 })
  const weigh = useRun('parties.weighDuplicates')
  if (!data || data.unweighed === 0) return null
  return (
    <Button loading={weigh.isRunning} onClick={() => void weigh.run({})}>
      {t('ui.merge.unweighed', { count: data.unweighed })}
    </Button>
  )
}

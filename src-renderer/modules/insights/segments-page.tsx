import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { useCustomFields } from '../../ui/custom-fields/use-fields.ts'
import { useFormat } from '../../ui/format.ts'
import { EmptyState } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { SettingsPage } from '../platform/settings-page.tsx'
import { conditionText } from './condition-words.ts'

type Segment = RowOf<'insights.segments'>

/** The company's segments, with how many each holds now. */
export function SegmentsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { may } = useSession()
  const { data, error } = useAsk('insights.segments', {})
  const { data: tiers } = useAsk('insights.tiers', {})
  const fields = useCustomFields('parties.party')
  const [gone, setGone] = useState<Segment | null>(null)
  const canEdit = may('insights.segment')
  const make = canEdit ? (
    <Button type="primary" onClick={() => void navigate('/insights/segments/new')}>
      {t('ui.nav.newSegment')}
    </Button>
  ) : null
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  return (
    <SettingsPage title={t('ui.nav.segments')} actions={make}>
      {data?.rows.length === 0 ? (
        <EmptyState title={t('ui.segment.empty')} text={t('ui.segment.emptyText')} />
      ) : (
        <Table
          caption={t('ui.nav.segments')}
          rows={data?.rows}
          keyOf={(s) => s.segment_id}
          columns={[
            { key: 'name', title: t('ui.f.name'), render: (s) => <Link to={`/insights/segments/${s.segment_id}`}>{s.name}</Link> },
            { key: 'conditions', title: t('ui.segment.condition'), render: (s) => <Conditions segment={s} says={{ t, format, names: data?.names ?? {}, tiers: tiers?.rows ?? [], fields }} /> },
            { key: 'customers', title: t('ui.segment.used'), align: 'end', render: (s) => s.customers ?? <span className="zg-soft">{t('ui.segment.unknown')}</span> },
            { key: 'note', title: t('ui.segment.note'), render: (s) => s.note },
            { key: 'by', title: t('ui.f.by'), render: (s) => s.created_name },
            {
              key: 'actions',
              render: (s) => (
                <RowButtons
                  offers={[
                    s.customers !== null && { text: t('ui.nav.customers'), run: () => void navigate(`/customers?segment=${s.segment_id}`) },
                    canEdit && { text: t('ui.remove'), run: () => setGone(s) },
                  ]}
                />
              ),
            },
          ]}
        />
      )}
      {gone ? <ActionDialog name="insights.removeSegment" subject={gone.name} okText={t('ui.remove')} text={t('ui.segment.removeText')} inputOf={() => ({ segment_id: gone.segment_id })} onClose={() => setGone(null)} /> : null}
    </SettingsPage>
  )
}

/** A line for each condition; above them whether one is enough. */
function Conditions({ segment: { match, conditions }, says }: { segment: Segment; says: Parameters<typeof conditionText>[1] }) {
  return (
    <>
      {match === 'any' && conditions.length > 1 ? <div className="zg-soft">{says.t('ui.segment.match.any')}</div> : null}
      {conditions.map((condition, i) => (
        <div key={i}>{conditionText(condition, says)}</div>
      ))}
    </>
  )
}

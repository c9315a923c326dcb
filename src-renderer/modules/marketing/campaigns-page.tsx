import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { Panel } from '../../ui/document-page.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, SearchBox, useFilters, useTitle } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { CampaignDialog } from './campaign-dialog.tsx'
import { campaignStates, campaignTone, wholePercent, type CampaignRow } from './campaign-words.ts'

type Figures = Pick<CampaignRow, 'cost_minor' | 'members' | 'responded' | 'leads' | 'orders' | 'net_minor' | 'margin_minor' | 'roi_e8'>

/** Every campaign with what it cost and brought, and the same by channel. */
export function CampaignsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const [isNew, setNew] = useState(false)
  useTitle(t('ui.nav.campaigns'))
  const { values, set } = useFilters({ text: '', show: '' })
  const { data, error } = useAsk('marketing.campaigns', { text: values.text, show: (values.show || 'all') as NonNullable<AskInput<'marketing.campaigns'>['show']>, limit: 500 }, { keeps: 'previous' })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  const figures: readonly TableColumn<Figures>[] = [
    { key: 'cost', title: t('field.marketing.cost_minor'), align: 'end', render: (r) => format.money(r.cost_minor) },
    { key: 'members', title: t('field.marketing.members'), align: 'end', render: (r) => r.members },
    { key: 'responded', title: t('field.marketing.responded'), align: 'end', render: (r) => r.responded },
    { key: 'leads', title: t('field.marketing.leads'), align: 'end', render: (r) => r.leads },
    { key: 'orders', title: t('field.marketing.orders'), align: 'end', render: (r) => r.orders },
    { key: 'net', title: t('field.marketing.net_minor'), align: 'end', render: (r) => format.money(r.net_minor) },
    { key: 'margin', title: t('field.marketing.margin_minor'), align: 'end', render: (r) => format.money(r.margin_minor) },
    { key: 'roi', title: t('field.marketing.roi_e8'), align: 'end', toneOf: (r) => (r.roi_e8 !== null && r.roi_e8 < 0 ? 'danger' : undefined), render: (r) => format.percent(wholePercent(r.roi_e8)) },
  ]
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('ui.nav.campaigns')}</h1>
        <div className="zg-filters">
          <SearchBox value={values.text} onChange={(text) => set({ text })} placeholder={t('ui.marketing.find')} />
          <SelectField aria-label={t('field.marketing.state')} none={t('ui.all')} value={values.show || null} options={campaignStates.map((value) => ({ value, label: t(`state.campaign.${value}`) }))} onChange={(show) => set({ show: show ?? '' })} />
        </div>
        <span className="zg-spring" />
        <div className="zg-actions">{may('marketing.write') ? <Button type="primary" onClick={() => setNew(true)}>{t('ui.nav.newCampaign')}</Button> : null}</div>
      </div>
      {data.rows.length === 0 ? (
        <EmptyState title={t('ui.marketing.empty')} text={t('ui.marketing.emptyText')} />
      ) : (
        <div className="zg-stack">
          <Table
            rows={data.rows}
            keyOf={(r) => r.campaign_id}
            columns={[
              { key: 'name', title: t('field.marketing.name'), render: (r) => <Link to={`/marketing/campaigns/${r.campaign_id}`}>{r.name}</Link> },
              { key: 'channel', title: t('field.marketing.channel'), render: (r) => t(`ui.marketing.channel.${r.channel}`) },
              { key: 'from', title: t('field.marketing.from_on'), figures: 'tabular', render: (r) => r.from_on },
              { key: 'state', title: t('field.marketing.state'), render: (r) => <StatusTag tone={campaignTone[r.state]}>{t(`state.campaign.${r.state}`)}</StatusTag> },
              ...figures,
            ]}
          />
          <Panel title={t('ui.marketing.byChannel')}>
            <Table
              look="bare"
              rows={data.channels}
              keyOf={(r) => r.channel}
              columns={[
                { key: 'channel', title: t('field.marketing.channel'), render: (r) => t(`ui.marketing.channel.${r.channel}`) },
                { key: 'campaigns', title: t('ui.marketing.campaigns'), align: 'end', render: (r) => r.campaigns },
                ...figures,
              ]}
            />
            <p className="zg-soft">{t('ui.marketing.countedShort')}</p>
          </Panel>
        </div>
      )}
      {isNew ? <CampaignDialog campaign={null} onDone={(id) => void navigate(`/marketing/campaigns/${id}`)} onClose={() => setNew(false)} /> : null}
    </div>
  )
}

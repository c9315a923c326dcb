import { useTranslation } from 'react-i18next'
import { addMonths, firstOfMonth, lastOfMonth } from '../../../src-main/kernel/day.ts'
import { useSession } from '../../api/session.tsx'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { useFilters } from '../../ui/list-page.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'
import { channels } from './campaign-words.ts'

/** Who was won in a period, and what brought them. */
export function WonPage() {
  const { t } = useTranslation()
  const { today, may } = useSession()
  const format = useFormat()
  const { values, set } = useFilters({ channel: '', campaign: '', source: '' })
  const channel = channels.find((c) => c === values.channel)
  const only = (key: 'campaign' | 'source', text: string) =>
    values[key] === '' ? null : <button type="button" className="zg-only" onClick={() => set({ [key]: '' })}>{text} <span aria-hidden>×</span></button>
  return (
    <ListScreen
      name="marketing.won"
      title={t('ui.nav.won')}
      columns={(head) => [
        { key: 'code', from: 'code', title: t('ui.f.code'), width: 84, figures: 'tabular', render: (c) => c.code },
        { key: 'name', from: 'name', title: t('ui.f.customer'), width: 160, grow: 2, render: (c) => c.name },
        { key: 'first', from: 'first_on', title: t('ui.retention.firstOn'), width: 100, figures: 'tabular', render: (c) => c.first_on },
        { key: 'campaign', from: 'campaign_name', title: t('ui.kind.campaign'), width: 140, grow: 1, render: (c) => c.campaign_name },
        { key: 'channel', from: 'channel', words: wordsOf(channels, (c) => t(`ui.marketing.channel.${c}`)), title: t('field.marketing.channel'), width: 80, render: (c) => (c.channel === null ? '' : t(`ui.marketing.channel.${c.channel}`)) },
        { key: 'source', from: 'source', title: t('field.crm.source'), width: 110, render: (c) => c.source },
        { key: 'net', from: 'net_minor', title: t('ui.acquisition.net_minor'), width: 120, align: 'end', render: (c) => format.money(c.net_minor), total: format.money(head?.net_minor) },
        ...(may('sales.cost') ? [{ key: 'margin', from: 'margin_minor' as const, title: t('ui.acquisition.margin_minor'), width: 120, align: 'end' as const, render: (c: { margin_minor: number | null }) => format.money(c.margin_minor), total: format.money(head?.margin_minor) }] : []),
        { key: 'owner', from: 'owner_name', title: t('ui.party.owner'), width: 90, render: (c) => c.owner_name },
      ]}
      inputOf={(v) => ({
        from: v.from || addMonths(firstOfMonth(today), -11), to: v.to || lastOfMonth(today), via: viaOf(v.choice),
        ...(channel ? { channel } : {}), ...(values.campaign ? { campaign_id: values.campaign } : {}), ...(values.source ? { source: values.source === '-' ? '' : values.source } : {}),
      })}
      idField="party_id"
      pathOf={(c) => `/customers/${c.party_id}`}
      period="shown"
      choice={{ label: t('ui.all'), options: (['campaign', 'none'] as const).map((value) => ({ value, label: t(`ui.acquisition.via.${value}`) })) }}
      filters={
        <>
          <SelectField aria-label={t('field.marketing.channel')} none={t('field.marketing.channel')} value={channel ?? null} options={channels.map((value) => ({ value, label: t(`ui.marketing.channel.${value}`) }))} onChange={(value) => set({ channel: value ?? '' })} />
          {only('campaign', t('ui.acquisition.oneCampaign'))}
          {only('source', values.source === '-' ? t('ui.crm.sources.unknown') : values.source)}
        </>
      }
      empty={{ title: t('ui.acquisition.none'), text: '' }}
    />
  )
}

const viaOf = (choice: string): 'all' | 'campaign' | 'none' => (choice === 'campaign' || choice === 'none' ? choice : 'all')

import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { Panel } from '../../ui/document-page.tsx'
import { useFilters } from '../../ui/list-page.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'
import { Table } from '../../ui/table.tsx'
import { MendDialog, Mends } from './mend-dialog.tsx'

const FAULTS = ['phone_missing', 'phone_wrong', 'email_wrong', 'tax_no_missing', 'tax_no_wrong', 'contact_missing', 'region_missing', 'owner_missing'] as const
const percent = (part: number, whole: number): string => (whole === 0 ? '' : `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)} %`)

/** Whose data are wrong or missing, fault by fault; the list goes out as a file, and back by import. */
export function QualityPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const { values, set } = useFilters({ fault: '' })
  const [marked, setMarked] = useState<readonly RowOf<'parties.faults'>[]>([])
  const fault = FAULTS.find((f) => f === values.fault)
  return (
    <ListScreen
      name="parties.faults"
      title={t('ui.nav.quality')}
      columns={() => [
        { key: 'code', from: 'code', title: t('ui.f.code'), width: 92, figures: 'tabular', render: (r) => r.code },
        { key: 'name', from: 'name', title: t('ui.f.name'), width: 180, grow: 2, render: (r) => r.name },
        { key: 'faults', from: 'faults', title: t('ui.quality.faults'), width: 240, grow: 3, render: (r) => r.faults.map((f) => t(`ui.quality.${f}`)).join(t('ui.alike.and')) },
        { key: 'phone', from: 'phone', title: t('ui.f.phone'), width: 130, figures: 'tabular', render: (r) => r.phone },
        { key: 'email', from: 'email', title: t('ui.party.email'), width: 150, render: (r) => r.email },
        { key: 'tax', from: 'tax_no', title: t('ui.party.taxNo'), width: 170, figures: 'tabular', render: (r) => r.tax_no },
        { key: 'region', from: 'region', title: t('ui.quality.region'), width: 110, render: (r) => r.region },
        { key: 'owner', from: 'assigned_name', title: t('ui.party.owner'), width: 100, render: (r) => r.assigned_name },
      ]}
      inputOf={(v) => ({ text: v.text, ...(fault ? { fault } : {}), ...(v.choice === 'customer' || v.choice === 'supplier' ? { role: v.choice as 'customer' | 'supplier' } : {}) })}
      idField="party_id"
      pathOf={(r) => `${r.is_customer === 1 ? '/customers' : '/suppliers'}/${r.party_id}/edit`}
      search={t('ui.party.find')}
      choice={{ label: t('ui.all'), options: [{ value: 'customer', label: t('ui.nav.customers') }, { value: 'supplier', label: t('ui.nav.suppliers') }] }}
      actions={may('parties.merge') ? <Button onClick={() => void navigate('/customers/duplicates')}>{t('ui.nav.duplicates')}</Button> : null}
      {...(may('parties.write') ? { together: { text: t('ui.mend.some'), run: (rows: readonly RowOf<'parties.faults'>[]) => setMarked(rows.slice(0, 500)) } } : {})}
      empty={{ title: t('ui.quality.none'), text: t('ui.quality.noneText') }}
    >
      <Report fault={values.fault} onPick={(picked) => set({ fault: picked === values.fault ? '' : picked })} />
      {may('parties.write') ? <Mends /> : null}
      {marked.length > 0 ? <MendDialog party_ids={marked.map((r) => r.party_id)} fault={fault ?? null} onClose={() => setMarked([])} /> : null}
    </ListScreen>
  )
}

/** The share of rows without each fault, and of those without any, today and on the days before. */
function Report({ fault, onPick }: { fault: string; onPick(fault: string): void }) {
  const { t } = useTranslation()
  const { data } = useAsk('parties.quality', {})
  if (!data || data.total === 0) return null
  const [first] = data.trend
  const was = first === undefined || data.trend.length < 2 ? '' : t('ui.quality.was', { day: first.day, share: percent(first.faultless, first.total) })
  return (
    <Panel title={t('ui.quality.share', { share: percent(data.faultless, data.total), faultless: data.faultless, total: data.total })}>
      <Table
        look="bare"
        rows={data.counts}
        keyOf={(r) => r.fault}
        columns={[
          { key: 'fault', title: t('ui.quality.faults'), render: (r) => <Button size="small" type={r.fault === fault ? 'primary' : 'default'} onClick={() => onPick(r.fault)}>{t(`ui.quality.${r.fault}`)}</Button> },
          { key: 'count', title: t('ui.quality.rows'), align: 'end', figures: 'tabular', render: (r) => r.count },
          { key: 'right', title: t('ui.quality.right'), align: 'end', figures: 'tabular', render: (r) => percent(data.total - r.count, data.total) },
        ]}
      />
      <p className="zg-soft">{was}</p>
    </Panel>
  )
}

import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { addDays, addMonths } from '../../../src-main/kernel/day.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'
import { useFilters } from '../../ui/list-page.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'

type Row = RowOf<'insights.chain'>

/** Head offices, dealers and ends: what each brings by itself, and with all below it. */
export function ChainPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { values, set } = useFilters({ parent: '' })
  const { data: parent } = useAsk('parties.get', { party_id: values.parent }, { enabled: values.parent !== '' })
  const money = (key: 'own_net_minor' | 'net_minor' | 'own_open_minor' | 'open_minor' | 'own_deals_minor' | 'deals_minor', title: string) => ({
    key, from: key, title: t(title), width: 104, align: 'end' as const, render: (r: Row) => (r[key] === null ? '' : format.money(r[key])),
  })
  return (
    <ListScreen
      name="insights.chain"
      title={parent ? t('ui.chain.of', { name: parent.name }) : t('ui.nav.chain')}
      columns={() => [
        { key: 'code', from: 'code', title: t('ui.f.code'), width: 80, figures: 'tabular', render: (r) => r.code },
        { key: 'name', from: 'name', title: t('ui.f.name'), width: 150, grow: 2, render: (r) => r.name },
        { key: 'role', from: 'chain_role', title: t('ui.chain.role'), width: 80, render: (r) => (r.chain_role === null ? '' : t(`ui.party.chain.${r.chain_role}`)) },
        { key: 'below', from: 'below', title: t('ui.chain.below'), width: 62, align: 'end', figures: 'tabular', render: (r) => (r.below === 0 ? '' : r.below) },
        money('own_net_minor', 'ui.chain.ownNet'), money('net_minor', 'ui.chain.net'),
        money('own_open_minor', 'ui.chain.ownOpen'), money('open_minor', 'ui.chain.open'),
        money('own_deals_minor', 'ui.chain.ownDeals'), money('deals_minor', 'ui.chain.deals'),
      ]}
      inputOf={(v) => ({ ...(values.parent ? { parent_id: values.parent } : {}), from_day: v.from || addDays(addMonths(today, -12), 1), to_day: v.to || today })}
      period="shown"
      idField="party_id"
      pathOf={(r) => (r.below > 0 && r.party_id !== values.parent ? `/insights/chain?parent=${r.party_id}` : `/customers/${r.party_id}`)}
      actions={
        <>
          {parent ? <Button onClick={() => set({ parent: parent.parent_id ?? '' })}>{t('ui.chain.up')}</Button> : null}
          {parent ? <Button onClick={() => void navigate(`/customers/${parent.party_id}`)}>{parent.name}</Button> : null}
        </>
      }
      empty={{ title: t('ui.chain.none'), text: t('ui.chain.noneText') }}
    />
  )
}

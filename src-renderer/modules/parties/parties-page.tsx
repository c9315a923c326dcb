import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useFilters } from '../../ui/list-page.tsx'
import { SegmentSelect } from '../insights/segment-select.tsx'

type Row = RowOf<'parties.list'>

/** Customers or suppliers: one list, for a party may be both. */
export function PartiesPage({ role }: { role: 'customer' | 'supplier' }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const base = role === 'customer' ? '/customers' : '/suppliers'
  const { values: narrowed, set: narrow } = useFilters({ segment: '', below: '', chain: '' })
  const { data: top } = useAsk('parties.get', { party_id: narrowed.below }, { enabled: narrowed.below !== '' })
  return (
    <ListScreen
      name="parties.list"
      part={role}
      title={t(role === 'customer' ? 'ui.nav.customers' : 'ui.nav.suppliers')}
      columns={() => [
        { key: 'code', from: 'code', title: t('ui.f.code'), width: 96, sort: 'code', figures: 'tabular', render: (r) => r.code },
        { key: 'name', from: 'name', title: t('ui.f.name'), width: 190, grow: 3, sort: 'name', render: (r) => r.name },
        { key: 'phone', from: 'phone', title: t('ui.f.phone'), width: 120, figures: 'tabular', render: (r) => r.phone },
        { key: 'terms', from: 'terms_days', title: t('ui.party.terms'), width: 84, align: 'end', render: (r) => (r.terms_days === 0 ? t('ui.party.atOnce') : t('ui.days', { count: r.terms_days })) },
        ...(role === 'customer'
          ? [
              { key: 'limit', from: 'credit_limit_minor' as const, title: t('ui.party.creditLimit'), width: 112, align: 'end' as const, render: (r: Row) => format.money(r.credit_limit_minor) },
              { key: 'level', from: 'price_level' as const, title: t('ui.party.priceLevel'), width: 90, render: (r: Row) => r.price_level },
            ]
          : [{ key: 'tax', from: 'tax_no' as const, title: t('ui.party.taxNo'), width: 170, figures: 'tabular' as const, render: (r: Row) => r.tax_no }]),
        { key: 'owner', from: 'assigned_name', title: t('ui.party.owner'), width: 124, render: (r) => r.assigned_name },
        { key: 'tags', from: 'tags', title: t('ui.party.tags'), width: 100, grow: 1, render: (r) => format.list(r.tags) },
        { key: 'active', from: 'is_active', words: { 0: t('ui.inactive'), 1: t('ui.active') }, title: t('ui.f.state'), width: 80, render: (r) => (r.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>) },
      ]}
      inputOf={(v) => ({
        text: v.text,
        role,
        ...(role === 'customer' && narrowed.segment ? { segment_id: narrowed.segment } : {}),
        ...(narrowed.below ? { below: narrowed.below } : {}),
        ...(narrowed.chain ? { chain_role: narrowed.chain as 'head' | 'dealer' | 'end' } : {}),
        ...(v.choice === 'all' ? {} : { is_active: v.choice === 'inactive' ? (0 as const) : (1 as const) }),
        sort: v.sort as NonNullable<AskInput<'parties.list'>['sort']>,
        direction: v.direction as 'asc' | 'desc',
      })}
      idField="party_id"
      target="parties.party"
      pathOf={(row) => `${base}/${row.party_id}`}
      toneOf={(row) => (row.is_active ? undefined : 'muted')}
      search={t('ui.party.find')}
      choice={{
        label: t('ui.active'),
        options: [
          { value: 'inactive', label: t('ui.inactive') },
          { value: 'all', label: t('ui.all') },
        ],
      }}
      sort={{ key: 'code', direction: 'asc' }}
      filters={
        <>
          {role === 'customer' ? <SegmentSelect value={narrowed.segment} onChange={(segment) => narrow({ segment })} /> : null}
          <SelectField
            aria-label={t('ui.party.chainRole')}
            none={t('ui.party.allRoles')}
            value={narrowed.chain || null}
            options={['head', 'dealer', 'end'].map((value) => ({ value, label: t(`ui.party.chain.${value}`) }))}
            onChange={(chain) => narrow({ chain: chain ?? '' })}
          />
          {narrowed.below ? <Button onClick={() => narrow({ below: '' })}>{t('ui.party.belowOf', { name: top?.name ?? '…' })} ✕</Button> : null}
        </>
      }
      actions={<><Button onClick={() => void navigate('/customers/quality')}>{t('ui.nav.quality')}</Button>{may('parties.merge') ? <Button onClick={() => void navigate('/customers/duplicates')}>{t('ui.nav.duplicates')}</Button> : null}</>}
      make={{ path: `${base}/new`, text: t(role === 'customer' ? 'ui.nav.newCustomer' : 'ui.nav.newSupplier'), permission: 'parties.write' }}
      bulk={[
        {
          name: 'parties.deactivateParty',
          permission: 'parties.write',
          text: t('ui.deactivate'),
          isFor: (row) => row.is_active === 1,
          inputOf: (row) => ({ party_id: row.party_id }),
          nameOf: (row) => row.name,
        },
        {
          name: 'parties.reactivateParty',
          permission: 'parties.write',
          text: t('ui.reactivate'),
          isFor: (row) => row.is_active === 0,
          inputOf: (row) => ({ party_id: row.party_id }),
          nameOf: (row) => row.name,
        },
      ]}
      empty={{ title: t(`ui.parties.empty.${role}`), text: t('ui.parties.emptyText') }}
    />
  )
}

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { Panel } from '../../ui/document-page.tsx'
import { inTree } from '../../ui/tree.tsx'

type Party = AskOutput<'parties.get'>

/** The chain in which a party stands, itself marked; nothing where it stands alone. */
export function PartyChain({ party, base }: { party: Party; base: string }) {
  const { t } = useTranslation()
  const { data } = useAsk('parties.tree', { party_id: party.party_id })
  if (!data || data.rows.length < 2) return null
  const tree = inTree(data.rows.map((row) => ({ ...row, id: row.party_id })))
  return (
    <Panel title={t('ui.party.chainTitle')}>
      <ul className="zg-list-plain">
        {tree.map((row) => (
          <li key={row.id}>
            <span style={{ paddingInlineStart: row.level * 20 }}>
              {row.id === party.party_id ? <strong aria-current="true">{row.name}</strong> : <Link to={`${base}/${row.id}`}>{row.name}</Link>}{' '}
              <span className="zg-soft">{[row.code, row.chain_role === null ? '' : t(`ui.party.chain.${row.chain_role}`), row.is_active ? '' : t('ui.inactive')].filter(Boolean).join(' · ')}</span>
            </span>
            <span>{row.assigned_name}</span>
          </li>
        ))}
      </ul>
      <p>
        <Link to={`${base}?below=${party.party_id}`}>{t('ui.party.belowOf', { name: party.name })}</Link>
      </p>
    </Panel>
  )
}

import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAsk } from '../../api/use-ask.ts'
import type { PartyDraft } from './party-draft.ts'

/** How long nobody types before those who look alike are looked up. */
const PAUSE_MS = 400

type Keys = { readonly name: string; readonly aliases: readonly string[]; readonly phones: readonly string[]; readonly tax_no: string }

const keysOf = (draft: PartyDraft): Keys => ({
  name: draft.name.trim(),
  aliases: draft.aliases.split(/[,，、;；\n]/).map((a) => a.trim()).filter((a) => a !== ''),
  phones: [draft.phone, ...draft.contacts.map((c) => c.phone ?? '')].filter((p) => p.trim() !== ''),
  tax_no: draft.tax_no.trim(),
})

/** Who is already in the books and looks like the one being entered, by name, alias, phone or tax number; told while typing. */
export function Alike({ draft, party_id, role }: { draft: PartyDraft; party_id: string | null; role: 'customer' | 'supplier' }) {
  const { t } = useTranslation()
  const text = JSON.stringify(keysOf(draft))
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const keys = JSON.parse(asked) as Keys
  const isWorthIt = keys.name.length > 1 || keys.phones.length > 0 || keys.tax_no !== ''
  const { data } = useAsk(
    'parties.duplicates',
    { ...(party_id === null ? {} : { party_id }), name: keys.name, aliases: [...keys.aliases], phones: [...keys.phones], tax_no: keys.tax_no },
    { enabled: isWorthIt, keeps: 'previous' },
  )
  if (!isWorthIt || !data || (data.candidates.length === 0 && data.hidden_count === 0)) return null
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t('ui.alike.title')}
      description={
        <ul className="zg-list-plain">
          {data.candidates.slice(0, 5).map((c) => (
            <li key={c.party_id}>
              <Link to={`/${role}s/${c.party_id}`} target="_blank">
                {c.code} {c.name}
              </Link>
              <span className="zg-soft">{c.because.map((why) => t(`ui.alike.${why}`)).join(t('ui.alike.and'))}</span>
            </li>
          ))}
          {data.hidden_count > 0 ? <li className="zg-soft">{t('ui.alike.hidden', { count: data.hidden_count })}</li> : null}
        </ul>
      }
    />
  )
}

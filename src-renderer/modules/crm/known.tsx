import { useEffect, useState } from 'react'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskInput, AskOutput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'

/** How long nobody types before those who are known are looked up. */
const PAUSE_MS = 400
type Asked = AskInput<'crm.known'>
type Candidate = AskOutput<'crm.known'>['candidates'][number]

const bare = (text: string | undefined): string => (text ?? '').trim()

/** Who is already in the books or among the leads and looks like the one being entered; told while typing. */
export function Known({ identity }: { identity: Asked }) {
  const text = JSON.stringify({ ...identity, name: bare(identity.name), company: bare(identity.company), phone: bare(identity.phone), email: bare(identity.email), tax_no: bare(identity.tax_no) })
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const keys = JSON.parse(asked) as Asked
  const isWorthIt = [keys.name, keys.company].some((name) => bare(name).length > 1) || [keys.phone, keys.email, keys.tax_no].some((key) => bare(key) !== '')
  const { data } = useAsk('crm.known', keys, { enabled: isWorthIt, keeps: 'previous' })
  if (!isWorthIt || !data || (data.candidates.length === 0 && data.hidden_count === 0)) return null
  return <KnownList candidates={data.candidates} hidden_count={data.hidden_count} />
}

function KnownList({ candidates, hidden_count }: { candidates: readonly Candidate[]; hidden_count: number }) {
  const { t } = useTranslation()
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t('ui.crm.lead.known')}
      description={
        <ul className="zg-list-plain">
          {candidates.slice(0, 5).map((c) => (
            <li key={c.id}>
              <Link to={c.kind === 'party' ? `/customers/${c.id}` : `/crm/leads/${c.id}`} target="_blank">
                {c.code} {c.name}
              </Link>
              <span className="zg-soft">
                {t(c.kind === 'party' ? 'ui.kind.customer' : 'ui.kind.lead')} · {c.because.map((why) => t(`ui.alike.${why}`)).join(t('ui.alike.and'))}
              </span>
            </li>
          ))}
          {hidden_count > 0 ? <li className="zg-soft">{t('ui.alike.hidden', { count: hidden_count })}</li> : null}
        </ul>
      }
    />
  )
}

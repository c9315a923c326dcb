import { useTranslation } from 'react-i18next'
import type { AskInput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { AlikeList, useSettled } from '../../ui/alike-list.tsx'

const bare = (text: string | undefined): string => (text ?? '').trim()

/** Who is already in the books or among the leads and looks like the one being entered; told while typing. */
export function Known({ identity }: { identity: AskInput<'crm.known'> }) {
  const { t } = useTranslation()
  const { name, company, phone, email, tax_no } = identity
  const keys = useSettled({ ...identity, name: bare(name), company: bare(company), phone: bare(phone), email: bare(email), tax_no: bare(tax_no) })
  const isWorthIt = [keys.name, keys.company].some((text) => text.length > 1) || [keys.phone, keys.email, keys.tax_no].some((text) => text !== '')
  const { data } = useAsk('crm.known', keys, { enabled: isWorthIt, keeps: 'previous' })
  if (!isWorthIt || !data) return null
  const candidates = data.candidates.map((c) => {
    const [kind, to] = c.kind === 'party' ? ['ui.kind.customer', `/customers/${c.id}`] : ['ui.kind.lead', `/crm/leads/${c.id}`]
    return { id: c.id, to, label: `${c.code} ${c.name}`, why: `${t(kind)} · ${c.because.map((why) => t(`ui.alike.${why}`)).join(t('ui.alike.and'))}` }
  })
  return <AlikeList title={t('ui.crm.lead.known')} candidates={candidates} hidden_count={data.hidden_count} />
}

import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { AlikeList, useSettled } from '../../ui/alike-list.tsx'
import type { PartyDraft } from './party-draft.ts'

const keysOf = (draft: PartyDraft) => ({
  name: draft.name.trim(),
  aliases: draft.aliases.split(/[,，、;；\n]/).map((a) => a.trim()).filter((a) => a !== ''),
  phones: [draft.phone, ...draft.contacts.map((c) => c.phone ?? '')].filter((p) => p.trim() !== ''),
  tax_no: draft.tax_no.trim(),
})

/** Who is already in the books and looks like the one being entered, by name, alias, phone or tax number; told while typing. */
export function Alike({ draft, party_id, role }: { draft: PartyDraft; party_id: string | null; role: 'customer' | 'supplier' }) {
  const { t } = useTranslation()
  const keys = useSettled(keysOf(draft))
  const isWorthIt = keys.name.length > 1 || keys.phones.length > 0 || keys.tax_no !== ''
  const { data } = useAsk('parties.duplicates', { ...(party_id === null ? {} : { party_id }), ...keys }, { enabled: isWorthIt, keeps: 'previous' })
  if (!isWorthIt || !data) return null
  const candidates = data.candidates.map((c) => ({
    id: c.party_id,
    to: `/${role}s/${c.party_id}`,
    label: `${c.code} ${c.name}`,
    why: c.because.map((why) => t(`ui.alike.${why}`)).join(t('ui.alike.and')),
  }))
  return <AlikeList title={t('ui.alike.title')} candidates={candidates} hidden_count={data.hidden_count} />
}

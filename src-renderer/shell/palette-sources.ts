import type { TFunction } from 'i18next'
import { ask } from '../api/client.ts'
import type { Session } from '../api/session.tsx'
import { documentPath } from '../ui/document-paths.ts'
import type { Format } from '../ui/format.ts'
import type { Choice } from '../ui/picker/use-choices.ts'
import { allPlaces, isOffered, isShown, type Place } from './nav.ts'
import type { Visit } from './visited.ts'

/** Something that Ctrl+K can reach. */
export type Goal = Choice & { readonly path: string }

/** Where a goal leads that opens the quick log instead of a page. */
export const LOG_PATH = '/crm/log'

const logPlace: Place = { path: LOG_PATH, text: 'ui.crm.log', keys: 'gj jgj log follow-up call visit', permission: 'crm.log', isListed: false }

type Asking = { readonly t: TFunction; readonly session: Session }

/** Screens by name, pinyin initials or English word. Those whose name begins with the text come first. */
export function findPlaces(text: string, { t, session }: Asking): Goal[] {
  const wanted = text.trim().toLowerCase()
  return [...allPlaces, logPlace]
    .filter((p) => isShown(p, session))
    .map((p) => ({ place: p, label: t(p.text) }))
    .filter(({ place, label }) => wanted === '' || label.toLowerCase().includes(wanted) || place.keys.split(' ').some((k) => k.startsWith(wanted)))
    .toSorted((a, b) => Number(b.label.toLowerCase().startsWith(wanted)) - Number(a.label.toLowerCase().startsWith(wanted)))
    .map(({ place, label }) => ({ id: `place ${place.path}`, label, path: place.path, note: t('ui.palette.place') }))
}

/** Before anything is typed: what this person likes, and where they were last. */
export const visitedGoals = (visits: readonly Visit[], note: string): Goal[] =>
  visits.map(({ path, label }) => ({ id: `visited ${path}`, label, path, note }))

/** Records by part of name, pinyin, code, barcode, phone, number, reference or amount. What may not be read is simply not found. */
export async function findRecords(text: string, { t, session, format }: Asking & { readonly format: Format }): Promise<Goal[]> {
  const wanted = text.trim()
  if (wanted === '') return []
  const quiet = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined)
  const [documents, parties, leads, items] = await Promise.all([
    quiet(ask('platform.findDocuments', { text: wanted.slice(0, 60), limit: 8 })),
    session.may('parties.read') ? quiet(ask('parties.search', { text, limit: 6 })) : undefined,
    session.may('crm.read') ? quiet(ask('platform.search', { text, kinds: ['lead'], limit: 6 })) : undefined,
    session.may('catalog.read') ? quiet(ask('catalog.search', { text, limit: 6 })) : undefined,
  ])
  const amount = (minor: number | null): string => (minor === null ? '' : ` ${format.moneyWithSymbol(minor)}`)
  const goals = [
    ...(documents?.rows ?? []).map((d) => ({
      id: `document ${d.kind} ${d.id}`,
      code: d.number,
      label: d.title,
      note: `${t(`ui.kind.${d.kind.split('.')[1]}`)} ${d.day}${amount(d.amount_minor)}`,
      path: documentPath(d) ?? '/',
    })),
    ...(parties?.rows ?? []).map((p) => ({
      id: `party ${p.party_id}`,
      code: p.code,
      label: p.name,
      note: t(p.is_customer ? 'ui.kind.customer' : 'ui.kind.supplier'),
      path: `/${p.is_customer ? 'customers' : 'suppliers'}/${p.party_id}`,
    })),
    ...(leads?.rows ?? []).map((l) => ({ id: `lead ${l.ref_id}`, label: l.title, note: t('ui.kind.lead'), path: `/crm/leads/${l.ref_id}` })),
    ...(items?.rows ?? []).map((i) => ({
      id: `item ${i.item_id}`,
      code: i.code,
      label: [i.name, i.spec].filter(Boolean).join(' '),
      note: t('ui.kind.item'),
      path: `/items/${i.item_id}`,
    })),
  ]
  return goals.filter((goal) => isOffered(goal.path, session.menu.modules_off))
}

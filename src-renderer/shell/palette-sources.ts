import type { TFunction } from 'i18next'
import { ask } from '../api/client.ts'
import type { Session } from '../api/session.tsx'
import type { Choice } from '../ui/picker/use-choices.ts'
import { allPlaces, isShown } from './nav.ts'

/** Something that Ctrl+K can reach. */
export type Goal = Choice & { readonly path: string; readonly kind: 'place' | 'customer' | 'supplier' | 'item' | 'document' }

const documentPaths: Record<string, string> = {
  quote: '/sales/quotes/',
  order: '/sales/orders/',
  delivery: '/sales/deliveries/',
  invoice: '/sales/invoices/',
  payment: '/money/payments/',
}

/** Screens by name, pinyin initials or English word. Those whose name begins with the text come first. */
export function findPlaces(text: string, { t, session }: { t: TFunction; session: Session }): Goal[] {
  const wanted = text.trim().toLowerCase()
  return allPlaces
    .filter((p) => isShown(p, session.may))
    .map((p) => ({ place: p, label: t(p.text) }))
    .filter(({ place, label }) => wanted === '' || label.toLowerCase().includes(wanted) || place.keys.split(' ').some((k) => k.startsWith(wanted)))
    .toSorted((a, b) => Number(b.label.toLowerCase().startsWith(wanted)) - Number(a.label.toLowerCase().startsWith(wanted)))
    .map(({ place, label }) => ({ id: `place ${place.path}`, label, path: place.path, kind: 'place' as const, note: t('ui.palette.place') }))
}

/** Records by part of name, pinyin, code, barcode, phone or number. What may not be read is simply not found. */
export async function findRecords(text: string, { t, session }: { t: TFunction; session: Session }): Promise<Goal[]> {
  if (text.trim() === '') return []
  const quiet = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined)
  const [documents, parties, items] = await Promise.all([
    session.may('sales.read') ? quiet(ask('sales.findDocument', { text: text.trim(), limit: 6 })) : undefined,
    session.may('parties.read') ? quiet(ask('parties.search', { text, limit: 6 })) : undefined,
    session.may('catalog.read') ? quiet(ask('catalog.search', { text, limit: 6 })) : undefined,
  ])
  return [
    ...(documents?.rows ?? []).map((d) => ({
      id: `document ${d.id}`,
      code: d.number,
      label: d.party_name,
      note: `${t(`ui.kind.${d.kind}`)} ${d.day}`,
      path: (documentPaths[d.kind] ?? '/') + d.id,
      kind: 'document' as const,
    })),
    ...(parties?.rows ?? []).map((p) => ({
      id: `party ${p.party_id}`,
      code: p.code,
      label: p.name,
      note: t(p.is_customer ? 'ui.kind.customer' : 'ui.kind.supplier'),
      path: `/${p.is_customer ? 'customers' : 'suppliers'}/${p.party_id}`,
      kind: p.is_customer ? ('customer' as const) : ('supplier' as const),
    })),
    ...(items?.rows ?? []).map((i) => ({
      id: `item ${i.item_id}`,
      code: i.code,
      label: [i.name, i.spec].filter(Boolean).join(' '),
      note: t('ui.kind.item'),
      path: `/items/${i.item_id}`,
      kind: 'item' as const,
    })),
  ]
}

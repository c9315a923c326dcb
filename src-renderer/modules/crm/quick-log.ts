import { create } from 'zustand'
import { holdKeysFor } from '../../ui/held-keys.ts'

/** Whom a follow-up is about. */
export type Subject = { readonly party_id: string | null; readonly lead_id: string | null; readonly opportunity_id: string | null; readonly name: string }
export const partySubject = ({ party_id, name }: { readonly party_id: string; readonly name: string }): Subject => ({ party_id, lead_id: null, opportunity_id: null, name })
/** What queries and commands take: the nearest of the ids. */
export const asked = ({ party_id, lead_id, opportunity_id }: Subject) =>
  opportunity_id !== null ? { opportunity_id } : party_id === null ? { lead_id: lead_id ?? '' } : { party_id }
/** A task that the follow-up does. */
export type TaskDone = { readonly task_id: string; readonly title: string; readonly kind: string }

type QuickLog = {
  /** Open, and about whom; null while it is shut. */
  readonly about: { readonly subject: Subject | null; readonly task: TaskDone | null } | null
  open(subject?: Subject | null, task?: TaskDone | null): void
  close(): void
}

/** The little form in front of any screen that logs a follow-up. Keys typed while it opens are for it. */
export const useQuickLog = create<QuickLog>((set) => ({
  about: null,
  open: (subject = null, task = null) => {
    holdKeysFor('quickLog')
    set({ about: { subject, task } })
  },
  close: () => set({ about: null }),
}))

/** Whose page an address is: what is logged there is about them. */
export function subjectOfPath(pathname: string): { readonly kind: 'party' | 'lead' | 'opportunity'; readonly id: string } | null {
  const [, place = '', id] = /^\/(customers|suppliers|crm\/leads|crm\/deals)\/([0-9a-f-]{36})$/.exec(pathname) ?? []
  return id === undefined ? null : { kind: place === 'crm/leads' ? 'lead' : place === 'crm/deals' ? 'opportunity' : 'party', id }
}

import { id } from '../../kernel/contract.ts'

/** Whom something is about: a customer or supplier, a lead, or a customer in an opportunity. */
export const subject = { party_id: id().optional(), lead_id: id().optional(), opportunity_id: id().optional() }

/** What zod's `refine` takes: the rule, and where it is told when it is broken. */
export type Rule<T> = [rule: (value: T) => boolean, told: { path: string[]; message: string }]

type Subject = { readonly party_id?: string | null | undefined; readonly lead_id?: string | null | undefined; readonly opportunity_id?: string | null | undefined }
const count = ({ party_id, lead_id, opportunity_id }: Subject): number => (party_id ? 1 : 0) + (lead_id ? 1 : 0) + (opportunity_id ? 1 : 0)

/** Exactly one of them. */
export const aboutOne: Rule<Subject> = [(s) => count(s) === 1, { path: ['party_id'], message: 'a customer or a lead' }]
/** One of them, or nobody. */
export const aboutAtMostOne: Rule<Subject> = [(s) => count(s) <= 1, { path: ['party_id'], message: 'not both' }]

export const leadStateNames = ['new', 'working', 'converted', 'lost'] as const

import type { AskOutput } from '../../api/operations.ts'
import type { Tone } from '../../ui/status-tag.tsx'

export type Lead = AskOutput<'crm.lead'>

export const leadStateNames: readonly Lead['state'][] = ['new', 'working', 'converted', 'lost']
export const leadTone: Readonly<Record<Lead['state'], Tone>> = { new: 'info', working: 'warning', converted: 'success', lost: 'neutral' }
/** What a lead is called: the company, else the person. */
export const leadName = ({ company, name }: Pick<Lead, 'company' | 'name'>): string => company ?? name ?? ''

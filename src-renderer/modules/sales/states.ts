import type * as sales from '../../../src-main/modules/sales/contract.ts'
import type { Tone } from '../../ui/status-tag.tsx'

type OrderState = sales.OrderState
type QuoteState = sales.QuoteState

export const orderTone: Record<OrderState, Tone> = { draft: 'neutral', confirmed: 'info', closed: 'success', cancelled: 'neutral' }
export const quoteTone: Record<QuoteState, Tone> = { draft: 'neutral', sent: 'info', won: 'success', lost: 'neutral', replaced: 'neutral' }

export const orderStateNames = Object.keys(orderTone) as OrderState[]
export const quoteStateNames = Object.keys(quoteTone) as QuoteState[]

import { z } from 'zod'
import { command, query } from '../../kernel/contract.ts'

// The start page of each person: which cards, in which order, how wide. What a card shows is the workbench's matter.

const card = z.strictObject({ card: z.string().regex(/^[a-zA-Z]{1,40}$/), columns: z.int().min(1).max(3) })
const noCardTwice = (cards: readonly { readonly card: string }[]): boolean => new Set(cards.map((c) => c.card)).size === cards.length

export const getHome = query({
  name: 'platform.home',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({
    /** Null: never arranged, so the role's own page holds. */
    cards: z.array(card).nullable(),
  }),
  reads: ['platform_home'],
  scope: 'rows',
})

/** Keeps one's own arrangement of the start page; null takes it back to the role's own. */
export const setHome = command({
  name: 'platform.setHome',
  permission: 'platform.use',
  input: z.strictObject({ cards: z.array(card).max(40).refine(noCardTwice, 'a card stands there once').nullable() }),
  output: z.object({}),
  refusals: [],
})

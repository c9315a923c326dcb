/** One card of somebody's start page, and how many of the page's three columns it takes. */
export type Placed = { readonly card: string; readonly columns: number }

export const COLUMNS = 3

const page = (text: string): readonly Placed[] =>
  text.split(' ').map((word) => {
    const [card = '', columns = '1'] = word.split(':')
    return { card, columns: Number(columns) }
  })

/** What each role begins with, the widest view first: who holds several roles gets the first of them. Others see the owner's, as far as they may. */
const pages: readonly (readonly [role: string, cards: readonly Placed[]])[] = [
  ['owner', page('shortcuts:3 numbers:3 sales:2 tray tasks customers items cash ageing overdue stock')],
  ['bookkeeper', page('shortcuts:3 cash:2 tray ageing payable overdue profit:3')],
  ['sales', page('shortcuts:3 numbers:3 sales:2 tray tasks deliveries customers overdue')],
  ['warehouse', page('shortcuts:3 deliveries:2 tray stock:2 items')],
]

/** The start page of somebody who never arranged it. */
export function pageOf(roles: readonly string[]): readonly Placed[] {
  return (pages.find(([role]) => roles.includes(role)) ?? pages[0])![1]
}

/** Takes a card to another place; the others close up. */
export function moved(cards: readonly Placed[], { card, to }: { card: string; to: number }): readonly Placed[] {
  const placed = cards.find((c) => c.card === card)
  if (!placed) return cards
  const others = cards.filter((c) => c.card !== card)
  const at = Math.max(0, Math.min(others.length, to))
  return [...others.slice(0, at), placed, ...others.slice(at)]
}

/** One column more; from the full width back to one. */
export const widened = (cards: readonly Placed[], card: string): readonly Placed[] =>
  cards.map((c) => (c.card === card ? { ...c, columns: (c.columns % COLUMNS) + 1 } : c))

import type { DocumentFinder } from '../../kernel/operation.ts'

const everybody = (): { sql: string; params: [] } => ({ sql: '1 = 1', params: [] })

/** What Ctrl+K finds of stock: adjustments and transfers. */
export const documentFinders: readonly DocumentFinder[] = [
  {
    kind: 'inventory.adjustment',
    permission: 'inventory.read',
    from: 'inventory_adjustment d',
    number: 'd.number',
    series: ['inventory.adjustment'],
    reference: 'reference',
    title: 'd.reason',
    rows: everybody,
  },
  {
    kind: 'inventory.transfer',
    permission: 'inventory.read',
    from: 'inventory_transfer d join inventory_location a on a.id = d.from_location_id join inventory_location b on b.id = d.to_location_id',
    number: 'd.number',
    series: ['inventory.transfer'],
    title: `(a.name || ' → ' || b.name)`,
    rows: everybody,
  },
]

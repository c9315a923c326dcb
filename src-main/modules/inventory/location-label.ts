import type { Printable } from '../../kernel/papers.ts'

/** Labels of shelves and bins: the first line is the place's name. */
export const locationLabel: Printable = {
  kind: 'inventory.label',
  facts: ['location_name', 'location_code', 'warehouse'],
  columns: [],
  signatures: [],
  parts: [],
  papers: ['label-60x40', 'label-100x70', 'label-40x30', 'sheet-70x37', 'sheet-63x38', 'sheet-99x38'],
}

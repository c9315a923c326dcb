// What upper floors say about goods that are promised or expected.

export type PlanLine = {
  readonly line_no: number
  readonly direction: 'out' | 'in'
  readonly item_id: string
  readonly location_id: string
  /** What is still to move, base units; 0 removes the plan. */
  readonly quantity_e6: number
  readonly due_on: string
}

export type PlanSource = { readonly kind: string; readonly id: string }

/** `promised_on`: today when the goods are reserved, else the day by which arrivals cover them, else empty. */
export type PlanSet = { readonly line_no: number; readonly reserved_e6: number; readonly promised_on: string | null }

/**
 * What the Online Retail reader stages for `migration.importOnlineRetail`, in this order: all items, all customers, then the
 * documents as they are posted. One staged row is one of these.
 */
export type StagedRecord = StagedItem | StagedCustomer | StagedDocument

export type StagedItem = {
  readonly record: 'item'
  /** Lines name items by this number, counted from 0 without gaps. */
  readonly no: number
  readonly code: string
  readonly name: string
  readonly is_service: 0 | 1
  /** The first positive price; 0 if there is none. */
  readonly price_e4: number
  /** The deepest deficit in file order, and its value at 60 % of that price. */
  readonly opening_e6: number
  readonly opening_minor: number
}

export type StagedCustomer = { readonly record: 'customer'; readonly code: string; readonly country: string }

export type DocumentKind = 'invoice' | 'credit_note' | 'adjustment' | 'memo' | 'bad_debt'

export type StagedDocument = {
  readonly record: 'document'
  readonly kind: DocumentKind
  /** The number in the file. */
  readonly number: string
  readonly day: string
  /** '' for documents without a customer. */
  readonly customer: string
  readonly lines: readonly StagedLine[]
}

/**
 * A line as it stands in the file: item number, quantity (e6, signed), unit price (e4, signed), the description where it differs from
 * the item's name, and the cost of goods that come in while the item has none (minor units).
 */
export type StagedLine = readonly [item_no: number, quantity_e6: number, price_e4: number, description: string | null, given_minor: number | null]

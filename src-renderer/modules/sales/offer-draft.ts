import type { AskOutput } from '../../api/operations.ts'
import { newDraftLine, type DraftLine } from '../catalog/priced-lines/draft.ts'
import { noExtra, type ExtraDraft } from '../../ui/custom-fields/extra-inputs.tsx'
import type { PickedParty } from '../parties/party-picker.tsx'

/** A quote, order or direct sale while it is being entered. */
export type OfferDraft = {
  readonly party: PickedParty | null
  readonly day: string
  readonly wanted_on: string | null
  readonly valid_until: string | null
  readonly due_on: string | null
  readonly warehouse_id: string | null
  readonly ship_to: string
  readonly customer_reference: string
  readonly salesperson_id: string | null
  readonly prices_include_tax: 0 | 1
  readonly discount_minor: number
  readonly note: string
  /** The values of the company's own fields. */
  readonly own: ExtraDraft
  readonly lines: readonly DraftLine[]
}

export function emptyOffer({ today, prices_include_tax }: { today: string; prices_include_tax: 0 | 1 }): OfferDraft {
  return {
    party: null,
    day: today,
    wanted_on: null,
    valid_until: null,
    due_on: null,
    warehouse_id: null,
    ship_to: '',
    customer_reference: '',
    salesperson_id: null,
    prices_include_tax,
    discount_minor: 0,
    note: '',
    own: noExtra,
    lines: [newDraftLine()],
  }
}

type SavedLine = AskOutput<'sales.order'>['lines'][number] | AskOutput<'sales.quote'>['lines'][number]

/** A saved line back in the hands of the one who edits it. */
export function draftLineOf(line: SavedLine): DraftLine {
  return {
    ...newDraftLine(),
    line_no: line.line_no,
    item: {
      item_id: line.item_id,
      code: line.item_code,
      name: line.item_name,
      spec: null,
      kind: line.item_kind,
      base_unit: line.base_unit,
      units: line.unit === line.base_unit ? [] : [{ name: line.unit, numerator: line.unit_numerator, denominator: line.unit_denominator }],
    },
    description: line.description === null || line.description === line.item_name ? '' : line.description,
    unit: line.unit,
    quantity_e6: line.quantity_e6,
    price_e4: line.price_e4,
    is_price_typed: true,
    discount_rate_e8: line.discount_rate_e8,
    discount_minor: line.discount_rate_e8 === 0 && line.discount_minor !== 0 ? line.discount_minor : null,
    tax_code: line.tax_code,
    tax_rate_e8: line.tax_rate_e8,
    ...(line.promotion_id === null ? {} : { promoted: { promotion_id: line.promotion_id, price_e4: line.price_e4 } }),
  }
}

export function orderDraftOf(order: AskOutput<'sales.order'>): OfferDraft {
  return {
    party: { party_id: order.party_id, name: order.party_name },
    day: order.day,
    wanted_on: order.wanted_on,
    valid_until: null,
    due_on: null,
    warehouse_id: order.warehouse_id,
    ship_to: order.ship_to ?? '',
    customer_reference: order.customer_reference ?? '',
    salesperson_id: order.salesperson_id,
    prices_include_tax: order.prices_include_tax,
    discount_minor: order.discount_minor,
    note: order.note ?? '',
    own: { extra: order.extra, extra_names: order.extra_names },
    lines: order.lines.map(draftLineOf),
  }
}

export function quoteDraftOf(quote: AskOutput<'sales.quote'>): OfferDraft {
  return {
    ...emptyOffer({ today: quote.day, prices_include_tax: quote.prices_include_tax }),
    party: { party_id: quote.party_id, name: quote.party_name },
    valid_until: quote.valid_until,
    salesperson_id: quote.salesperson_id,
    discount_minor: quote.discount_minor,
    note: quote.note ?? '',
    own: { extra: quote.extra, extra_names: quote.extra_names },
    lines: quote.lines.map(draftLineOf),
  }
}

export const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

import type { ComponentType } from 'react'
import { Deliveries, Numbers, Overdue, Shortcuts, Tray } from './cards/daily.tsx'
import { Cash, PayableAgeing, Profit, ReceivableAgeing, Stock } from './cards/money.tsx'
import { Sales, TopCustomers, TopItems } from './cards/sales.tsx'

export type Card = {
  readonly key: string
  /** Any one of these permissions shows it; none: everybody. */
  readonly permissions: readonly string[]
  /** Columns of three that it takes when it is added. */
  readonly columns: number
  /** Stands on the page without a frame: it is a row of buttons or numbers. */
  readonly look?: 'bare'
  readonly Body: ComponentType
}

const card = (key: string, permissions: readonly string[], columns: number, Body: ComponentType): Card => ({ key, permissions, columns, Body })

/** All cards there are, in the order in which they are offered; a title is `home.card.<key>`. */
export const allCards: readonly Card[] = [
  { ...card('shortcuts', [], 3, Shortcuts), look: 'bare' },
  { ...card('numbers', ['sales.read'], 3, Numbers), look: 'bare' },
  card('sales', ['sales.read'], 2, Sales),
  card('tray', ['sales.read', 'accounting.read'], 1, Tray),
  card('customers', ['sales.read'], 1, TopCustomers),
  card('items', ['sales.read'], 1, TopItems),
  card('cash', ['accounting.read'], 1, Cash),
  card('ageing', ['accounting.readMoney'], 1, ReceivableAgeing),
  card('overdue', ['sales.read'], 1, Overdue),
  card('payable', ['accounting.readMoney'], 1, PayableAgeing),
  card('stock', ['inventory.read'], 1, Stock),
  card('deliveries', ['sales.read'], 1, Deliveries),
  card('profit', ['accounting.read'], 2, Profit),
]

export const cardOf = new Map(allCards.map((c) => [c.key, c]))

import type { ComponentType } from 'react'
import { Deliveries, Numbers, Overdue, Shortcuts, Tray } from './cards/daily.tsx'
import { Cash, PayableAgeing, Profit, ReceivableAgeing, Stock } from './cards/money.tsx'
import { Tasks } from './cards/tasks.tsx'
import { Sales, TopCustomers, TopItems } from './cards/sales.tsx'

export type Card = {
  readonly key: string
  /** Any one of these permissions shows it; none: everybody. */
  readonly permissions: readonly string[]
  /** Columns of three that it takes when it is added. */
  readonly columns: number
  /** Stands on the page without a frame: it is a row of buttons or numbers. */
  readonly look?: 'bare'
  /** The part of the workbench that it belongs to: off with its module. */
  readonly of?: string
  readonly Body: ComponentType
}

const card = (key: string, permissions: readonly string[], columns: number, Body: ComponentType, of?: string): Card => ({ key, permissions, columns, Body, ...(of === undefined ? {} : { of }) })

/** All cards there are, in the order in which they are offered; a title is `home.card.<key>`. */
export const allCards: readonly Card[] = [
  { ...card('shortcuts', [], 3, Shortcuts), look: 'bare' },
  { ...card('numbers', ['sales.read'], 3, Numbers, '/sales'), look: 'bare' },
  card('sales', ['sales.read'], 2, Sales, '/sales'),
  card('tray', ['sales.read', 'accounting.read'], 1, Tray),
  card('tasks', ['crm.read'], 1, Tasks, '/crm'),
  card('customers', ['sales.read'], 1, TopCustomers, '/sales'),
  card('items', ['sales.read'], 1, TopItems, '/sales'),
  card('cash', ['accounting.read'], 1, Cash, '/money'),
  card('ageing', ['accounting.readMoney'], 1, ReceivableAgeing, '/money'),
  card('overdue', ['sales.read'], 1, Overdue, '/sales'),
  card('payable', ['accounting.readMoney'], 1, PayableAgeing, '/money'),
  card('stock', ['inventory.read'], 1, Stock, '/stock'),
  card('deliveries', ['sales.read'], 1, Deliveries, '/sales'),
  card('profit', ['accounting.read'], 2, Profit, '/books'),
]

export const cardOf = new Map(allCards.map((c) => [c.key, c]))

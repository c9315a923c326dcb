import fc from 'fast-check'
import type { CommandContract, SentInputOf } from '../../../src-main/kernel/contract.ts'
import type { Answer } from '../../../src-main/app/office-types.ts'
import type { SqlValue } from '../../../src-main/storage/db.ts'
import type { TestOffice } from '../office.ts'

/** Dice and picks for one random walk through the company; the same seed walks the same way. */
export class Walk {
  readonly t: TestOffice
  private readonly stream: Iterator<number>
  private serial = 0

  constructor(t: TestOffice, seed: number) {
    this.t = t
    this.stream = fc.sample(fc.infiniteStream(fc.nat({ max: 2 ** 30 })), { seed, numRuns: 1 })[0]![Symbol.iterator]()
  }

  /** A whole number from 0 to n − 1. */
  roll(n: number): number {
    return (this.stream.next().value as number) % n
  }

  chance(oneIn: number): boolean {
    return this.roll(oneIn) === 0
  }

  one<T>(list: readonly T[]): T {
    return list[this.roll(list.length)]!
  }

  /** A text nobody used before. */
  fresh(prefix: string): string {
    return `${prefix}${++this.serial}`
  }

  /** A random one of the latest rows that the query finds (its ORDER BY newest first, no LIMIT); undefined when it finds none. */
  async pick<R>(sql: string, params: readonly SqlValue[] = []): Promise<R | undefined> {
    const offset = this.roll(40)
    const read = (skip: number) => this.t.office.engine.read((db) => db.get<R>(`${sql} limit 1 offset ${skip}`, params))
    return (await read(offset)) ?? (await read(this.roll(4))) ?? (await read(0))
  }

  async rows<R>(sql: string, params: readonly SqlValue[] = []): Promise<R[]> {
    return this.t.office.engine.read((db) => db.all<R>(sql, params))
  }
}

/** Makes an input that has a fair chance; undefined when there is nothing to do it to. */
export type Maker<C extends CommandContract = CommandContract> = (w: Walk) => Promise<SentInputOf<C> | undefined>
export type Move = {
  readonly contract: CommandContract
  readonly make: (w: Walk) => Promise<unknown>
  /** Another way in than the bus alone: an import goes through its whole job. */
  readonly run?: (w: Walk, input: unknown) => Promise<Answer>
  /** Who does it; the owner where it is left out. */
  readonly as?: (w: Walk) => Promise<string | undefined>
  /** How much oftener than others it should happen, because others live on what it makes: 1 where it is left out. */
  readonly weight?: number
}
/** The same move, so much oftener than others. */
export const often = (weight: number, one: Move): Move => ({ ...one, weight })
export const move = <C extends CommandContract>(contract: C, make: Maker<C>): Move => ({ contract, make })

export const E6 = 1_000_000
type Id = { id: string }

/** There is nothing to do this move to just now. */
export class Nothing extends Error {}

/** The row, or the end of this move. */
export function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Nothing('nothing found')
  return row
}

export const customer = async (w: Walk): Promise<string> =>
  found(await w.pick<Id>('select id from parties_party where is_customer = 1 and is_active = 1 and is_cash = 0 order by id desc')).id
export const supplier = async (w: Walk): Promise<string> =>
  found(await w.pick<Id>('select id from parties_party where is_supplier = 1 and is_active = 1 order by id desc')).id
export const anyItem = async (w: Walk): Promise<string> => found(await w.pick<Id>('select id from catalog_item where is_active = 1 order by id')).id
export const goods = async (w: Walk): Promise<string> =>
  found(await w.pick<Id>(`select id from catalog_item where is_active = 1 and kind = 'stocked' order by id`)).id
/** An item with plenty of stock in the default warehouse. */
export const inStock = async (w: Walk): Promise<string | undefined> =>
  (
    await w.pick<Id>(
      `select s.item_id as id from inventory_stock s join inventory_location l on l.id = s.location_id join inventory_warehouse w on w.id = l.warehouse_id
         join catalog_item i on i.id = s.item_id
        where w.is_default = 1 and l.is_default = 1 and i.is_active = 1 and s.on_hand_e6 - s.reserved_e6 > 20000000 order by s.item_id desc`,
    )
  )?.id

type Field = { key: string; kind: string; choices: string; link_kind: string | null; is_required: number }

/** Values for the fields that the company added to one kind of record: those that must be filled in, and some of the others. */
export async function extraFor(w: Walk, target: string): Promise<Record<string, string | number>> {
  const fields = await w.rows<Field>(
    `select key, kind, choices, link_kind, is_required from platform_field where target = ? and is_active = 1 and kind <> 'formula' order by key`,
    [target],
  )
  const extra: Record<string, string | number> = {}
  for (const { key, kind, choices, link_kind, is_required } of fields) {
    if (is_required === 0 && w.chance(2)) continue
    if (kind === 'number') extra[key] = w.roll(9_000_000) - 1_000_000
    else if (kind === 'date') extra[key] = w.t.today
    else if (kind === 'choice') extra[key] = w.one(JSON.parse(choices) as string[])
    else if (kind === 'link') extra[key] = link_kind === 'item' ? await anyItem(w) : await customer(w)
    else extra[key] = w.fresh('text ')
  }
  return extra
}

export const quantityOf = (w: Walk, most = 8): number => (1 + w.roll(most)) * E6
/** Today or, now and then, a few days back within the open period. */
export function dayOf(w: Walk): string {
  const today = w.t.today
  const back = w.chance(6) ? w.roll(Math.min(5, Number(today.slice(8)) - 1) + 1) : 0
  return `${today.slice(0, 8)}${String(Number(today.slice(8)) - back).padStart(2, '0')}`
}

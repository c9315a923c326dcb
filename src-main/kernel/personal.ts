import type { SqlValue, Table } from '../storage/db.ts'
import type { CommandCtx, QueryCtx } from './operation.ts'

/** SQL that is true for some rows, with its parameters. */
type Rows = { readonly sql: string; readonly params: readonly SqlValue[] }

/** A person whose data are to go, as far as rows are concerned. */
export type Person = {
  /** What the record is called by who does not know the person: a code. */
  readonly code: string
  /** What stands in the place of the name from then on. */
  readonly label: string
  readonly party_ids: readonly string[]
  readonly lead_ids: readonly string[]
  /** Of a contact of a business: its own row, which goes. */
  readonly contact_ids: readonly string[]
  /** Names, phones, addresses and whatever else tells who it is, in every form in which rows hold it. */
  readonly words: readonly string[]
  /** Those of them that are nobody else's: found wherever they stand. */
  readonly own_words: readonly string[]
  /** 'whole': the party or lead is the person, and all that is told of it goes. 'part': a contact of a business, whose rows stay without those words. */
  readonly extent: 'whole' | 'part'
}

/** What a column says afterwards; one that says nothing is left alone. */
type Becomes = null | ((label: string) => SqlValue)

/**
 * Rows in which a module keeps what is personal, told once: what is shown before an erasure, erased by it, taken out of the change log and
 * proven gone afterwards. `kind` has its words under `personal.<kind>`; files and comments at records of that kind go along.
 */
export type PersonalRows = {
  readonly kind: string
  readonly table: Table
  /** Of the table as `r`. */
  readonly of: (person: Person) => Rows
  /** 'kept': the law on books wants them as they are. 'removed': the rows go. */
  readonly becomes: 'kept' | 'removed' | Readonly<Record<string, Becomes>>
  /** SQL of the rows that must stay as they are although others of the table go. */
  readonly kept?: string
  /** 'whole': says who a business is, and is left alone where a contact of it is erased. 'record': the contact itself, all of which goes. */
  readonly extent?: 'whole' | 'record'
  /** Columns of rows that are removed with the whole person, and only lose the words of a contact. */
  readonly words?: readonly string[]
}

/** What is still going on with somebody: while there is any, the refusal is given. */
export type ErasureObstacle = { readonly refusal: string; readonly count: (person: Person) => Rows }

/** A kind of record that is, or may be, a person. */
export type PersonSubject = {
  readonly kind: string
  /** Who it is. Refuses what is not there, out of sight, or no person. */
  readonly find: (ctx: QueryCtx | CommandCtx, id: string) => Promise<Person>
}

/** The name in the place of a name. */
export const LABEL = (label: string): string => label

/** SQL that is true where the column holds one of the ids. */
export const among = (column: string, ids: readonly string[]): Rows => ({ sql: ids.length === 0 ? '1 = 0' : `${column} in (${ids.map(() => '?').join(', ')})`, params: ids })

/** Of the person's parties by one column. */
export const ofParties = (column: string) => (person: Person): Rows => among(column, person.party_ids)

/** Of the person's parties or leads. */
export const ofBoth = (party: string, lead: string) => (person: Person): Rows => {
  const [one, other] = [among(party, person.party_ids), among(lead, person.lead_ids)]
  return { sql: `(${one.sql} or ${other.sql})`, params: [...one.params, ...other.params] }
}

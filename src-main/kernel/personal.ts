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

/** Whose the rows of a table are; the row is `r`. */
export type Whose = {
  /** Those of a person. */
  readonly rows: (person: Person) => Rows
  /** What SQL's `in (…)` takes: the ids of the parties and leads that one row is about. */
  readonly ids: string
}

/** What a column says afterwards; one that says nothing is left alone. */
type Becomes = null | ((label: string) => SqlValue)

/**
 * Rows in which a module keeps what is personal, told once beside the table: what is shown before an erasure, erased by it, taken out of the change
 * log, proven gone afterwards, and never written again: triggers refuse a new row about somebody erased, and a change of what was erased. `kind` has its words under `personal.<kind>`; files and comments at records of that kind go along.
 */
export type PersonalRows = {
  readonly kind: string
  readonly table: Table
  readonly of: Whose
  /** 'kept': the law on books wants them as they are, and new ones where it wants those. 'removed': the rows go. No column: the rows stay, and none is added. */
  readonly becomes: 'kept' | 'removed' | Readonly<Record<string, Becomes>>
  /** SQL of the rows that must stay as they are although others of the table go. */
  readonly kept?: string
  /** 'whole': says who a business is, and is left alone where a contact of it is erased. 'record': the contact itself, all of which goes. */
  readonly extent?: 'whole' | 'record'
  /** Columns that tell nothing of anybody and yet stay as they were: what is finished is not taken up again. */
  readonly still?: readonly string[]
  /** 'bare': a row that says none of those columns may be added, as where all that somebody looked after is handed over at once. */
  readonly added?: 'bare'
  /** Columns of rows that are removed with the whole person, and only lose the words of a contact. */
  readonly words?: readonly string[]
}

/** What is still going on with somebody: while there is any, the refusal is given. */
export type ErasureObstacle = { readonly refusal: string; readonly count: (person: Person) => Rows }

/** A kind of record that is, or may be, a person. */
export type PersonSubject = {
  readonly kind: string
  /** What is said to who would write about them afterwards; it may tell the name that stands there now, and the code. */
  readonly refusal: string
  /** Who it is. Refuses what is not there, out of sight, or no person. */
  readonly find: (ctx: QueryCtx | CommandCtx, id: string) => Promise<Person>
}

/** The name in the place of a name. */
export const LABEL = (label: string): string => label

/** SQL that is true where the column holds one of the ids. */
export const among = (column: string, ids: readonly string[]): Rows => ({ sql: ids.length === 0 ? '1 = 0' : `${column} in (${ids.map(() => '?').join(', ')})`, params: ids })

/** Of the person's parties by one column. */
export const ofParties = (column: string): Whose => ({ rows: (person) => among(column, person.party_ids), ids: column })

const either = (one: Rows, other: Rows): Rows => ({ sql: `(${one.sql} or ${other.sql})`, params: [...one.params, ...other.params] })

/** Of the person's parties or leads. */
export const ofBoth = (party: string, lead: string): Whose => ({ rows: (person) => either(among(party, person.party_ids), among(lead, person.lead_ids)), ids: `${party}, ${lead}` })

/** Of the person's parties by either column. */
export const ofEither = (one: string, other: string): Whose => ({ rows: (person) => either(among(one, person.party_ids), among(other, person.party_ids)), ids: `${one}, ${other}` })

/** Of the row `x` of another table that `column` names, by that row's party. */
export const ofPartiesOf = ({ column, table, party, where = '1 = 1' }: { readonly column: string; readonly table: string; readonly party: string; readonly where?: string }): Whose => ({
  rows: (person) => {
    const of = among(party, person.party_ids)
    return { sql: `${column} in (select x.id from ${table} x where ${where} and ${of.sql})`, params: of.params }
  },
  ids: `select ${party} from ${table} x where ${where} and x.id = ${column}`,
})

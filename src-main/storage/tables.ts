import { wholeSchema } from '../../db/schema/index.ts'
import type { Table } from './db.ts'
import { metaOf } from './table-meta.ts'

const byName = new Map<string, Table>(wholeSchema.flatMap((m) => m.tables).map((table) => [metaOf(table).name, table]))

/** A table of the schema by its name; undefined when there is none, whatever the database itself holds. */
export const tableNamed = (name: string): Table | undefined => byName.get(name)

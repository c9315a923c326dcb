import { assert } from '../kernel/assert.ts'
import type { CustomField } from '../kernel/custom-fields.ts'
import type { Company } from '../kernel/operation.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readCustomFields } from '../modules/platform/read-fields.ts'
import type { Reader } from '../storage/db.ts'
import { readPeople, type People } from './people.ts'

/** Company, settings, custom fields, people and the modules' references, and how often their rows had been changed when they were read. */
export type Memory = {
  readonly company: Company
  readonly settings: ReadonlyMap<string, string>
  readonly fields: ReadonlyMap<string, readonly CustomField[]>
  readonly people: People
  /** By key; filled when somebody first asks. */
  readonly references: Map<string, unknown>
  readonly version: number
}

/** How often the reference tables were changed, as this snapshot sees it: never fewer. */
export async function changesOfReference(db: Reader): Promise<number> {
  const row = await db.get<{ changes: number }>('select changes from platform_reference_count')
  return row?.changes ?? 0
}

/** What the audit says of a command that came before. */
type Earlier = { readonly name: string; readonly user_id: string; readonly input: string; readonly answer: string }

/** The version of the reference tables, and what this command was when it came before: in one statement, for every command asks. */
export async function beforeCommand(db: Reader, commandId: string): Promise<{ version: number; repeated: Earlier | undefined }> {
  const row = await db.get<{ version: number } & (Earlier | { name: null })>(
    `select c.version, a.name, a.user_id, a.input, a.answer
       from (select coalesce(max(changes), 0) as version from platform_reference_count) c left join platform_audit a on a.command_id = ?`,
    [commandId],
  )
  assert(row, 'an aggregate always answers')
  return { version: row.version, repeated: row.name === null ? undefined : row }
}

export async function readMemory(db: Reader, version: number): Promise<Memory> {
  const company = await db.get<Company>(
    `select id, name, profile, currency, first_day, locale, taxpayer, prices_include_tax, negative_stock, is_sample, tax_no, address, phone,
            bank_name, bank_account, created_at from platform_company`,
  )
  if (!company) throw new Refusal('platform.companyNotFounded')
  const settings = await db.all<{ key: string; value: string }>('select key, value from platform_setting order by key')
  const fields = Map.groupBy(await readCustomFields(db), (f) => f.target)
  return { company, settings: new Map(settings.map((s) => [s.key, s.value])), fields, people: await readPeople(db), references: new Map(), version }
}

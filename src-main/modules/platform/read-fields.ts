import type { field } from '../../../db/schema/platform.ts'
import type { CustomField } from '../../kernel/custom-fields.ts'
import type { Reader, Row } from '../../storage/db.ts'

/** Every field that the company added, as the forms show them. Read once for many commands: ctx.customFields gives them. */
export async function readCustomFields(db: Reader): Promise<CustomField[]> {
  const rows = await db.all<Row<typeof field>>(
    `select target, key, label, kind, choices, link_kind, formula, is_required, is_listed, is_printed, position, is_active
       from platform_field order by target, position, key`,
  )
  return rows.map((row) => ({ ...(row as unknown as CustomField), choices: JSON.parse(row.choices) as string[] }))
}

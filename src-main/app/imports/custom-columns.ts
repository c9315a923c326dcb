import type { CustomField } from '../../kernel/custom-fields.ts'
import type { ImportField, Importer } from '../../kernel/operation.ts'

/** Custom fields stand among a row's values under their key behind this. */
const PREFIX = 'extra.'

/** The company's own fields of what an importer's rows become are columns too; formulas are worked out, not read. */
export function withOwnColumns(importer: Importer, fields: readonly CustomField[]): Importer {
  const own = fields.filter((f) => f.target === importer.target && f.is_active === 1 && f.kind !== 'formula')
  return own.length === 0 ? importer : { ...importer, fields: [...importer.fields, ...own.map(columnOf)] }
}

const columnOf = ({ key, kind, label }: CustomField): ImportField => ({
  key: `${PREFIX}${key}`,
  form: kind === 'number' ? 'quantity' : kind === 'date' ? 'day' : 'text',
  // What must be filled in is said with the record: of a document's rows only the first speaks for it.
  is_required: false,
  headers: [label],
})

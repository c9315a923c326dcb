import fc from 'fast-check'

// Makes inputs for any operation out of its JSON Schema: mostly of the right form, with something wrong in it here and there.

export type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly additionalProperties?: JsonSchema | boolean
  readonly default?: unknown
}

/** Values that programs choke on. */
export const poison: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null, undefined, '', ' ', '0', -1, 0, 0.1, -0, 1e308, Number.MAX_SAFE_INTEGER, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, true, false, [], {},
    "'; drop table sales_order; --", '" or 1=1 --', '%', '_', '\\', '\u0000', '\ud800', '\u202e', '😀'.repeat(50), 'a'.repeat(100_000),
    '=cmd|calc', '../../etc/passwd', '2026-02-30', '0000-00-00', '9999-12-31', '１２３', '<script>alert(1)</script>', '{{7*7}}', '__proto__',
    { __proto__: { polluted: 1 } }, { constructor: { prototype: 1 } }, [[[[[[[[[]]]]]]]]], { then: 1 }, 'null', 'NaN',
  ),
  fc.string({ maxLength: 30, unit: 'grapheme' }),
  fc.double(),
  fc.anything({ maxDepth: 2 }),
)

const DAYS = ['2026-01-01', '2026-01-15', '2026-02-01', '2025-12-31', '2199-12-31', '1900-01-01', '2026-06-30']

/** An arbitrary for a schema; `ids` are ids of rows that exist, so that inputs get past the first door. */
export function inputFor(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((s) => inputFor(s, ids)))
  if (schema.allOf) return inputFor(schema.allOf[0]!, ids)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return objectFor(schema, ids)
  if (type === 'array') return fc.array(inputFor(schema.items ?? {}, ids), { minLength: schema.minItems ?? 0, maxLength: Math.max(schema.minItems ?? 0, 3) })
  if (type === 'string') return textFor(schema, ids)
  if (type === 'integer' || type === 'number') return integerFor(schema)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  return poison
}

function objectFor(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (!schema.properties) {
    const values = typeof schema.additionalProperties === 'object' ? inputFor(schema.additionalProperties, ids) : poison
    return fc.dictionary(fc.string({ maxLength: 8 }), values, { maxKeys: 3 })
  }
  const model = Object.fromEntries(Object.entries(schema.properties).map(([key, s]) => [key, inputFor(s, ids)]))
  return fc.record(model, { requiredKeys: [...(schema.required ?? [])] })
}

function textFor(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const pattern = schema.pattern ?? ''
  if (pattern.includes('[0-9a-f]{8}')) return fc.constantFrom(...ids, '01890000-0000-7000-8000-000000000000')
  if (pattern.includes('(19|20|21)')) return fc.constantFrom(...DAYS)
  if (pattern === '^[A-Z]{3}$') return fc.constantFrom('CNY', 'USD', 'XXX')
  return fc.oneof(fc.constantFrom('甲', 'A1', '箱', 'cash', 'STANDARD'), fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 20, 20) }))
}

function integerFor({ minimum = -1_000_000, maximum = 1_000_000 }: JsonSchema): fc.Arbitrary<unknown> {
  const near = [minimum, maximum, 0, 1, 1_000_000, 12_000_000].filter((n) => n >= minimum && n <= maximum)
  return fc.oneof(fc.constantFrom(...near), fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) }))
}

/** Now and then something somewhere in the input is replaced by poison, dropped, or added. */
export function spoiled(input: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(input, fc.nat({ max: 3 }), fc.infiniteStream(fc.nat({ max: 999 })), poison).map(([value, times, dice, bad]) => {
    let result = structured(value)
    for (let i = 0; i < times; i++) result = spoilOnce(result, { dice, bad })
    return result
  })
}

const structured = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(structured)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, structured(v)])) : value
}

function spoilOnce(value: unknown, { dice, bad }: { dice: Iterator<number>; bad: unknown }): unknown {
  const roll = (n: number): number => (dice.next().value as number) % n
  if (typeof value !== 'object' || value === null || roll(5) === 0) return bad
  if (Array.isArray(value)) {
    if (value.length === 0) return [bad]
    const at = roll(value.length)
    return value.map((v, i) => (i === at ? spoilOnce(v, { dice, bad }) : v))
  }
  const record = value as Record<string, unknown>
  const keys = Object.keys(record)
  if (keys.length === 0 || roll(8) === 0) return { ...record, surprise: bad }
  const key = keys[roll(keys.length)]!
  if (roll(6) === 0) return Object.fromEntries(Object.entries(record).filter(([k]) => k !== key))
  return { ...record, [key]: spoilOnce(record[key], { dice, bad }) }
}

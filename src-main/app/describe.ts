import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Contract } from '../kernel/contract.ts'
import type { CustomField, FieldKind } from '../kernel/custom-fields.ts'
import type { Registry } from './registry.ts'

/** One operation as the outside sees it. */
export type Description = {
  readonly name: string
  readonly kind: 'command' | 'query'
  readonly permission: string
  readonly refusals: readonly string[]
  readonly input: unknown
  readonly output: unknown
  readonly labels: { readonly 'zh-CN': string; readonly en: string }
  readonly reads?: readonly string[]
  readonly scope?: string
  readonly long?: boolean
}

/** Where texts lie; a packaged program sets it to its resources. */
export const localesFolder = (): string =>
  process.env['ZHANGGUI_LOCALES'] ?? join(dirname(fileURLToPath(import.meta.url)), '../../assets/locales')

const loaded = new Map<string, Record<string, string>>()

/** The texts of one module in one language: flat JSON. An absent file has no texts. */
export function textsOf(locale: 'zh-CN' | 'en', file: string): Record<string, string> {
  const path = join(localesFolder(), locale, `${file}.json`)
  let texts = loaded.get(path)
  if (!texts) {
    try {
      texts = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    } catch {
      texts = {}
    }
    loaded.set(path, texts)
  }
  return texts
}

type Json = Record<string, unknown>
type Way = 'in' | 'out'

const FORMS: Readonly<Record<FieldKind, Json>> = {
  text: { type: 'string', maxLength: 500 },
  number: { type: 'integer' },
  formula: { type: 'integer' },
  date: { type: 'string', format: 'date' },
  choice: { type: 'string' },
  link: { type: 'string', format: 'uuid' },
}

/** The company's own fields of one kind of record as properties: formulas only where they are given, retired ones not where they are taken. */
function ownProperties(fields: readonly CustomField[], way: Way): Json {
  const shown = way === 'in' ? fields.filter((f) => f.kind !== 'formula' && f.is_active === 1) : fields
  return Object.fromEntries(
    shown.map((f) => [f.key, { ...FORMS[f.kind], title: f.label, ...(f.kind === 'choice' ? { enum: [...f.choices] } : {}), ...(f.link_kind ? { 'x-link': f.link_kind } : {}), ...(f.is_required === 1 ? { 'x-required': true } : {}) }]),
  )
}

/** A schema with the company's own fields wherever a record of its kind carries some. */
function withOwnFields(schema: unknown, { fields, way }: { fields: ReadonlyMap<string, readonly CustomField[]>; way: Way }): unknown {
  if (Array.isArray(schema)) return schema.map((part) => withOwnFields(part, { fields, way }))
  if (typeof schema !== 'object' || schema === null) return schema
  const own = fields.get(String((schema as Json)['x-custom-fields']))
  const inner = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, withOwnFields(part, { fields, way })]))
  return own === undefined ? inner : { ...inner, properties: ownProperties(own, way) }
}

const NO_FIELDS: ReadonlyMap<string, readonly CustomField[]> = new Map()

function schemaOf(schema: z.ZodType, { fields, way }: { fields: ReadonlyMap<string, readonly CustomField[]>; way: Way }): unknown {
  const plain = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return fields.size === 0 ? plain : withOwnFields(plain, { fields, way })
}

/** Renders one contract with its labels. */
function describeContract(contract: Contract, fields = NO_FIELDS): Description {
  const file = contract.name.split('.')[0]!
  const label = (locale: 'zh-CN' | 'en') => textsOf(locale, file)[`${contract.kind}.${contract.name}`] ?? contract.name
  const common = {
    name: contract.name,
    kind: contract.kind,
    permission: contract.permission,
    refusals: contract.refusals,
    input: schemaOf(contract.input, { fields, way: 'in' }),
    output: schemaOf(contract.output, { fields, way: 'out' }),
    labels: { 'zh-CN': label('zh-CN'), en: label('en') },
  }
  return contract.kind === 'query' ? { ...common, reads: contract.reads, scope: contract.scope, long: contract.long } : common
}

/** Every operation of the program, by name, with the fields that the open company added. */
export function describeAll(registry: Registry, own: readonly CustomField[] = []): Description[] {
  const fields = Map.groupBy(own, (f) => f.target)
  return [...registry.commands.values(), ...registry.queries.values()]
    .map((h) => describeContract(h.contract, fields))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

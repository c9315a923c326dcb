import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Contract } from '../kernel/contract.ts'
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

const schemaOf = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

/** Renders one contract with its labels. */
export function describeContract(contract: Contract): Description {
  const file = contract.name.split('.')[0]!
  const label = (locale: 'zh-CN' | 'en') => textsOf(locale, file)[`${contract.kind}.${contract.name}`] ?? contract.name
  const common = {
    name: contract.name,
    kind: contract.kind,
    permission: contract.permission,
    refusals: contract.refusals,
    input: schemaOf(contract.input),
    output: schemaOf(contract.output),
    labels: { 'zh-CN': label('zh-CN'), en: label('en') },
  }
  return contract.kind === 'query' ? { ...common, reads: contract.reads, scope: contract.scope, long: contract.long } : common
}

/** Every operation of the program, by name. */
export const describeAll = (registry: Registry): Description[] =>
  [...registry.commands.values(), ...registry.queries.values()]
    .map((h) => describeContract(h.contract))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

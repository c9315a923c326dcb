import { parseArgs, type ParseArgsConfig } from 'node:util'
import process from 'node:process'
import { Invalid, Refusal } from '../kernel/refusal.ts'
import type { Answer } from './office-types.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Verb = {
  readonly usage: string
  readonly options: Options
  /** Answers with the exit code. */
  readonly run: (given: { values: Record<string, string | undefined>; positionals: string[] }) => Promise<number>
}

const data = { data: { type: 'string' } } as const

const verbs: Record<string, Verb> = {
  create: {
    usage: 'create --data DIR --profile cn-small|international [--name N] [--currency C] [--first-day DAY] [--taxpayer small|general|none] [--locale zh-CN|en]',
    options: { ...data, profile: { type: 'string' }, name: { type: 'string' }, currency: { type: 'string' }, 'first-day': { type: 'string' }, taxpayer: { type: 'string' }, locale: { type: 'string' } },
    run: async (given) => (await import('./cli/companies.ts')).createVerb(given.values),
  },
  demo: {
    usage: 'demo --data DIR [--locale zh-CN|en]',
    options: { ...data, locale: { type: 'string' } },
    run: async (given) => (await import('./cli/companies.ts')).demoVerb(given.values),
  },
  import: {
    usage: 'import --data DIR KIND FILE...   KIND: parties items opening-stock opening-balances opening-items sales-orders sales-invoices online-retail',
    options: data,
    run: async (given) => (await import('./cli/import-verb.ts')).importVerb(given),
  },
  call: {
    usage: 'call --data DIR NAME JSON   |   call --data DIR -',
    options: { ...data, user: { type: 'string' } },
    run: async (given) => (await import('./cli/call-verb.ts')).callVerb(given),
  },
  describe: {
    usage: 'describe [--data DIR] [NAME]   with DIR: that company\'s own fields too',
    options: data,
    run: async (given) => (await import('./cli/call-verb.ts')).describeVerb(given),
  },
  verify: {
    usage: 'verify --data DIR',
    options: data,
    run: async (given) => (await import('./cli/companies.ts')).verifyVerb(given.values),
  },
  export: {
    usage: 'export --data DIR journal --format csv|xlsx|hledger --out FILE [--from DAY --to DAY]',
    options: { ...data, format: { type: 'string' }, out: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
    run: async (given) => (await import('./cli/export-verb.ts')).exportVerb(given),
  },
  backup: {
    usage: 'backup --data DIR --out FILE',
    options: { ...data, out: { type: 'string' } },
    run: async (given) => (await import('./cli/companies.ts')).backupVerb(given.values),
  },
  restore: {
    usage: 'restore --from FILE --data DIR',
    options: { ...data, from: { type: 'string' } },
    run: async (given) => (await import('./cli/companies.ts')).restoreVerb(given.values),
  },
  host: {
    usage: 'host --data DIR [--port N]',
    options: { ...data, port: { type: 'string' } },
    run: async (given) => (await import('./cli/host-verb.ts')).hostVerb(given.values),
  },
}

export const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
export const complain = (text: string): void => void process.stderr.write(`${text}\n`)

/** A value that a verb cannot do without. */
export function needed(values: Record<string, string | undefined>, name: string): string {
  const value = values[name]
  if (value === undefined || value === '') throw new Refusal('platform.optionMissing', { option: `--${name}` })
  return value
}

/** The answer to what was thrown: the command line says no in the same words as the wire. */
export function answerOf(error: unknown): Answer {
  if (error instanceof Invalid) return { ok: false, kind: 'invalid', code: error.code, details: { problems: error.problems } }
  if (error instanceof Refusal) return { ok: false, kind: 'refusal', code: error.code, details: error.details }
  throw error
}

const usage = (): string => ['Usage:', ...Object.values(verbs).map((v) => `  ${v.usage}`), '  bench NAME   (npm run bench -- NAME)'].join('\n')

/** Runs one verb; gives the exit code: 0 done, 1 refused or broken, 2 not understood. */
export async function runVerb(args: readonly string[]): Promise<number> {
  const [word, ...rest] = args
  if (word === 'bench') return (await import('./cli/bench-verb.ts')).benchVerb(rest)
  const verb = word === undefined ? undefined : verbs[word]
  if (!verb) {
    complain(usage())
    return word === undefined || word === 'help' || word === '--help' ? 0 : 2
  }
  let given: { values: Record<string, string | undefined>; positionals: string[] }
  try {
    given = parseArgs({ args: rest, options: verb.options, allowPositionals: true }) as typeof given
  } catch (error) {
    complain(`${error instanceof Error ? error.message : String(error)}\nUsage: ${verb.usage}`)
    return 2
  }
  try {
    return await verb.run(given)
  } catch (error) {
    print(answerOf(error))
    return 1
  }
}

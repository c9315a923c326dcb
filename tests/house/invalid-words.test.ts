import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// Rules between fields are said at the field: 'please check' helps nobody. The screens find their words by what the rule says for programs.

const root = join(import.meta.dirname, '../..')
/** Modules whose forms are typed into by people; the others' rules are broken by programs alone. */
const modules = ['crm', 'contracts', 'credit', 'forecast', 'insights', 'marketing', 'promotions', 'service']
const wordsOf = (locale: string): Record<string, string> => JSON.parse(readFileSync(join(root, 'assets/locales', locale, 'ui.json'), 'utf8')) as Record<string, string>

/** What a module's contracts say when a rule between fields is broken. */
function rulesOf(module: string): string[] {
  const folder = join(root, 'src-main/modules', module)
  const contracts = readdirSync(folder).filter((file) => /^contract.*\.ts$/.test(file))
  return contracts.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    return [...text.matchAll(/message: '([^']+)'|\.refine\([^\n]*?, '([^']+)'\)/g)].map(([, named, short]) => named ?? short!)
  })
}

test('a broken rule between fields has its words in both languages', () => {
  const rules = [...new Set(modules.flatMap(rulesOf))]
  expect(rules.length).toBeGreaterThan(12)
  for (const locale of ['zh-CN', 'en']) {
    const words = wordsOf(locale)
    expect(rules.filter((rule) => words[`ui.invalid.says.${rule}`] === undefined), locale).toEqual([])
  }
})

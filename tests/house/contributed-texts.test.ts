import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { wholeRegistry } from '../../src-main/app/modules.ts'

// What modules contribute is named on screens by texts whose keys no screen writes out: each must be there in both languages.

const locales = join(import.meta.dirname, '../../assets/locales')
const registry = wholeRegistry()

const wanted = [
  ...[...registry.series.keys()].map((key) => `ui.series.${key}`),
  ...[...registry.customFieldTargets.keys()].map((kind) => `ui.fields.target.${kind}`),
  ...[...registry.importers.keys()].map((kind) => `ui.import.kind.${kind}`),
  ...[...registry.printables.keys()].map((kind) => `print.kind.${kind}`),
  ...[...new Set([...registry.permissions.keys()].map((name) => name.split('.')[0]!))].map((module) => `ui.module.${module}`),
  ...[...registry.documentFinders.keys()].map((kind) => `ui.kind.${kind.split('.')[1]}`),
]

test.each(['zh-CN', 'en'])('every series, field target, import, print, module and document has its name, %s', (locale) => {
  const texts = new Set(
    readdirSync(join(locales, locale)).flatMap((file) => Object.keys(JSON.parse(readFileSync(join(locales, locale, file), 'utf8')) as object)),
  )
  expect(wanted.filter((key) => !texts.has(key))).toEqual([])
})

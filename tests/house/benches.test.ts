import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

// Some benches fill books by SQL of their own and are run seldom: that each still runs is seen here, on as little as it takes. Its figures mean nothing then.

const small: readonly (readonly [string, ...string[]])[] = [
  ['reports', '--lines', '300'],
  ['search', '--records', '300'],
  ['customers', '--customers', '200', '--activities', '400'],
]

describe.skipIf(process.env['ZHANGGUI_TEST_POSTGRES'])('a bench', () => {
  test.each(small)('%s runs', (...args) => {
    const done = spawnSync(process.execPath, [join(import.meta.dirname, '../bench/run.ts'), ...args], { encoding: 'utf8' })
    expect(done.stderr.replaceAll(/^(?!.*Error).*$/gm, '').trim()).toBe('')
    const figures = done.stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { name: string; figure: number })
    expect(figures.length).toBeGreaterThan(0)
    for (const { name, figure } of figures) expect(figure, name).toBeTypeOf('number')
  })
})

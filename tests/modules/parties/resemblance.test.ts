import { describe, expect, test } from 'vitest'
import { resemblanceOf } from '../../../src-main/modules/parties/resemblance.ts'
import { measured, profile } from '../../support/duplicates-measured.ts'
import type { Typed } from '../../support/duplicates.ts'

const told = ({ seed, recall, precision, found }: ReturnType<typeof measured>): string =>
  `seed ${seed}: ${found.size} pairs shown, recall ${(recall * 100).toFixed(1)} %, precision ${(precision * 100).toFixed(1)} %`

describe('10,000 parties of which 1,000 are there twice', () => {
  // 1 to 5 were looked at while tuning, 7001 to 7005 were not.
  const seeds = (process.env['ZHANGGUI_SEED'] ?? '1,2,3,4,5,7001,7002,7003,7004,7005').split(',').map(Number)
  for (const seed of seeds) {
    test(`seed ${seed}: 95 of 100 are found, and 95 of 100 shown are true`, () => {
      const m = measured(seed)
      process.stderr.write(`${told(m)}\n`)
      if (process.env['ZHANGGUI_SHOW']) {
        const say = (p: Typed) => `${p.name}|${p.aliases}|${p.phone}|${p.tax_no}|${p.how}`
        for (const d of m.duplicates.filter((x) => !m.found.has(x.key)).slice(0, 40)) process.stderr.write(`  missed ${resemblanceOf(profile(d.p), profile(d.of)).score} ${say(d.of)}  ~  ${say(d.p)}\n`)
        for (const [key, score] of [...m.found].filter(([k]) => !m.truth.has(k)).slice(0, 40)) {
          const [a, b] = key.split(' ').map((i) => m.books[Number(i)]!)
          process.stderr.write(`  wrong ${score} ${say(a!)}  ~  ${say(b!)}\n`)
        }
      }
      expect(m.recall).toBeGreaterThanOrEqual(0.95)
      expect(m.precision).toBeGreaterThanOrEqual(0.95)
    })
  }
})

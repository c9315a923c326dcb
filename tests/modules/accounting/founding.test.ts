import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cnSmallChart } from '../../../db/seeds/accounts/cn-small.ts'
import { internationalChart } from '../../../db/seeds/accounts/international.ts'
import { ACCOUNT_ROLES } from '../../../src-main/modules/accounting/contract.ts'
import { testOffice } from '../../support/office.ts'

describe('a founded company has its books', () => {
  test.each([
    ['cn-small', 'small'],
    ['cn-small', 'general'],
    ['international', 'none'],
  ] as const)('%s, taxpayer %s', async (profile, taxpayer) => {
    const t = await testOffice({ profile, taxpayer })
    expect(t.today).toBe('2026-01-15')
  })
})

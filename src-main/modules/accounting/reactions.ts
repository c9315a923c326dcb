import { cnSmallChart } from '../../../db/seeds/accounts/cn-small.ts'
import { internationalChart } from '../../../db/seeds/accounts/international.ts'
import { on } from '../../kernel/operation.ts'
import { companyFounded } from '../platform/index.ts'
import { writeChart } from './setup.store.ts'

/** A new company gets the chart of its profile. */
export const reactions = [
  on(companyFounded, async (ctx, { company }) => {
    const chart = company.profile === 'cn-small' ? cnSmallChart({ isGeneral: company.taxpayer === 'general' }) : internationalChart
    await writeChart(ctx, { chart, first_day: company.first_day })
  }),
]

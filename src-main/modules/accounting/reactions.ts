import { cnSmallChart } from '../../../db/seeds/accounts/cn-small.ts'
import { internationalChart } from '../../../db/seeds/accounts/international.ts'
import { on } from '../../kernel/operation.ts'
import { companyFounded, companyUpdated } from '../platform/index.ts'
import { writeChart } from './setup.store.ts'
import { openVatColumns } from './vat-columns.ts'

/** A new company gets the chart of its profile; one that becomes a general taxpayer gets the columns of VAT. */
export const reactions = [
  on(companyFounded, async (ctx, { company }) => {
    const chart = company.profile === 'cn-small' ? cnSmallChart({ isGeneral: company.taxpayer === 'general' }) : internationalChart
    await writeChart(ctx, { chart, first_day: company.first_day })
  }),
  on(companyUpdated, async (ctx, { before, after }) => {
    const becameGeneral = after.taxpayer === 'general' && before.taxpayer !== 'general'
    if (after.profile === 'cn-small' && becameGeneral) await openVatColumns(ctx)
  }),
]

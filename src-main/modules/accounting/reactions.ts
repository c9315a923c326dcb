import { cnSmallChart } from '../../../db/seeds/accounts/cn-small.ts'
import { internationalChart } from '../../../db/seeds/accounts/international.ts'
import { on } from '../../kernel/operation.ts'
import { partiesParted } from '../parties/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
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
  // What one of two customers paid for the other is undone by people before they are two again.
  on(partiesParted, async (ctx, { winner_id, loser_id }) => {
    const across = await ctx.db.get<{ number: string; other_number: string }>(
      `select p.number, n.number as other_number from accounting_allocation a
         join accounting_open_item p on p.id = a.positive_id join accounting_open_item n on n.id = a.negative_id
         join parties_party pp on pp.id = p.party_id join parties_party np on np.id = n.party_id
        where (p.party_id = ? or n.party_id = ?) and pp.same_as <> np.same_as and pp.same_as in (?, ?) and a.undoes_id is null
          and not exists (select 1 from accounting_allocation u where u.undoes_id = a.id) order by a.id limit 1`,
      [loser_id, loser_id, winner_id, loser_id],
    )
    if (across) throw new Refusal('parties.settledAcross', across)
  }),
]

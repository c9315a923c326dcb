import { answer, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { codeRuleSetting, nextCode, takeCodes, type CodeWanted } from '../platform/index.ts'
import { nextPartyCode, partyCodeFacts, type PartyForm } from './contract.ts'
import { partsOf } from './name-parts.ts'
import { orNull } from './party.ts'
import { visibleParties } from './read-party.ts'

/** How customers get their codes, and who is both; and how suppliers do. Codes of both are one space: nobody shares one. */
export const customerCodeRule = codeRuleSetting('parties.customer_code', partyCodeFacts)
export const supplierCodeRule = codeRuleSetting('parties.supplier_code', partyCodeFacts)

const SERIES = 'parties.party'

/** 省, 市 and 区 tell nothing in a code. */
const DIVISIONS = /特别行政区|自治[区州县]|[省市区县]/gu

type Coded = Pick<PartyForm, 'name' | 'short_name' | 'country' | 'price_level'> & { readonly is_customer: number; readonly region: string | null }

/** By which rule a party gets its code, and what it says of itself: the name without place and legal form, or its short name. */
function wantedFor(ctx: Pick<QueryCtx, 'setting'>, party: Coded): CodeWanted {
  const { name, short_name, country, price_level, region } = party
  return {
    rule: ctx.setting(party.is_customer === 1 ? customerCodeRule : supplierCodeRule),
    facts: { name: orNull(short_name) ?? partsOf(name).core, region: region?.replaceAll(DIVISIONS, '') ?? null, country, level: price_level },
  }
}

const regionOf = ({ addresses }: Pick<PartyForm, 'addresses'>): string | null => (addresses.find((a) => a.is_default === 1) ?? addresses[0])?.region ?? null

/** The codes of a list that parties already bear. */
const takenCodes = async (ctx: Pick<QueryCtx, 'db'>, codes: readonly string[]): Promise<Set<string>> => {
  const rows = await ctx.db.all<{ code: string }>(`select code from parties_party where code in (${marks(codes)}) order by code`, codes)
  return new Set(rows.map((r) => r.code))
}

/** Codes for new parties that bring none, in their order. `taken` says which ones are in use; left out: those of the books. */
export const makeCodes = (ctx: CommandCtx, forms: readonly PartyForm[], taken = (codes: readonly string[]): Promise<ReadonlySet<string>> => takenCodes(ctx, codes)): Promise<string[]> =>
  takeCodes(ctx, { series: SERIES, wanted: forms.map((form) => wantedFor(ctx, { ...form, region: regionOf(form) })), taken })

/** Refuses a code that somebody bears, by name where the actor may see them: 'parties.codeTaken', else 'parties.codeTakenUnseen'. */
export async function assertCodeFree(ctx: CommandCtx, code: string): Promise<void> {
  const bearer = await ctx.db.get<{ id: string; name: string }>('select id, name from parties_party where code = ?', [code])
  if (!bearer) return
  const seen = visibleParties(ctx.scope, 'p.id')
  const isSeen = await ctx.db.get<{ id: string }>(`select p.id from parties_party p where p.id = ? and ${seen.sql}`, [bearer.id, ...seen.params])
  if (isSeen) throw new Refusal('parties.codeTaken', { code, name: bearer.name })
  throw new Refusal('parties.codeTakenUnseen', { code })
}

export const nextPartyCodeHandler = answer(nextPartyCode, async (ctx, { rule, ...party }) => {
  const wanted = wantedFor(ctx, party)
  return { code: await nextCode(ctx, { series: SERIES, ...wanted, rule: rule === undefined ? wanted.rule : rule, taken: (codes) => takenCodes(ctx, codes) }) }
})

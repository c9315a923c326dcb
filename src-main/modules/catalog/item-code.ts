import { answer, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { codeRuleSetting, nextCode, takeCodes, type CodeWanted } from '../platform/index.ts'
import { nextItemCode } from './contract.ts'
import { itemCodeFacts, type ItemForm } from './contract-forms.ts'

/** How items get their codes. */
export const itemCodeRule = codeRuleSetting('catalog.item_code', itemCodeFacts)

const SERIES = 'catalog.item'

type Coded = Pick<ItemForm, 'name' | 'category_id'>
type Known = ReadonlyMap<string, string>

/** The category speaks by its code, else by the initials of its name. */
async function categoryWords({ db }: Pick<QueryCtx, 'db'>): Promise<Known> {
  const rows = await db.all<{ id: string; name: string; code: string | null }>('select id, name, code from catalog_category order by id')
  return new Map(rows.map((r) => [r.id, r.code ?? r.name]))
}

const wantedFor = (ctx: Pick<QueryCtx, 'setting'>, { item, words }: { item: Coded; words: Known }): CodeWanted => ({
  rule: ctx.setting(itemCodeRule),
  facts: { name: item.name, category: item.category_id === null ? null : words.get(item.category_id) },
})

/** The codes of a list that items already bear. */
async function takenItemCodes(ctx: Pick<QueryCtx, 'db'>, codes: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.db.all<{ code: string }>(`select code from catalog_item where code in (${marks(codes)}) order by code`, codes)
  return new Set(rows.map((r) => r.code))
}

/** Codes for new items that bring none, in their order. `taken` says which ones are in use; left out: those of the catalogue. */
export async function makeItemCodes(ctx: CommandCtx, items: readonly Coded[], taken = (codes: readonly string[]): Promise<ReadonlySet<string>> => takenItemCodes(ctx, codes)): Promise<string[]> {
  const words = await categoryWords(ctx)
  return takeCodes(ctx, { series: SERIES, wanted: items.map((item) => wantedFor(ctx, { item, words })), taken })
}

/** Refuses 'catalog.codeTaken' with the item that bears it. */
export async function assertItemCodeFree(ctx: Pick<CommandCtx, 'db'>, code: string): Promise<void> {
  const bearer = await ctx.db.get<{ name: string }>('select name from catalog_item where code = ?', [code])
  if (bearer) throw new Refusal('catalog.codeTaken', { code, name: bearer.name })
}

export const nextItemCodeHandler = answer(nextItemCode, async (ctx, { rule, ...item }) => {
  const wanted = wantedFor(ctx, { item, words: await categoryWords(ctx) })
  return { code: await nextCode(ctx, { series: SERIES, ...wanted, rule: rule === undefined ? wanted.rule : rule, taken: (codes) => takenItemCodes(ctx, codes) }) }
})

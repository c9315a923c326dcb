import { currencyOf } from '../../kernel/money.ts'
import type { ApprovalPolicy, CommandCtx, Judged, Judgement } from '../../kernel/operation.ts'
import { hasFloors, itemsOf } from '../catalog/index.ts'
import { promisingCommands, saleInQuestion, type LineInQuestion, type SaleInQuestion } from '../sales/index.ts'
import { floorOfLine, isBelowFloor, judgeOrder } from './judge.ts'
import { approvedBelow, approvesOrders, freezes } from './rules.ts'
import { assertNotFrozen, standingOf } from './standing.ts'

/** What credit says before something is promised or sold: frozen customers are refused, orders and prices judged. */
export const salePolicy: ApprovalPolicy = { name: 'credit.sale', commands: promisingCommands, judge: (ctx, command) => judge(ctx, command) }

async function judge(ctx: CommandCtx, command: { readonly name: string; readonly input: never }): Promise<Judged | undefined> {
  const judgesOrders = ctx.setting(approvesOrders) === 1
  const hasFloor = await hasFloors(ctx)
  if (!judgesOrders && !hasFloor && ctx.setting(freezes) === 0) return undefined
  const sale = await saleInQuestion(ctx, command)
  if (sale.more_minor > 0) await assertNotFrozen(ctx, sale.party)
  const isOrder = sale.what === 'order' || (sale.what === 'change' && sale.more_minor > 0)
  const judgements = [...(hasFloor ? await judgePrices(ctx, sale) : []), ...(judgesOrders && isOrder ? [await orderJudgement(ctx, sale)] : [])]
  const { source_kind, source_id, number, party, gross_minor, terms } = sale
  const title = number === null ? party.name : `${number} ${party.name}`
  return { about: { source_kind, source_id, title, amount_minor: gross_minor, terms }, judgements }
}

const orderJudgement = async (ctx: CommandCtx, { gross_minor, more_minor, party }: SaleInQuestion): Promise<Judgement> =>
  judgeOrder({ total_minor: gross_minor, more_minor, below_minor: ctx.setting(approvedBelow), standing: await standingOf(ctx, party) })

/** One judgement of each line below its floor; one for all where none is. Nothing where no line has a floor. */
async function judgePrices(ctx: CommandCtx, { lines, prices_include_tax }: SaleInQuestion): Promise<Judgement[]> {
  const items = await itemsOf(ctx, lines.map((l) => l.item_id))
  const floored = lines.filter((l) => items.get(l.item_id)!.floor_price_e4 > 0)
  if (floored.length === 0) return []
  const { digits } = currencyOf(ctx.company.currency)
  const low = floored.flatMap((line): Judgement[] => {
    const item = items.get(line.item_id)!
    const priced = againstFloor(line, prices_include_tax)
    const floor_e4 = floorOfLine(priced, { floor_price_e4: item.floor_price_e4, includesTax: ctx.company.prices_include_tax })
    if (!isBelowFloor(priced, { floor_e4, quantity_e6: line.quantity_e6, digits })) return []
    const values = { line_no: line.line_no, item_name: item.name, unit: line.unit, price_e4: line.price_e4, amount_minor: priced.amount_minor, floor_e4 }
    return [{ rule: 'credit.priceBelowFloor', verdict: 'waits', permission: 'credit.approvePrices', values, confidential: { permission: 'catalog.floor', keys: ['floor_e4'] } }]
  })
  return low.length > 0 ? low : [{ rule: 'credit.pricesHold', verdict: 'approved', permission: 'credit.approvePrices', values: { lines: floored.length } }]
}

const againstFloor = (line: LineInQuestion, prices_include_tax: number) => ({
  ...line,
  prices_include_tax,
  amount_minor: prices_include_tax === 1 ? line.gross_minor : line.net_minor,
  isDiscounted: line.discount_minor !== 0 || line.order_discount_minor !== 0,
})

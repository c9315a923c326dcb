import { unit, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { UnitRatio } from '../../kernel/quantity.ts'
import { priceInUnit } from '../catalog/index.ts'
import { ofParty } from '../parties/index.ts'
import { isOn } from './promotion.ts'
import { insertClaims, patchPromotion, type NewClaim } from './promotion.store.ts'
import { promotionOf, soldOf } from './read-promotion.ts'
import { end, setAside } from './states.ts'

export type PromotedLine = {
  readonly line_no: number
  readonly promotion_id: string | null
  readonly item_id: string
  /** Base units. */
  readonly base_quantity_e6: number
  /** Per unit entered, and the size of that unit. */
  readonly price_e4: number
  readonly unit_numerator: number
  readonly unit_denominator: number
}

type Asked = { readonly party_id: string; readonly warehouse_id: string; readonly lines: readonly PromotedLine[]; /** What was claimed before, to be set anew. */ readonly source_id?: string }
type Held = { promotion_id: string; source_line_no: number; party_id: string; quantity_e6: number }

/**
 * Takes pieces of flash sales for the lines that ask for them, and gives back what the source held more than that. What is taken leaves what is set
 * aside, so that the caller's own plans or goods find it free: ask before planning or posting. Gives the rows, to be written by `writeClaims` when
 * the document is there. Refuses what is not running, sold out, too many, or not at its price.
 */
export async function takePieces(ctx: CommandCtx, { party_id, warehouse_id, lines, source_id }: Asked): Promise<Omit<NewClaim, 'source_kind' | 'source_id'>[]> {
  const held = source_id === undefined ? [] : await heldBy(ctx, source_id)
  const wanted = lines.filter((l) => l.promotion_id !== null && l.base_quantity_e6 > 0)
  if (wanted.length + held.length === 0) return []
  const rows: Omit<NewClaim, 'source_kind' | 'source_id'>[] = []
  const note = (promotion_id: string, source_line_no: number, quantity_e6: number): void =>
    void rows.push({ id: ctx.newId(), promotion_id, party_id, source_line_no, quantity_e6, day: ctx.today, at: ctx.now, user_id: ctx.actor.id })
  for (const h of held) {
    const line = wanted.find((l) => l.line_no === h.source_line_no && l.promotion_id === h.promotion_id)
    const back_e6 = h.quantity_e6 - (line?.base_quantity_e6 ?? 0)
    if (back_e6 <= 0) continue
    note(h.promotion_id, h.source_line_no, 0 - back_e6)
    await giveBack(ctx, h.promotion_id)
  }
  for (const line of wanted) {
    const had_e6 = held.find((h) => h.source_line_no === line.line_no && h.promotion_id === line.promotion_id)?.quantity_e6 ?? 0
    const more_e6 = line.base_quantity_e6 - had_e6
    if (more_e6 <= 0) continue
    await takeOf(ctx, { line, party_id, warehouse_id, more_e6, taken_e6: sumOf(rows, line.promotion_id!) })
    note(line.promotion_id!, line.line_no, more_e6)
  }
  return rows
}

const sumOf = (rows: readonly Pick<NewClaim, 'promotion_id' | 'quantity_e6'>[], promotion_id: string): number =>
  rows.filter((r) => r.promotion_id === promotion_id).reduce((sum, r) => sum + (r.quantity_e6 ?? 0), 0)

const heldBy = ({ db }: CommandCtx, source_id: string): Promise<Held[]> =>
  db.all<Held>(
    `select promotion_id, source_line_no, party_id, sum(quantity_e6) as quantity_e6 from promotions_claim where source_id = ?
      group by promotion_id, source_line_no, party_id having sum(quantity_e6) > 0 order by promotion_id, source_line_no`,
    [source_id],
  )

type Taking = { readonly line: PromotedLine; readonly party_id: string; readonly warehouse_id: string; readonly more_e6: number; /** By this command already. */ readonly taken_e6: number }

async function takeOf(ctx: CommandCtx, { line, party_id, warehouse_id, more_e6, taken_e6 }: Taking): Promise<void> {
  const p = await promotionOf(ctx, line.promotion_id!)
  const { name } = p
  if (p.ended_why === 'sold_out') throw new Refusal('promotions.soldOut', { name, left_e6: 0 })
  if (p.kind !== 'flash' || !isOn(p, ctx.now)) throw new Refusal('promotions.notRunning', { name })
  if (p.item_id !== line.item_id) throw new Refusal('promotions.otherItem', { name, line_no: line.line_no })
  if (p.warehouse_id !== warehouse_id) throw new Refusal('promotions.otherWarehouse', { name })
  const ratio: UnitRatio = { numerator: line.unit_numerator, denominator: line.unit_denominator }
  if (line.price_e4 !== priceInUnit(p.price_e4, ratio)) throw new Refusal('promotions.otherPrice', { name, line_no: line.line_no })
  const left_e6 = p.quota_e6 - (await soldOf(ctx, p.id)) - taken_e6
  if (more_e6 > left_e6) throw new Refusal('promotions.soldOut', { name, left_e6 })
  if (p.most_each_e6 > 0) {
    const got = await ctx.db.get<{ n: number }>(`select coalesce(sum(quantity_e6), 0) as n from promotions_claim where promotion_id = ? and ${ofParty('party_id')}`, [p.id, party_id])
    if (got!.n + taken_e6 + more_e6 > p.most_each_e6) throw new Refusal('promotions.mostEach', { name, most_each_e6: p.most_each_e6 })
  }
  const rest_e6 = left_e6 - more_e6
  if (rest_e6 === 0) return end(ctx, p, 'sold_out')
  await setAside(ctx, p, rest_e6)
}

/** Pieces given back while it runs can be sold again; after it is over they are ordinary goods. */
async function giveBack(ctx: CommandCtx, promotion_id: string): Promise<void> {
  const p = await promotionOf(ctx, promotion_id)
  const isSoldOut = p.ended_why === 'sold_out'
  if ((p.state === 'ended' && !isSoldOut) || p.to_at <= ctx.now) return
  if (isSoldOut) await patchPromotion(ctx, promotion_id, { state: 'running', ended_why: null })
  // What the order still reserves is free only when its own plans are set: the pieces are set aside by `writeClaims` afterwards.
  ctx.unit(givenBack).add(promotion_id)
}

/** Promotions of which pieces came back in this command. */
const givenBack = unit<Set<string>>({ key: 'promotions.givenBack', create: () => new Set(), flush: async () => {} })

/** Writes what `takePieces` gave, in the name of the document; what was given back is set aside again, now that the document's own plans are changed. */
export async function writeClaims(ctx: CommandCtx, { rows, source }: { rows: readonly Omit<NewClaim, 'source_kind' | 'source_id'>[]; source: { readonly kind: string; readonly id: string } }): Promise<void> {
  await insertClaims(ctx, rows.map((row) => ({ ...row, source_kind: source.kind, source_id: source.id })))
  const back = ctx.unit(givenBack)
  for (const promotion_id of back) {
    const p = await promotionOf(ctx, promotion_id)
    await setAside(ctx, p, p.quota_e6 - (await soldOf(ctx, p.id)))
  }
  back.clear()
}

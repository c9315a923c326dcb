import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertVisible, partiesOf, winnerOf } from '../parties/index.ts'
import { checkCoupon, issueCoupons } from './contract.ts'
import { amountOff, codeKeyOf, isOn } from './promotion.ts'
import { insertCoupons, insertCouponUse, undoCouponUse } from './promotion.store.ts'
import { promotionOf } from './read-promotion.ts'

/** Letters and figures that nobody takes for another. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const SIGNS_A_CODE = 8

/** A code made of an id that nobody has: nobody guesses the next one by counting. */
function codeFrom(id: string): string {
  let number = BigInt(`0x${id.replaceAll('-', '')}`) * 6364136223846793005n
  number ^= number >> 47n
  let code = ''
  for (let i = 0; i < SIGNS_A_CODE; i++) {
    code += SIGNS[Number(number % 31n)]
    number = (number / 31n) * 3n + 7n
  }
  return code
}

export const issueCouponsHandler = handle(issueCoupons, async (ctx, { promotion_id, party_ids, count, code, most_uses }) => {
  const p = await promotionOf(ctx, promotion_id)
  if (p.kind !== 'coupon') throw new Refusal('promotions.notCoupons', { name: p.name })
  if (p.state === 'ended') throw new Refusal('promotions.stateForbids', { name: p.name, state: p.state })
  await partiesOf(ctx, party_ids)
  for (const party_id of party_ids) await assertVisible(ctx, party_id)
  const own = codeKeyOf(code)
  if (party_ids.length + count === 0 && own === '') throw new Refusal('promotions.nothingToIssue')
  const rows = [
    ...(own === '' ? [] : [{ code: own, party_id: null, most_uses }]),
    ...[...new Set(party_ids)].map((party_id) => ({ code: '', party_id, most_uses: 1 })),
    ...Array.from({ length: count }, () => ({ code: '', party_id: null, most_uses: 1 })),
  ]
  const codes: string[] = []
  for (const row of rows) {
    let made = row.code
    for (let id = ctx.newId(); made === '' || codes.includes(made) || (await isTaken(ctx, made)); id = ctx.newId()) {
      if (made !== '' && made === row.code) throw new Refusal('promotions.codeTaken', { code: made })
      made = codeFrom(id)
    }
    codes.push(made)
    await insertCoupons(ctx, [{ id: ctx.newId(), promotion_id, code: made, party_id: row.party_id, most_uses: row.most_uses, issued_at: ctx.now }])
  }
  return { codes }
})

const isTaken = async ({ db }: CommandCtx, code: string): Promise<boolean> => (await db.get<{ id: string }>('select id from promotions_coupon where code = ?', [code])) !== undefined

type Ctx = (QueryCtx | CommandCtx) & { readonly db: Pick<QueryCtx['db'], 'get' | 'all'> }
type Offer = { readonly coupon_id: string; readonly promotion_id: string; readonly promotion_name: string; readonly amount_minor: number; readonly left: number; readonly until_at: number }

/** What a code takes off a document now. Refuses, by name, a code that takes nothing off it. */
export async function couponOffer(ctx: Ctx, { code, party_id, total_minor }: { code: string; party_id: string | undefined; total_minor: number }): Promise<Offer> {
  const key = codeKeyOf(code)
  const row = await ctx.db.get<{ id: string; promotion_id: string; party_id: string | null; most_uses: number; used: number }>(
    `select c.id, c.promotion_id, c.party_id, c.most_uses, (select count(*) from promotions_coupon_use u where u.coupon_id = c.id and u.undone_at is null) as used
       from promotions_coupon c where c.code = ?`,
    [key],
  )
  if (!row) throw new Refusal('promotions.couponUnknown', { code: key })
  const p = await promotionOf(ctx, row.promotion_id)
  if (!isOn(p, ctx.now)) throw new Refusal('promotions.notRunning', { name: p.name })
  if (row.party_id !== null && (party_id === undefined || (await winnerOf(ctx, row.party_id)) !== (await winnerOf(ctx, party_id)))) throw new Refusal('promotions.couponOfOther', { code: key })
  if (row.used >= row.most_uses) throw new Refusal('promotions.couponUsed', { code: key })
  const amount_minor = amountOff(p, total_minor)
  if (total_minor < p.least_minor || amount_minor === 0) throw new Refusal('promotions.couponTooSmall', { code: key, least_minor: p.least_minor })
  return { coupon_id: row.id, promotion_id: p.id, promotion_name: p.name, amount_minor, left: row.most_uses - row.used, until_at: p.to_at }
}

export const checkCouponHandler = answer(checkCoupon, (ctx, { code, party_id, total_minor }) => couponOffer(ctx, { code, party_id, total_minor }))

/** Uses a coupon up for a document, in the transaction in which it is confirmed or sold. Refuses what `couponOffer` refuses. */
export async function useCoupon(
  ctx: CommandCtx,
  { code, party_id, total_minor, amount_minor, source }: { code: string; party_id: string; total_minor: number; amount_minor: number; source: { readonly kind: string; readonly id: string } },
): Promise<void> {
  const offer = await couponOffer(ctx, { code, party_id, total_minor })
  await insertCouponUse(ctx, {
    id: ctx.newId(), coupon_id: offer.coupon_id, party_id, source_kind: source.kind, source_id: source.id, amount_minor, day: ctx.today, at: ctx.now, undone_at: null,
  })
}

/** The document came to nothing: its coupon may be used again. */
export const giveCouponBack = (ctx: CommandCtx, source_id: string): Promise<number> => undoCouponUse(ctx, { source_id, at: ctx.now })

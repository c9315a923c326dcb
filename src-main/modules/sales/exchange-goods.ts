import { handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { allocate } from '../accounting/index.ts'
import { exchangeGoods } from './contract.ts'
import { sell } from './deliver-direct.ts'
import { payFor } from './pay.ts'
import { saleResultOf } from './result.ts'
import { takeBack } from './return-goods.ts'

/** Goods back, others out: the credit note pays for the new invoice, and the difference is paid or refunded. */
export const exchangeGoodsHandler = handle(exchangeGoods, async (ctx, input) => {
  const { returned: forms, lines, payments, ...head } = input
  const day = input.day ?? ctx.today
  const back = await takeBack(ctx, { ...head, forms, day, isCredited: true })
  const sold = await sell(ctx, { ...head, lines, day, party_id: back.party_id })
  if (sold.party_id !== back.party_id) throw new Refusal('sales.cannotCombine')

  const credit_minor = -(back.invoice?.gross_minor ?? 0)
  const used_minor = Math.min(credit_minor, sold.invoice.gross_minor)
  const [positive_id, negative_id] = [sold.invoice.open_item_id, back.invoice?.open_item_id]
  if (positive_id !== undefined && negative_id !== undefined) {
    await allocate(ctx, { day, pairs: [{ positive_id, negative_id, amount_minor: used_minor }] })
  }
  const isDue = sold.invoice.gross_minor >= credit_minor
  const common = { party_id: back.party_id, day, order_ids: [] }
  const soldPaid = await payFor(ctx, { ...common, document: sold.invoice, payments: isDue ? payments : [], settled_minor: used_minor })
  const backPaid = back.invoice && (await payFor(
    ctx,
    { ...common, document: back.invoice, payments: isDue ? [] : payments, settled_minor: used_minor },
  ))
  return {
    returned: saleResultOf({ delivered: back.delivered, invoice: back.invoice, paid: backPaid }),
    sold: saleResultOf({ delivered: sold.delivered, invoice: sold.invoice, paid: soldPaid }),
  }
})

import { answer, handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { createPaymentMethod, paymentMethods, updatePaymentMethod } from './contract.ts'
import { methodName } from './receive.ts'
import { assertOrdinary } from './post-voucher.ts'
import { insertMethod, patchMethod } from './setup.store.ts'

const methodRow = (ctx: CommandCtx, code: string) =>
  ctx.db.get<{ code: string; name_zh: string; name_en: string; account_id: string; used: number }>(
    `select m.code, m.name_zh, m.name_en, m.account_id, case when exists (select 1 from accounting_payment p where p.method = m.code) then 1 else 0 end as used
       from accounting_payment_method m where m.code = ?`,
    [code],
  )

/** A way to pay is an account that the money goes to or comes from. */
export const createPaymentMethodHandler = handle(createPaymentMethod, async (ctx, { code, name_zh, name_en, account_id }) => {
  if (await methodRow(ctx, code)) throw new Refusal('accounting.methodTaken', { method: code })
  await assertOrdinary(ctx, [account_id])
  const last = await ctx.db.get<{ position: number }>('select coalesce(max(position), -1) as position from accounting_payment_method')
  await insertMethod(ctx, { code, name_zh, name_en: name_en || name_zh, account_id, is_active: 1, position: last!.position + 1 })
  return {}
})

/** A method that has payments keeps its account, so that their entries stay explained; make a new method for a new account. */
export const updatePaymentMethodHandler = handle(updatePaymentMethod, async (ctx, { code, ...patch }) => {
  const known = await methodRow(ctx, code)
  if (!known) throw new Refusal('accounting.methodNotFound', { method: code })
  if (patch.account_id !== undefined && patch.account_id !== known.account_id) {
    if (known.used === 1) throw new Refusal('accounting.methodInUse', { method: methodName(ctx, known) })
    await assertOrdinary(ctx, [patch.account_id])
  }
  const named = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined && value !== ''))
  await patchMethod(ctx, code, named)
  return {}
})

type MethodRow = {
  code: string; name_zh: string; name_en: string; account_id: string; account_code: string; account_name_zh: string; account_name_en: string
  is_active: 0 | 1; position: number
}

export const paymentMethodsAnswer = answer(paymentMethods, async ({ db }, { active_only }) => {
  const rows = await db.all<MethodRow>(
    `select m.code, m.name_zh, m.name_en, m.account_id, a.code as account_code, a.name_zh as account_name_zh, a.name_en as account_name_en,
            m.is_active, m.position
       from accounting_payment_method m join accounting_account a on a.id = m.account_id
      where m.is_active >= ? order by m.position, m.code`,
    [active_only],
  )
  return { rows }
})

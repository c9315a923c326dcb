import { addDays } from '../../kernel/day.ts'
import { answer } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { cash } from './contract.ts'
import { turnovers } from './turnover.ts'

type AccountRow = { account_id: string; account_code: string; account_name_zh: string; account_name_en: string }
type DayRow = { day: string; debit_minor: number; credit_minor: number }

/** 货币资金: today's balances come from the maintained ones; the days before are that less what was posted since. */
export const cashAnswer = answer(cash, async ({ db, today }, { days: count }) => {
  const from = addDays(today, 1 - count)
  const accounts = await db.all<AccountRow>(
    `select a.id as account_id, a.code as account_code, a.name_zh as account_name_zh, a.name_en as account_name_en
       from accounting_account a where a.class = 'asset' and a.control is null
        and a.id in (select m.account_id from accounting_payment_method m) order by a.code, a.id`,
  )
  const account_ids = accounts.map((a) => a.account_id)
  const sums = await turnovers(db, { from: today, to: today, account_ids })
  const balances = accounts.map((account) => {
    const { opening_minor, debit_minor, credit_minor } = sums.get(account.account_id) ?? { opening_minor: 0, debit_minor: 0, credit_minor: 0 }
    return { ...account, balance_minor: opening_minor + debit_minor - credit_minor }
  })
  const balance_minor = balances.reduce((sum, a) => sum + a.balance_minor, 0)
  const posted = await db.all<DayRow>(
    `select l.day, sum(l.debit_minor) as debit_minor, sum(l.credit_minor) as credit_minor from accounting_line l
      where l.account_id in (${marks(account_ids)}) and l.day >= ? and l.day <= ? group by l.day order by l.day`,
    [...account_ids, from, today],
  )
  const byDay = new Map(posted.map((p) => [p.day, p]))
  const days: (DayRow & { balance_minor: number })[] = []
  let standing = balance_minor
  for (let i = 0; i < count; i++) {
    const day = addDays(today, -i)
    const { debit_minor, credit_minor } = byDay.get(day) ?? { debit_minor: 0, credit_minor: 0 }
    days.unshift({ day, debit_minor, credit_minor, balance_minor: standing })
    standing -= debit_minor - credit_minor
  }
  return { from, to: today, balance_minor, accounts: balances, days }
})

import { answer } from '../../kernel/operation.ts'
import { trialBalance } from './contract.ts'
import { isLeaf, levelIn, named, readTree, upwards } from './tree.ts'
import { turnovers, type Turnover } from './turnover.ts'

type Columns = {
  opening_debit_minor: number; opening_credit_minor: number; debit_minor: number; credit_minor: number
  closing_debit_minor: number; closing_credit_minor: number
}

/** A net amount in the column of its side. */
const bySide = (net: number): readonly [debit: number, credit: number] => (net >= 0 ? [net, 0] : [0, -net])

function columnsOf({ opening_minor, debit_minor, credit_minor }: Turnover): Columns {
  const [opening_debit_minor, opening_credit_minor] = bySide(opening_minor)
  const [closing_debit_minor, closing_credit_minor] = bySide(opening_minor + debit_minor - credit_minor)
  return { opening_debit_minor, opening_credit_minor, debit_minor, credit_minor, closing_debit_minor, closing_credit_minor }
}

/** 科目余额表: every account that had a balance or moved, with those above it; a parent shows the net of what is below it. */
export const trialBalanceAnswer = answer(trialBalance, async ({ db }, { from, to, level }) => {
  const tree = await readTree(db)
  const sums = new Map<string, Turnover>()
  for (const [account_id, turnover] of await turnovers(db, { from, to })) {
    if (turnover.opening_minor === 0 && turnover.debit_minor === 0 && turnover.credit_minor === 0) continue
    for (const account of upwards(tree, tree.byId.get(account_id)!)) {
      const sum = sums.get(account.id) ?? { opening_minor: 0, debit_minor: 0, credit_minor: 0 }
      sum.opening_minor += turnover.opening_minor
      sum.debit_minor += turnover.debit_minor
      sum.credit_minor += turnover.credit_minor
      sums.set(account.id, sum)
    }
  }
  const shown = tree.accounts.filter((a) => sums.has(a.id) && levelIn(a) <= level)
  const rows = shown.map((a) => ({
    ...named(a), parent_id: a.parent_id, class: a.class, level: levelIn(a), is_leaf: isLeaf(tree, a), ...columnsOf(sums.get(a.id)!),
  }))
  return { rows, totals: totalsOf(rows.filter((r) => r.is_leaf === 1 || r.level === level)) }
})

function totalsOf(rows: readonly Columns[]): Columns {
  const totals: Columns = {
    opening_debit_minor: 0, opening_credit_minor: 0, debit_minor: 0, credit_minor: 0, closing_debit_minor: 0, closing_credit_minor: 0,
  }
  for (const row of rows) for (const column of Object.keys(totals) as (keyof Columns)[]) totals[column] += row[column]
  return totals
}

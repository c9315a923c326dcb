import { answer } from '../../kernel/operation.ts'
import { accounts, type AccountRole } from './contract.ts'
import { isLeaf, levelIn, readTree } from './tree.ts'

/** 科目表, in order of code. */
export const accountsAnswer = answer(accounts, async ({ db }, { leaves_only, active_only, manual_only }) => {
  const tree = await readTree(db)
  const roles = await db.all<{ role: AccountRole; account_id: string }>('select role, account_id from accounting_role order by role')
  const rows = tree.accounts.map((a) => ({
    account_id: a.id, code: a.code, name_zh: a.name_zh, name_en: a.name_en, class: a.class, direction: a.direction, parent_id: a.parent_id,
    level: levelIn(a), is_leaf: isLeaf(tree, a), control: a.control, is_active: a.is_active, allows_manual: a.allows_manual,
    roles: roles.filter((r) => r.account_id === a.id).map((r) => r.role),
  }))
  return {
    rows: rows.filter(
      (r) => r.is_leaf >= leaves_only && r.is_active >= active_only && (manual_only === 0 || (r.is_leaf === 1 && r.allows_manual === 1)),
    ),
  }
})

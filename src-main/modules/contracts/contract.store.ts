import { contract, contractLine, instalment } from '../../../db/schema/contracts.ts'
import { on, type CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'
import { partiesMerged, partiesParted, relink, unlink } from '../parties/index.ts'

// The only code that writes contracts.

type Ctx = Pick<CommandCtx, 'db'>
type Line = Omit<NewRow<typeof contractLine>, 'contract_id' | 'line_no'>
type Part = Omit<NewRow<typeof instalment>, 'contract_id' | 'part_no'>
export type Agreed = { readonly lines: readonly Line[]; readonly plan: readonly Part[] }

async function insertAgreed({ db }: Ctx, contract_id: string, { lines, plan }: Agreed): Promise<void> {
  await db.insertMany(contractLine, lines.map((l, i) => ({ contract_id, line_no: i + 1, ...l })))
  await db.insertMany(instalment, plan.map((p, i) => ({ contract_id, part_no: i + 1, ...p })))
}

export async function insertContract(ctx: Ctx, { row, agreed }: { row: NewRow<typeof contract>; agreed: Agreed }): Promise<void> {
  await ctx.db.insert(contract, row)
  await insertAgreed(ctx, row.id, agreed)
}

export async function patchContract({ db }: Ctx, contract_id: string, patch: Patch<typeof contract>): Promise<void> {
  await db.update(contract, { id: contract_id }, patch)
}

export async function replaceAgreed(ctx: Ctx, contract_id: string, agreed: Agreed): Promise<void> {
  await ctx.db.removeWhere(contractLine, { contract_id })
  await ctx.db.removeWhere(instalment, { contract_id })
  await insertAgreed(ctx, contract_id, agreed)
}

const LINK = { table: contract, table_name: 'contracts_contract', column: 'party_id' } as const
/** A merged customer's contracts go along. */
export const mergeReactions = [on(partiesMerged, (ctx, merging) => relink(ctx, merging, LINK)), on(partiesParted, (ctx, merging) => unlink(ctx, merging, LINK))]

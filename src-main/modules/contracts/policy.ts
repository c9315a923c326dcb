import type { InputOf } from '../../kernel/contract.ts'
import type { ApprovalPolicy, CommandCtx, Judged } from '../../kernel/operation.ts'
import { partyOf } from '../parties/index.ts'
import { signContract } from './contract.ts'
import { signable } from './contracts.ts'
import { approvedBelow, approvesContracts } from './rules.ts'

async function judge(ctx: CommandCtx, input: InputOf<typeof signContract>): Promise<Judged | undefined> {
  if (ctx.setting(approvesContracts) === 0) return undefined
  const { id, title, party_id, amount_minor, starts_on, ends_on, lines, plan } = await signable(ctx, input)
  const below_minor = ctx.setting(approvedBelow)
  const isSmall = amount_minor < below_minor
  return {
    about: { source_kind: 'contracts.contract', source_id: id, title: `${(await partyOf(ctx, party_id)).name} ${title}`, amount_minor, terms: JSON.stringify([party_id, title, amount_minor, starts_on, ends_on, lines, plan]) },
    judgements: [{ rule: isSmall ? 'contracts.small' : 'contracts.large', verdict: isSmall ? 'approved' : 'waits', permission: 'contracts.approve', values: { amount_minor, below_minor, starts_on, ends_on } }],
  }
}

/** Large contracts are signed only after somebody agreed. */
export const signPolicy: ApprovalPolicy = { name: 'contracts.sign', commands: [signContract.name], judge: (ctx, { input }) => judge(ctx, input) }

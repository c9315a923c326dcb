import { Refusal } from '../../kernel/refusal.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { likenesses, type DuplicateCandidate } from './contract.ts'
import { phoneKeyOf, tidyTaxNo, unique } from './party.ts'
import { visibleParties } from './read-party.ts'
import { likelyParties } from './profiles.ts'
import { profileOf } from './resemblance.ts'

/** By what a party may be taken for another one, in the forms that are compared. */
export type Keys = { readonly names: readonly string[]; readonly phones: readonly string[]; readonly tax_nos: readonly string[] }

type Identity = {
  readonly name: string
  readonly aliases: readonly string[]
  readonly phones: readonly (string | null)[]
  readonly tax_no: string | null
}

/** The keys of a party as it is or will be. */
export function keysOf({ name, aliases, phones, tax_no }: Identity): Keys {
  return {
    names: unique([name, ...aliases].map(nameKeyOf)),
    phones: unique(phones.map((p) => phoneKeyOf(p) ?? '')),
    tax_nos: unique([tidyTaxNo(tax_no) ?? '']),
  }
}

/** The keys that a change adds: what was there before has been accepted already. */
export function addedKeys({ before, after }: { before: Keys; after: Keys }): Keys {
  const without = (words: readonly string[], known: readonly string[]) => words.filter((w) => !known.includes(w))
  return {
    names: without(after.names, before.names),
    phones: without(after.phones, before.phones),
    tax_nos: without(after.tax_nos, before.tax_nos),
  }
}

/** Candidates shown; more than that help nobody. */
const SHOWN = 20

type Hit = Omit<DuplicateCandidate, 'because'> & { because: DuplicateCandidate['because'][number]; is_visible: number }

/** The parties that share a key. Those that the actor may not see are counted, never shown. */
export async function findAlike(
  ctx: Pick<CommandCtx, 'scope'> & { db: Pick<CommandCtx['db'], 'all'> },
  { keys, except }: { keys: Keys; except: string | undefined },
): Promise<{ candidates: DuplicateCandidate[]; hidden_count: number }> {
  const parts: { sql: string; params: readonly SqlValue[] }[] = []
  const ask = (words: readonly string[], selects: readonly string[]): void => {
    if (words.length > 0) for (const select of selects) parts.push({ sql: `${select} in (${marks(words)})`, params: words })
  }
  ask(keys.names, [
    `select id as party_id, 'name' as because from parties_party where name_key`,
    `select party_id, 'alias' as because from parties_alias where name_key`,
  ])
  ask(keys.phones, [
    `select id as party_id, 'phone' as because from parties_party where phone_key`,
    `select party_id, 'phone' as because from parties_contact where phone_key`,
  ])
  ask(keys.tax_nos, [`select id as party_id, 'tax_no' as because from parties_party where tax_no`])
  if (parts.length === 0) return { candidates: [], hidden_count: 0 }
  const visible = visibleParties(ctx.scope, 'p.id')
  const hits = await ctx.db.all<Hit>(
    `select p.id as party_id, p.code, p.name, p.phone, p.tax_no, p.is_active, h.because,
            case when ${visible.sql} then 1 else 0 end as is_visible
       from (${parts.map((p) => p.sql).join(' union ')}) h join parties_party p on p.id = h.party_id
      where p.id <> ? and p.same_as = p.id order by p.code, p.id, h.because`,
    [...visible.params, ...parts.flatMap((p) => p.params), except ?? ''],
  )
  return gathered(hits)
}

function gathered(hits: readonly Hit[]): { candidates: DuplicateCandidate[]; hidden_count: number } {
  const shown = new Map<string, DuplicateCandidate>()
  const hidden = new Set<string>()
  for (const { because, is_visible, ...candidate } of hits) {
    if (is_visible === 0) hidden.add(candidate.party_id)
    else {
      const known = shown.get(candidate.party_id)
      if (known) known.because.push(because)
      else shown.set(candidate.party_id, { ...candidate, because: [because] })
    }
  }
  const inOrder = [...shown.values()].map((c) => ({ ...c, because: likenesses.filter((l) => c.because.includes(l)) }))
  return { candidates: inOrder.slice(0, SHOWN), hidden_count: hidden.size }
}

/** Somebody as far as is known of them. */
export type Described = { readonly names: readonly string[]; readonly phones: readonly (string | null)[]; readonly tax_no: string | null; readonly kind?: string }

/**
 * Parties that are probably the one described (resemblance.ts), besides those already found by a shared key. A warning for people, never
 * a reason to refuse.
 */
export async function findSimilar(
  ctx: Pick<CommandCtx, 'scope'> & { db: Pick<CommandCtx['db'], 'all'> },
  { described, except }: { described: Described; except: readonly string[] },
): Promise<{ candidates: DuplicateCandidate[]; hidden_count: number }> {
  const profile = profileOf({ kind: 'company', ...described })
  const alike = (await likelyParties(ctx, { profile, except })).slice(0, SHOWN).map((l) => l.party_id)
  if (alike.length === 0) return { candidates: [], hidden_count: 0 }
  const visible = visibleParties(ctx.scope, 'p.id')
  const hits = await ctx.db.all<Hit>(
    `select p.id as party_id, p.code, p.name, p.phone, p.tax_no, p.is_active, 'similar' as because, case when ${visible.sql} then 1 else 0 end as is_visible
       from parties_party p where p.id in (${marks(alike)}) order by p.code, p.id`,
    [...visible.params, ...alike],
  )
  return gathered(hits)
}

/** Refuses 'parties.looksLikeDuplicate' with the parties that share a key, unless the likeness was accepted. */
export async function assertNew(
  ctx: CommandCtx,
  { keys, except, accept_duplicate }: { keys: Keys; except?: string; accept_duplicate: number },
): Promise<void> {
  if (accept_duplicate === 1) return
  const { candidates, hidden_count } = await findAlike(ctx, { keys, except })
  if (candidates.length + hidden_count > 0) throw new Refusal('parties.looksLikeDuplicate', { candidates, hidden_count })
}

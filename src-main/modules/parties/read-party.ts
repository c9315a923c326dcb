import { unit, type CommandCtx, type Scope } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assert } from '../../kernel/assert.ts'
import { marks, type SqlValue } from '../../storage/db.ts'

/** What documents need to know of a party. */
export type PartyInfo = {
  readonly id: string
  /** Who it is now: itself unless it was merged. */
  readonly same_as: string
  readonly code: string
  readonly name: string
  readonly is_customer: number
  readonly is_supplier: number
  readonly is_cash: number
  readonly is_active: number
  readonly phone: string | null
  readonly price_level: string | null
  /** Days from invoice to due day. */
  readonly terms_days: number
  /** Minor units; null: no limit. */
  readonly credit_limit_minor: number | null
  readonly tax_title: string | null
  readonly tax_no: string | null
  readonly tax_address: string | null
  readonly tax_phone: string | null
  readonly bank_name: string | null
  readonly bank_account: string | null
}

type Known = { readonly parties: Map<string, PartyInfo>; readonly visible: Set<string>; cash: string | undefined }

/** Parties read in this command, each once. */
const known = unit<Known>({
  key: 'parties.known',
  create: () => ({ parties: new Map(), visible: new Set(), cash: undefined }),
  flush: async () => {},
})

const COLUMNS = `id, same_as, code, name, is_customer, is_supplier, is_cash, is_active, phone, price_level, terms_days, credit_limit_minor,
  tax_title, tax_no, tax_address, tax_phone, bank_name, bank_account`
/** Parameters a statement: below what every engine takes. */
const IDS_A_STATEMENT = 500

/** The parties with these ids, read in few statements and kept for this command. Refuses 'parties.partyNotFound'. */
export async function partiesOf(ctx: CommandCtx, ids: readonly string[]): Promise<Map<string, PartyInfo>> {
  const { parties } = ctx.unit(known)
  const missing = [...new Set(ids)].filter((i) => !parties.has(i))
  for (let from = 0; from < missing.length; from += IDS_A_STATEMENT) {
    const some = missing.slice(from, from + IDS_A_STATEMENT)
    const rows = await ctx.db.all<PartyInfo>(`select ${COLUMNS} from parties_party where id in (${marks(some)}) order by id`, some)
    for (const row of rows) parties.set(row.id, row)
  }
  const found = new Map<string, PartyInfo>()
  for (const party_id of ids) {
    const party = parties.get(party_id)
    if (!party) throw new Refusal('parties.partyNotFound', { party_id })
    found.set(party_id, party)
  }
  return found
}

/** One party, read once in a command. Refuses 'parties.partyNotFound'; whether the actor may see it is `assertVisible`'s question. */
export async function partyOf(ctx: CommandCtx, party_id: string): Promise<PartyInfo> {
  return ctx.unit(known).parties.get(party_id) ?? (await partiesOf(ctx, [party_id])).get(party_id)!
}

/** A party that was just written is read anew. */
export function forgetParty(ctx: CommandCtx, party_id: string): void {
  ctx.unit(known).parties.delete(party_id)
}

/** What a document keeps of a party as it is today: JSON of name, code, phone and tax data. */
export function snapshotOf(party: PartyInfo): string {
  const { name, code, phone, tax_title, tax_no, tax_address, tax_phone, bank_name, bank_account } = party
  return JSON.stringify({ name, code, phone, tax_title, tax_no, tax_address, tax_phone, bank_name, bank_account })
}

/**
 * SQL that is true where `column` holds the party `of` (a parameter unless it is SQL), or one that was merged with it. Posted rows keep the party they were
 * posted for: whoever asks for a customer's rows asks this way, by the winner's id or a loser's.
 */
export const ofParty = (column: string, of = '?'): string =>
  `${column} in (select sp.id from parties_party sp where sp.same_as = (select sq.same_as from parties_party sq where sq.id = ${of}))`

/** SQL of the party that the one in `column` is now: itself, or the one it was merged into. */
export const nowParty = (column: string): string => `(select np.same_as from parties_party np where np.id = ${column})`

/** The party that this one is now; itself where nobody knows it. */
export async function winnerOf({ db }: { readonly db: Pick<CommandCtx['db'], 'get'> }, party_id: string): Promise<string> {
  return (await db.get<{ same_as: string }>('select same_as from parties_party where id = ?', [party_id]))?.same_as ?? party_id
}

/**
 * SQL that is true where the party in `column` may be seen: all of them, or those currently assigned to one of the scope's users
 * or to nobody. Put it in a WHERE with its parameters in place.
 */
export function visibleParties(scope: Scope, column: string): { sql: string; params: SqlValue[] } {
  if (scope.kind === 'all') return { sql: '1 = 1', params: [] }
  assert(scope.user_ids.length > 0, 'a limited scope names at least the actor')
  return {
    // What was posted in the name of one that was merged is seen by who sees the one it is now.
    sql: `not exists (select 1 from parties_assignment pa where pa.party_id = ${nowParty(column)} and pa.to_day is null
            and pa.user_id not in (${marks(scope.user_ids)}))`,
    params: [...scope.user_ids],
  }
}

/**
 * Refuses 'parties.partyNotFound' where the actor may not see the party, as if it were not there. Who asks for a document hears `no`, that the
 * document is not there: whose it is would be telling.
 */
export async function assertVisible(ctx: CommandCtx, party_id: string, no?: () => Refusal): Promise<void> {
  if (ctx.scope.kind === 'all') return
  const { visible } = ctx.unit(known)
  if (visible.has(party_id)) return
  const { sql, params } = visibleParties(ctx.scope, 'p.id')
  const row = await ctx.db.get<{ id: string }>(`select p.id from parties_party p where p.id = ? and ${sql}`, [party_id, ...params])
  if (!row) throw no?.() ?? new Refusal('parties.partyNotFound', { party_id })
  visible.add(party_id)
}

/** The walk-in customer of counter sales; every company has exactly one. */
export async function cashPartyId(ctx: CommandCtx): Promise<string> {
  const memory = ctx.unit(known)
  if (memory.cash !== undefined) return memory.cash
  const row = await ctx.db.get<{ id: string }>('select id from parties_party where is_cash = 1')
  assert(row, 'the cash customer was never founded')
  return (memory.cash = row.id)
}

/** Party ids by code, for imports: codes that nobody has are left out. Read in few statements, not kept. */
export async function partyIdsByCode(ctx: Pick<CommandCtx, 'db'>, codes: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(codes)]
  const found = new Map<string, string>()
  for (let from = 0; from < wanted.length; from += IDS_A_STATEMENT) {
    const some = wanted.slice(from, from + IDS_A_STATEMENT)
    // A merged party's code still means who it is now.
    const sql = `select same_as, code from parties_party where code in (${marks(some)}) order by id`
    for (const row of await ctx.db.all<{ same_as: string; code: string }>(sql, some)) found.set(row.code, row.same_as)
  }
  return found
}

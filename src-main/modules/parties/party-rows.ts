import { marks, type Reader, type SqlValue } from '../../storage/db.ts'
import type { PartyRow } from './contract.ts'

/** Reads parties as lists show them, with whom they belong to now and their tags: two statements however many rows. `order` ends in the key. */
export async function partyRowsWhere(
  db: Pick<Reader, 'all'>,
  { where, params, order, page }: { where: string; params: readonly SqlValue[]; order: string; page?: { limit: number; offset: number } },
): Promise<PartyRow[]> {
  const rows = await db.all<Omit<PartyRow, 'tags'>>(
    `select p.id as party_id, p.code, p.name, p.short_name, p.kind, p.is_customer, p.is_supplier, p.is_cash, p.is_active, p.parent_id, p.chain_role, p.phone, p.tax_no,
            p.price_level, p.terms_days, p.credit_limit_minor, a.user_id as assigned_to, u.name as assigned_name, p.created_at
       from parties_party p left join parties_assignment a on a.party_id = p.id and a.to_day is null
       left join platform_user u on u.id = a.user_id
      where ${where} order by ${order}${page ? ' limit ? offset ?' : ''}`,
    page ? [...params, page.limit, page.offset] : params,
  )
  const tags = await tagsOf(db, rows.map((r) => r.party_id))
  return rows.map((row) => ({ ...row, tags: tags.get(row.party_id) ?? [] }))
}

async function tagsOf(db: Pick<Reader, 'all'>, ids: readonly string[]): Promise<Map<string, string[]>> {
  const tags = new Map<string, string[]>()
  if (ids.length === 0) return tags
  const rows = await db.all<{ party_id: string; tag: string }>(
    `select party_id, tag from parties_tag where party_id in (${marks(ids)}) order by party_id, tag`,
    ids,
  )
  for (const { party_id, tag } of rows) {
    const known = tags.get(party_id)
    if (known) known.push(tag)
    else tags.set(party_id, [tag])
  }
  return tags
}

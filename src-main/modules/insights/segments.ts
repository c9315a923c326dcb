import { answer, handle, type CommandCtx, type PartyFilter, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { marks } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { createSegment, getSegment, listSegments, previewSegment, removeSegment, updateSegment } from './contract.ts'
import type { SegmentCondition, SegmentRule } from './contract-words.ts'
import { joined, type Condition } from './query-parts.ts'
import { ruleSql } from './segment-sql.ts'
import { deleteSegment, insertSegment, patchSegment } from './segment.store.ts'

type Ctx = QueryCtx | CommandCtx
type Stored = { readonly segment_id: string; readonly name: string; readonly note: string | null; readonly match: 'all' | 'any'; readonly conditions: string; readonly created_name: string; readonly created_at: number }

const SELECT = `select g.id as segment_id, g.name, g.note, g.match, g.conditions, u.name as created_name, g.created_at from insights_segment g join platform_user u on u.id = g.created_by`
const rowOf = (row: Stored) => ({ ...row, conditions: JSON.parse(row.conditions) as SegmentCondition[] })

async function segmentOf(ctx: Ctx, segment_id: string) {
  const row = await ctx.db.get<Stored>(`${SELECT} where g.id = ?`, [segment_id])
  if (!row) throw new Refusal('parties.segmentNotFound', { segment_id })
  return rowOf(row)
}

/**
 * SQL that is true where the party in `column` is one of the segment's customers today. Whoever asks adds the rows that they may see. Refuses
 * 'parties.segmentNotFound', and 'parties.segmentNotPermitted' where the segment asks what the reader may not know.
 */
export async function segmentCondition(ctx: Ctx, { segment_id, column }: { segment_id: string; column: string }): Promise<Condition> {
  return ruleSql(ctx, { rule: await segmentOf(ctx, segment_id), column })
}

/** How lower floors come to the customers of a segment. */
export const segmentFilter: PartyFilter = { key: 'segment', rows: (ctx, { id, column }) => segmentCondition(ctx, { segment_id: id, column }) }

/** The ids of a segment's customers whom the actor may see, in the order of ids. */
export async function partiesOfSegment(ctx: Ctx, segment_id: string): Promise<string[]> {
  const { where, params } = joined([await segmentCondition(ctx, { segment_id, column: 'q.id' }), visibleParties(ctx.scope, 'q.id')])
  return (await ctx.db.all<{ id: string }>(`select q.id from parties_party q where ${where} order by q.id`, params)).map((row) => row.id)
}

async function countOf(ctx: QueryCtx, rule: SegmentRule): Promise<number | null> {
  try {
    const { where, params } = joined([ruleSql(ctx, { rule, column: 'q.id' }), visibleParties(ctx.scope, 'q.id')])
    return (await ctx.db.get<{ n: number }>(`select count(*) as n from parties_party q where ${where}`, params))!.n
  } catch (error) {
    // A field that was removed since, or a debt that the reader may not see: the segment is there, its number is not told.
    if (error instanceof Refusal) return null
    throw error
  }
}

export const listSegmentsHandler = answer(listSegments, async (ctx) => {
  const rows = (await ctx.db.all<Stored>(`${SELECT} order by g.name_key, g.id`)).map(rowOf)
  const counted = []
  for (const row of rows) counted.push({ ...row, customers: await countOf(ctx, row) })
  return { rows: counted, names: await namesIn(ctx, rows.flatMap((row) => row.conditions)) }
})

export const getSegmentHandler = answer(getSegment, async (ctx, { segment_id }) => {
  const row = await segmentOf(ctx, segment_id)
  return { ...row, customers: await countOf(ctx, row), names: await namesIn(ctx, row.conditions) }
})

/** Items, categories and people whom conditions name by id. */
async function namesIn(ctx: QueryCtx, conditions: readonly SegmentCondition[]): Promise<Record<string, string>> {
  const ids = conditions.flatMap((c) => (c.kind === 'bought' ? [c.item_id, c.category_id] : c.kind === 'owner' ? [c.user_id] : [])).filter((id) => id !== undefined && id !== null)
  if (ids.length === 0) return {}
  const list = marks(ids)
  const rows = await ctx.db.all<{ id: string; name: string }>(
    `select id, name from catalog_item where id in (${list}) union all select id, name from catalog_category where id in (${list}) union all select id, name from platform_user where id in (${list}) order by id`,
    [...ids, ...ids, ...ids],
  )
  return Object.fromEntries(rows.map((row) => [row.id, row.name]))
}

export const previewSegmentHandler = answer(previewSegment, async (ctx, { limit, offset, ...rule }) => {
  const { where, params } = joined([ruleSql(ctx, { rule, column: 'q.id' }), visibleParties(ctx.scope, 'q.id')])
  const total = await ctx.db.get<{ n: number }>(`select count(*) as n from parties_party q where ${where}`, params)
  const rows = await ctx.db.all<{ party_id: string; code: string; name: string; phone: string | null; owner_name: string | null; tier_zh: string | null; tier_en: string | null; last_on: string | null; amount_minor: number }>(
    `select q.id as party_id, q.code, q.name, q.phone, u.name as owner_name, t.name_zh as tier_zh, t.name_en as tier_en, s.last_on, coalesce(s.amount_minor, 0) as amount_minor
       from parties_party q left join insights_score s on s.party_id = q.id left join insights_tier t on t.id = s.tier_id
       left join parties_assignment a on a.party_id = q.id and a.to_day is null left join platform_user u on u.id = a.user_id
      where ${where} order by coalesce(s.amount_minor, 0) desc, q.id limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows, total: total!.n }
})

/** The name is free, and every condition can be asked by who saves it. */
async function assertSavable(ctx: CommandCtx, { name, except, rule }: { name: string; except: string; rule: SegmentRule }): Promise<void> {
  const taken = await ctx.db.get<{ name: string }>('select name from insights_segment where name_key = ? and id <> ?', [nameKeyOf(name), except])
  if (taken) throw new Refusal('insights.segmentNameTaken', { name: taken.name })
  ruleSql(ctx, { rule, column: 'q.id' })
}

export const createSegmentHandler = handle(createSegment, async (ctx, { name, note, match, conditions }) => {
  await assertSavable(ctx, { name, except: '', rule: { match, conditions } })
  const segment_id = ctx.newId()
  await insertSegment(ctx, { id: segment_id, name, name_key: nameKeyOf(name), note: note || null, match, conditions: JSON.stringify(conditions), created_by: ctx.actor.id, created_at: ctx.now })
  return { segment_id }
})

export const updateSegmentHandler = handle(updateSegment, async (ctx, { segment_id, name, note, match, conditions }) => {
  await segmentOf(ctx, segment_id)
  await assertSavable(ctx, { name, except: segment_id, rule: { match, conditions } })
  await patchSegment(ctx, segment_id, { name, name_key: nameKeyOf(name), note: note || null, match, conditions: JSON.stringify(conditions) })
  return { segment_id }
})

export const removeSegmentHandler = handle(removeSegment, async (ctx, { segment_id }) => {
  await segmentOf(ctx, segment_id)
  await deleteSegment(ctx, segment_id)
  return { segment_id }
})

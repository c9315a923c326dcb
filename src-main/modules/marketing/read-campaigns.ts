import { addDays } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { fold } from '../../kernel/text.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { earnedBetween } from '../sales/index.ts'
import { channels, getCampaign, getLetter, listCampaigns, listMail, listMembers, listPost, listUnsubscribed } from './contract.ts'
import { letterInHand, UNSUBSCRIBED } from './letters.ts'
import { countedDays } from './settings.ts'

type Row = OutputOf<typeof listCampaigns>['rows'][number]
type Figures = Omit<Row, 'campaign_id' | 'number' | 'name' | 'channel' | 'from_on' | 'to_on' | 'note' | 'state' | 'owner_id' | 'owner_name'>
type Head = Omit<Row, keyof Figures> & { name_key: string; cost_minor: number }

const SELECT = `select c.id as campaign_id, c.number, c.name, c.name_key, c.channel, c.from_on, c.to_on, c.note, c.state, c.owner_id, u.name as owner_name, c.cost_minor
  from marketing_campaign c join platform_user u on u.id = c.owner_id`
const part = (text: string): string => `%${fold(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** (margin − cost) / cost, in hundred-millionths. */
const roiOf = (margin_minor: number | null, cost_minor: number): number | null => (margin_minor === null || cost_minor === 0 ? null : Math.round(((margin_minor - cost_minor) / cost_minor) * 100_000_000))

type Known = { readonly figures: Figures; readonly scores: readonly number[] }

async function figuresOf(ctx: QueryCtx, head: Head): Promise<Known> {
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const members = await ctx.db.all<{ party_id: string; response: string | null; score: number | null; mailed: number; bounced: number }>(
    `select p.same_as as party_id, m.response, m.score, case when exists (select 1 from marketing_mail x where x.member_id = m.id and x.state = 'sent') then 1 else 0 end as mailed,
            case when exists (select 1 from marketing_mail x where x.member_id = m.id and x.state = 'bounced') then 1 else 0 end as bounced
       from marketing_member m join parties_party p on p.id = m.party_id where m.campaign_id = ? and ${seen.sql} order by m.id`,
    [head.campaign_id, ...seen.params],
  )
  // Leads name their campaign in the company's own words. Who may not read leads counts none.
  const leadScope = ctx.scopeUnder('crm.read')
  const owners = leadScope === undefined ? { sql: '1 = 0', params: [] as SqlValue[] } : leadScope.kind === 'all' ? { sql: '1 = 1', params: [] as SqlValue[] } : { sql: `(l.owner_id is null or l.owner_id in (${marks(leadScope.user_ids)}))`, params: [...leadScope.user_ids] }
  const leads = await ctx.db.all<{ party_id: string | null }>(
    `select p.same_as as party_id from crm_lead l left join parties_party p on p.id = l.party_id where (lower(l.campaign) = ? or lower(l.campaign) = ?) and ${owners.sql} order by l.id`,
    [head.name_key, head.number.toLowerCase(), ...owners.params],
  )
  const reached = new Set([...members.map((m) => m.party_id), ...leads.flatMap((l) => l.party_id ?? [])])
  const span = { from: head.from_on, to: addDays(head.to_on, ctx.setting(countedDays)) }
  const sales = ctx.scopeUnder('sales.read')
  const mine = sales && visibleParties(sales, 'o.party_id')
  const orders = mine === undefined ? [] : await ctx.db.all<{ party_id: string; n: number }>(
    `select p.same_as as party_id, count(*) as n from sales_order o join parties_party p on p.id = o.party_id where o.number is not null and o.state <> 'cancelled' and o.day >= ? and o.day <= ? and ${mine.sql}
      group by p.same_as order by p.same_as`,
    [span.from, span.to, ...mine.params],
  )
  const ordered = orders.filter((o) => reached.has(o.party_id))
  const earned = mine === undefined ? null : (await earnedBetween(ctx.db, span)).filter((e) => reached.has(e.party_id))
  const scores = members.flatMap((m) => m.score ?? [])
  const net_minor = earned === null ? null : earned.reduce((sum, e) => sum + e.net_minor, 0)
  const margin_minor = earned === null || !ctx.may('sales.cost') ? null : earned.reduce((sum, e) => sum + e.net_minor - e.cost_minor, 0)
  const buyers = new Set([...ordered.map((o) => o.party_id), ...(earned ?? []).filter((e) => e.net_minor > 0).map((e) => e.party_id)])
  return {
    scores,
    figures: {
      members: members.length, mailed: members.filter((m) => m.mailed === 1).length, bounced: members.filter((m) => m.bounced === 1).length, responded: members.filter((m) => m.response !== null).length,
      buyers: buyers.size, leads: leads.length, won_leads: leads.filter((l) => l.party_id !== null).length, orders: ordered.reduce((sum, o) => sum + o.n, 0), net_minor, margin_minor,
      cost_minor: head.cost_minor, roi_e8: roiOf(margin_minor, head.cost_minor), score_e2: scores.length === 0 ? null : Math.round((scores.reduce((s, n) => s + n, 0) * 100) / scores.length),
    },
  }
}

/** Sums over campaigns of one channel; a customer reached by two campaigns counts for both. */
function together(some: readonly Known[]): Figures {
  const sum = (of: (f: Figures) => number): number => some.reduce((n, k) => n + of(k.figures), 0)
  const known = (of: (f: Figures) => number | null): number | null => (some.some((k) => of(k.figures) === null) ? null : sum((f) => of(f)!))
  const [margin_minor, cost_minor, scores] = [known((f) => f.margin_minor), sum((f) => f.cost_minor), some.flatMap((k) => k.scores)]
  return {
    members: sum((f) => f.members), mailed: sum((f) => f.mailed), bounced: sum((f) => f.bounced), responded: sum((f) => f.responded), buyers: sum((f) => f.buyers), leads: sum((f) => f.leads),
    won_leads: sum((f) => f.won_leads), orders: sum((f) => f.orders), net_minor: known((f) => f.net_minor), margin_minor, cost_minor, roi_e8: roiOf(margin_minor, cost_minor),
    score_e2: scores.length === 0 ? null : Math.round((scores.reduce((s, n) => s + n, 0) * 100) / scores.length),
  }
}

export const listCampaignsHandler = answer(listCampaigns, async (ctx, { text, show, channel, limit, offset }) => {
  const where = ['1 = 1']
  const params: SqlValue[] = []
  const only = (sql: string, ...values: SqlValue[]): void => void (where.push(sql), params.push(...values))
  if (show !== 'all') only('c.state = ?', show)
  if (channel !== undefined) only('c.channel = ?', channel)
  if (text !== '') only(`(lower(c.name) like ? escape '\\' or lower(c.number) like ? escape '\\')`, part(text), part(text))
  const heads = await ctx.db.all<Head>(`${SELECT} where ${where.join(' and ')} order by c.from_on desc, c.id desc`, params)
  const known: { head: Head; known: Known }[] = []
  for (const head of heads) known.push({ head, known: await figuresOf(ctx, head) })
  return {
    rows: known.slice(offset, offset + limit).map(({ head: { name_key: _name, ...head }, known: { figures } }) => ({ ...head, ...figures })),
    total: heads.length,
    channels: channels.flatMap((name) => {
      const some = known.filter((k) => k.head.channel === name)
      return some.length === 0 ? [] : [{ channel: name, campaigns: some.length, ...together(some.map((k) => k.known)) }]
    }),
  }
})

export const getCampaignHandler = answer(getCampaign, async (ctx, { campaign_id }) => {
  const found = await ctx.db.get<Head>(`${SELECT} where c.id = ?`, [campaign_id])
  if (!found) throw new Refusal('marketing.campaignNotFound', { campaign_id })
  const { name_key: _, ...head } = found
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const count = (state: string): string => `coalesce(sum(case when x.state = '${state}' then 1 else 0 end), 0) as ${state}`
  const letters = await ctx.db.all<Omit<OutputOf<typeof getCampaign>['letters'][number], 'replied' | 'ordered'>>(
    `select l.id as letter_id, l.subject, l.state, ${['waiting', 'sent', 'bounced', 'failed', 'unknown', 'skipped'].map(count).join(', ')}
       from marketing_letter l left join (select x.letter_id, x.state from marketing_mail x join marketing_member m on m.id = x.member_id where ${seen.sql}) x on x.letter_id = l.id
      where l.campaign_id = ? group by l.id, l.subject, l.state order by l.id`,
    [...seen.params, campaign_id],
  )
  const after = await answeredAfter(ctx, campaign_id)
  const responses = await ctx.db.all<OutputOf<typeof getCampaign>['responses'][number]>(
    `select m.response, count(*) as count from marketing_member m where m.campaign_id = ? and m.response is not null and ${seen.sql} group by m.response order by m.response`,
    [campaign_id, ...seen.params],
  )
  return { ...head, ...(await figuresOf(ctx, found)).figures, letters: letters.map((l) => ({ ...l, ...after(l.letter_id) })), responses }
})

/**
 * Whom a letter reached and what they did in the counted days after it left: replies and orders. Opening and clicking are not asked for: an offline
 * program has no address to be asked at (decision 0044).
 */
async function answeredAfter(ctx: QueryCtx, campaign_id: string): Promise<(letter_id: string) => { replied: number; ordered: number | null }> {
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const reached = await ctx.db.all<{ letter_id: string; party_id: string; sent_on: string; responded_on: string | null }>(
    `select x.letter_id, p.same_as as party_id, x.sent_on, m.responded_on from marketing_mail x join marketing_member m on m.id = x.member_id join parties_party p on p.id = m.party_id
      where m.campaign_id = ? and x.state = 'sent' and ${seen.sql} order by x.id`,
    [campaign_id, ...seen.params],
  )
  const sales = ctx.scopeUnder('sales.read')
  const mine = sales && visibleParties(sales, 'o.party_id')
  const orders = mine === undefined || reached.length === 0 ? [] : await ctx.db.all<{ party_id: string; day: string }>(
    `select p.same_as as party_id, o.day from sales_order o join parties_party p on p.id = o.party_id where o.number is not null and o.state <> 'cancelled' and o.day >= ? and ${mine.sql} order by o.id`,
    [reached.map((r) => r.sent_on).sort()[0]!, ...mine.params],
  )
  const daysOf = Map.groupBy(orders, (o) => o.party_id)
  const isAfter = (day: string, sent_on: string): boolean => day >= sent_on && day <= addDays(sent_on, ctx.setting(countedDays))
  return (letter_id) => {
    const whom = reached.filter((r) => r.letter_id === letter_id)
    return {
      replied: whom.filter((r) => r.responded_on !== null && isAfter(r.responded_on, r.sent_on)).length,
      ordered: mine === undefined ? null : whom.filter((r) => daysOf.get(r.party_id)?.some((o) => isAfter(o.day, r.sent_on))).length,
    }
  }
}

const MAIL_STATE = '(select x.state from marketing_mail x where x.id = (select max(y.id) from marketing_mail y where y.member_id = m.id))'

export const listMembersHandler = answer(listMembers, async (ctx, { campaign_id, party_id, text, show, limit, offset }) => {
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const where = [seen.sql]
  const params: SqlValue[] = [...seen.params]
  const only = (sql: string, ...values: SqlValue[]): void => void (where.push(sql), params.push(...values))
  if (campaign_id !== undefined) only('m.campaign_id = ?', campaign_id)
  if (party_id !== undefined) only('m.party_id in (select q.id from parties_party q where q.same_as = (select s.same_as from parties_party s where s.id = ?))', party_id)
  if (text !== '') only(`(lower(m.name) like ? escape '\\' or lower(m.email) like ? escape '\\')`, part(text), part(text))
  if (show === 'responded') only('m.response is not null')
  if (show === 'bounced') only(`exists (select 1 from marketing_mail x where x.member_id = m.id and x.state = 'bounced')`)
  if (show === 'unsubscribed') only(UNSUBSCRIBED)
  if (show === 'without_email') only('m.email is null')
  if (show === 'without_address') only('m.address is null')
  const rows = await ctx.db.all<OutputOf<typeof listMembers>['rows'][number]>(
    `select m.id as member_id, m.campaign_id, c.name as campaign_name, m.party_id, m.name, m.contact_name, m.email, m.address, ${MAIL_STATE} as mail_state, case when ${UNSUBSCRIBED} then 1 else 0 end as is_unsubscribed,
            m.response, m.responded_on, m.score, m.answer
       from marketing_member m join marketing_campaign c on c.id = m.campaign_id where ${where.join(' and ')} order by m.name, m.id limit ? offset ?`,
    [...params, limit, offset],
  )
  const total = await ctx.db.get<{ n: number }>(`select count(*) as n from marketing_member m where ${where.join(' and ')}`, params)
  return { rows, total: total!.n }
})

export const getLetterHandler = answer(getLetter, async (ctx, { letter_id }) => {
  const { id: _, ...letter } = await letterInHand(ctx, letter_id)
  const campaign = await ctx.db.get<{ name: string }>('select name from marketing_campaign where id = ?', [letter.campaign_id])
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const counts = await ctx.db.all<OutputOf<typeof getLetter>['counts'][number]>(
    `select x.state, count(*) as count from marketing_mail x join marketing_member m on m.id = x.member_id where x.letter_id = ? and ${seen.sql} group by x.state order by x.state`,
    [letter_id, ...seen.params],
  )
  const left = await ctx.db.get<{ by_email: number; without: number; rest: number }>(
    `select count(m.email) as by_email, count(m.address) as rest, coalesce(sum(case when m.email is null and m.address is not null then 1 else 0 end), 0) as without
       from marketing_member m where m.campaign_id = ? and ${seen.sql} and not exists (select 1 from marketing_mail x where x.letter_id = ? and x.member_id = m.id)`,
    [letter.campaign_id, ...seen.params, letter_id],
  )
  const post = await ctx.db.get<{ waiting: number; sent: number }>(
    `select coalesce(sum(case when x.state = 'waiting' then 1 else 0 end), 0) as waiting, coalesce(sum(case when x.state = 'sent' then 1 else 0 end), 0) as sent
       from marketing_mail x join marketing_member m on m.id = x.member_id where x.letter_id = ? and x.way = 'post' and ${seen.sql}`,
    [letter_id, ...seen.params],
  )
  return { letter_id, campaign_id: letter.campaign_id, campaign_name: campaign!.name, subject: letter.subject, body: letter.body, state: letter.state, counts, left: left!.by_email, left_post: left!.without, left_rest: left!.rest, post_waiting: post!.waiting, post_sent: post!.sent }
})

export const listMailHandler = answer(listMail, async (ctx, { letter_id, text, show, limit, offset }) => {
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const where = [seen.sql]
  const params: SqlValue[] = [...seen.params]
  const only = (sql: string, ...values: SqlValue[]): void => void (where.push(sql), params.push(...values))
  if (letter_id !== undefined) only('x.letter_id = ?', letter_id)
  if (show !== 'all') only('x.state = ?', show)
  if (text !== '') only(`(lower(x.name) like ? escape '\\' or x.email_key like ? escape '\\' or lower(x.address) like ? escape '\\')`, part(text), part(text), part(text))
  const from = `marketing_mail x join marketing_member m on m.id = x.member_id where ${where.join(' and ')}`
  const rows = await ctx.db.all<OutputOf<typeof listMail>['rows'][number]>(
    `select x.id as mail_id, x.letter_id, m.party_id, x.name, x.way, x.email, x.address, x.subject, x.state, x.tries, x.next_at, x.claimed_at, x.told_at, x.reply from ${from} order by coalesce(x.told_at, x.next_at) desc, x.id limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows, total: (await ctx.db.get<{ n: number }>(`select count(*) as n from ${from}`, params))!.n }
})

export const listUnsubscribedHandler = answer(listUnsubscribed, async (ctx, { text, limit, offset }) => {
  const seen = visibleParties(ctx.scope, 'z.party_id')
  const where = [`(z.party_id is null or ${seen.sql})`]
  const params: SqlValue[] = [...seen.params]
  if (text !== '') {
    where.push(`(lower(p.name) like ? escape '\\' or z.email_key like ? escape '\\')`)
    params.push(part(text), part(text))
  }
  const from = `marketing_unsubscribed z left join parties_party p on p.id = z.party_id left join platform_user u on u.id = z.by_id where ${where.join(' and ')}`
  const rows = await ctx.db.all<OutputOf<typeof listUnsubscribed>['rows'][number]>(
    `select z.id, z.party_id, p.name as party_name, z.email_key as email, z.reason, z.at, u.name as by_name from ${from} order by z.at desc, z.id limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows, total: (await ctx.db.get<{ n: number }>(`select count(*) as n from ${from}`, params))!.n }
})

export const listPostHandler = answer(listPost, async (ctx, { letter_id, show, limit, offset }) => {
  await letterInHand(ctx, letter_id)
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const from = `marketing_mail x join marketing_member m on m.id = x.member_id where x.letter_id = ? and x.way = 'post' and x.state = ? and ${seen.sql}${show === 'waiting' ? ` and not ${UNSUBSCRIBED}` : ''}`
  const params = [letter_id, show, ...seen.params]
  const rows = await ctx.db.all<OutputOf<typeof listPost>['rows'][number]>(
    `select x.id as mail_id, m.name, m.contact_name, x.address, x.subject, x.body, x.sent_on from ${from} order by x.id limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows, total: (await ctx.db.get<{ n: number }>(`select count(*) as n from ${from}`, params))!.n }
})

import { addDays, addMonths, dayOfInstant, daysBetween, firstOfMonth, lastOfMonth, monthOf } from '../../kernel/day.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { mulDiv } from '../../kernel/math.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { fold } from '../../kernel/text.ts'
import { marks } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { earnedBetween, PURCHASES } from '../sales/index.ts'
import { acquisition, channels, listWon } from './contract.ts'
import { countedDays, expenseAccounts } from './settings.ts'

type Row = OutputOf<typeof acquisition>['rows'][number]
type Figures = OutputOf<typeof acquisition>['whole']
type Span = { readonly from: string; readonly to: string }
type Campaign = { readonly campaign_id: string; readonly number: string; readonly name: string; readonly name_key: string; readonly channel: Exclude<Row['channel'], null>; readonly from_on: string; readonly to_on: string; readonly cost_minor: number }
/** A customer won in the period, and what brought them. */
type Won = { readonly party_id: string; readonly first_on: string; readonly campaign: Campaign | null; readonly source: string | null; readonly net_minor: number; readonly margin_minor: number | null }

/** Whole months, as far as they have come. */
const spanOf = (ctx: QueryCtx, { from, to }: Span): Span => {
  const end = lastOfMonth(monthOf(to))
  return { from: firstOfMonth(monthOf(from)), to: end < ctx.today ? end : ctx.today }
}

/** What of a campaign's cost falls into some days: spread evenly over its own, so that the parts of any cut sum to the whole. */
export function costWithin({ from_on, to_on, cost_minor }: Pick<Campaign, 'from_on' | 'to_on' | 'cost_minor'>, { from, to }: Span): number {
  const days = daysBetween({ from: from_on, to: to_on }) + 1
  const through = (day: string): number => mulDiv({ a: cost_minor, b: Math.min(days, Math.max(0, daysBetween({ from: from_on, to: day }) + 1)), divisor: days, rounding: 'floor' })
  return from > to ? 0 : through(to) - through(addDays(from, -1))
}

const campaignsOf = (ctx: QueryCtx): Promise<Campaign[]> =>
  ctx.db.all<Campaign>('select id as campaign_id, number, name, name_key, channel, from_on, to_on, cost_minor from marketing_campaign order by from_on, id')

/** Who bought for the first time in the period, as far as both marketing and sales show them to the reader. */
async function firstsOf(ctx: QueryCtx, { from, to }: Span): Promise<{ party_id: string; first_on: string }[]> {
  const sales = ctx.scopeUnder('sales.read')
  if (sales === undefined) return []
  const [seen, sold] = [visibleParties(ctx.scope, 'f.party_id'), visibleParties(sales, 'f.party_id')]
  return ctx.db.all(
    `with firsts as (select w.party_id, min(w.day) as first_on from (${PURCHASES}) w where w.is_bought = 1 group by w.party_id)
     select f.party_id, f.first_on from firsts f where f.first_on >= ? and f.first_on <= ? and ${seen.sql} and ${sold.sql} order by f.first_on, f.party_id`,
    [from, to, ...seen.params, ...sold.params],
  )
}

/** What leads that became customers said, the oldest first: a customer that one may see is told with where they came from. */
const leadsOf = (ctx: QueryCtx, { to }: Span): Promise<{ party_id: string; source: string | null; campaign: string | null; created_on: string }[]> =>
  ctx.may('crm.read')
    ? ctx.db.all(
        `select p.same_as as party_id, l.source, l.campaign, l.created_on from crm_lead l join parties_party p on p.id = l.party_id
          where l.party_id is not null and l.created_on <= ? and (l.source is not null or l.campaign is not null) order by l.created_on, l.id`,
        [to],
      )
    : Promise.resolve([])

const membersOf = (ctx: QueryCtx, { to }: Span): Promise<{ party_id: string; campaign_id: string; added_at: number }[]> =>
  ctx.db.all(
    `select p.same_as as party_id, m.campaign_id, m.added_at from marketing_member m join marketing_campaign c on c.id = m.campaign_id join parties_party p on p.id = m.party_id
      where c.from_on <= ? order by c.from_on desc, c.id desc, m.id`,
    [to],
  )

/** Everybody won in the period, each with one campaign and one source at most. */
async function wonIn(ctx: QueryCtx, { span, campaigns }: { span: Span; campaigns: readonly Campaign[] }): Promise<Won[]> {
  const firsts = await firstsOf(ctx, span)
  const wanted = new Set(firsts.map((f) => f.party_id))
  const ofThem = <T extends { party_id: string }>(rows: readonly T[]) => Map.groupBy(rows.filter((r) => wanted.has(r.party_id)), (r) => r.party_id)
  const [leads, members] = [ofThem(await leadsOf(ctx, span)), ofThem(await membersOf(ctx, span))]
  const earned = new Map(wanted.size === 0 ? [] : (await earnedBetween(ctx.db, { from: span.from, to: ctx.today })).map((e) => [e.party_id, e]))
  const named = new Map(campaigns.flatMap((c) => [[c.name_key, c], [c.number.toLowerCase(), c]] as const))
  const byId = new Map(campaigns.map((c) => [c.campaign_id, c]))
  const counted = ctx.setting(countedDays)
  return firsts.map(({ party_id, first_on }): Won => {
    const said = (leads.get(party_id) ?? []).filter((l) => l.created_on <= first_on)
    const byLead = said.map((l) => (l.campaign === null ? undefined : named.get(fold(l.campaign)))).find((c) => c !== undefined)
    const byLetter = (members.get(party_id) ?? []).find((m) => {
      const { from_on, to_on } = byId.get(m.campaign_id)!
      return from_on <= first_on && first_on <= addDays(to_on, counted) && dayOfInstant(m.added_at, 0) <= first_on
    })
    const { net_minor, cost_minor } = earned.get(party_id) ?? { net_minor: 0, cost_minor: 0 }
    return {
      party_id, first_on, campaign: byLead ?? (byLetter ? byId.get(byLetter.campaign_id)! : null), source: said.find((l) => l.source !== null)?.source ?? null,
      net_minor, margin_minor: ctx.may('sales.cost') ? net_minor - cost_minor : null,
    }
  })
}

/** A row's figures. `cost_minor` and `booked_minor` are null where there is no such side to it. */
function figuresOf(some: readonly Won[], { cost_minor, booked_minor, sees_all }: { cost_minor: number | null; booked_minor: number | null; sees_all: number }): Figures {
  const won = some.filter((w) => w.campaign !== null)
  const margin = (of: readonly Won[]): number | null => of.reduce<number | null>((sum, w) => (sum === null || w.margin_minor === null ? null : sum + w.margin_minor), 0)
  const each = (minor: number | null, count: number): number | null => (minor === null || count === 0 || sees_all === 0 ? null : mulDiv({ a: minor, b: 1, divisor: count, rounding: 'halfUp' }))
  // Without customers nothing tells whether the margin would be seen: the sum over none is 0 for who may not see costs too.
  const back = margin(won)
  const left_minor = back === null || cost_minor === null || sees_all === 0 ? null : back - cost_minor
  return {
    customers: some.length, won: won.length, cost_minor, cost_each_minor: each(cost_minor, won.length), booked_minor, booked_each_minor: each(booked_minor, some.length),
    net_minor: some.reduce((sum, w) => sum + w.net_minor, 0), margin_minor: margin(some), left_minor,
    payback_e8: left_minor === null || !cost_minor ? null : mulDiv({ a: left_minor, b: 100_000_000, divisor: cost_minor, rounding: 'halfUp' }),
  }
}

type Books = { readonly accounts: OutputOf<typeof acquisition>['accounts']; readonly byMonth: ReadonlyMap<string, number> | null }

/** What the accounts named in the settings, and those below them, took in each month: the maintained balances alone. */
async function booksOf(ctx: QueryCtx, { from, to }: Span): Promise<Books> {
  const codes = ctx.setting(expenseAccounts).split(/[\s,;，；、]+/).filter((code) => code !== '')
  if (codes.length === 0 || ctx.scopeUnder('accounting.read')?.kind !== 'all') return { accounts: [], byMonth: null }
  const accounts = await ctx.db.all<Books['accounts'][number]>(
    `select a.id as account_id, a.code as account_code, a.name_zh as account_name_zh, a.name_en as account_name_en from accounting_account a where a.class in ('expense', 'cost') and a.code in (${marks(codes)}) order by a.code, a.id`,
    codes,
  )
  if (accounts.length === 0) return { accounts, byMonth: null }
  const rows = await ctx.db.all<{ period: string; minor: number }>(
    `with recursive tree (id) as (select a.id from accounting_account a where a.id in (${marks(accounts)}) union select c.id from tree t join accounting_account c on c.parent_id = t.id)
     select b.period, sum(b.debit_minor - b.credit_minor) as minor from tree t join accounting_balance b on b.account_id = t.id where b.period >= ? and b.period <= ? group by b.period order by b.period`,
    [...accounts.map((a) => a.account_id), monthOf(from), monthOf(to)],
  )
  return { accounts, byMonth: new Map(rows.map((r) => [r.period, Number(r.minor)])) }
}

type Group = { readonly key: string; readonly month?: string; readonly campaign?: Campaign; readonly channel?: Campaign['channel']; readonly source?: string; readonly span?: Span; readonly campaigns: readonly Campaign[] | null; isOf(won: Won): boolean }

/** The rows of the report, and who belongs to each. */
function groupsOf(by: InputOf<typeof acquisition>['by'], { span, campaigns, won }: { span: Span; campaigns: readonly Campaign[]; won: readonly Won[] }): Group[] {
  const none: Group = { key: 'none', campaigns: null, isOf: (w) => w.campaign === null }
  switch (by) {
    case 'month': {
      const months: Group[] = []
      for (let first = span.from; first <= span.to; first = addMonths(first, 1)) {
        const [month, end] = [monthOf(first), lastOfMonth(monthOf(first))]
        months.push({ key: month, month, span: { from: first, to: end < span.to ? end : span.to }, campaigns, isOf: (w) => monthOf(w.first_on) === month })
      }
      return months
    }
    case 'channel':
      return [...channels.map((channel): Group => ({ key: channel, channel, campaigns: campaigns.filter((c) => c.channel === channel), isOf: (w) => w.campaign?.channel === channel })), none]
    case 'campaign':
      return [...campaigns.map((campaign): Group => ({ key: campaign.campaign_id, campaign, channel: campaign.channel, campaigns: [campaign], isOf: (w) => w.campaign === campaign })), none]
    case 'source': {
      const sources = [...new Set(won.map((w) => w.source))].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
      return sources.map((source): Group => ({ key: source ?? '', ...(source === null ? {} : { source }), campaigns: null, isOf: (w) => w.source === source }))
    }
  }
}

export const acquisitionHandler = answer(acquisition, async (ctx, { by, ...asked }) => {
  const span = spanOf(ctx, asked)
  const campaigns = await campaignsOf(ctx)
  const won = await wonIn(ctx, { span, campaigns })
  const books = await booksOf(ctx, span)
  const sees_all = ctx.scope.kind === 'all' && ctx.scopeUnder('sales.read')?.kind === 'all' ? 1 : 0
  const cost = (some: readonly Campaign[], days: Span): number => some.reduce((sum, c) => sum + costWithin(c, days), 0)
  const rows = groupsOf(by, { span, campaigns, won }).map((g): Row => ({
    key: g.key, month: g.month ?? null, campaign_id: g.campaign?.campaign_id ?? null, campaign_name: g.campaign?.name ?? null, channel: g.channel ?? null, source: g.source ?? null,
    ...figuresOf(won.filter(g.isOf), { cost_minor: g.campaigns && cost(g.campaigns, g.span ?? span), booked_minor: g.month === undefined ? null : books.byMonth && (books.byMonth.get(g.month) ?? 0), sees_all }),
  }))
  const booked = books.byMonth && [...books.byMonth.values()].reduce((sum, minor) => sum + minor, 0)
  return {
    rows: by === 'month' ? rows : rows.filter((r) => r.customers > 0 || (r.cost_minor ?? 0) > 0),
    whole: figuresOf(won, { cost_minor: cost(campaigns, span), booked_minor: booked, sees_all }),
    accounts: books.accounts,
    sees_all,
  }
})

export const listWonHandler = answer(listWon, async (ctx, { via, channel, campaign_id, source, limit, offset, ...asked }) => {
  const all = await wonIn(ctx, { span: spanOf(ctx, asked), campaigns: await campaignsOf(ctx) })
  const found = all
    .filter((w) => via === 'all' || (via === 'campaign') === (w.campaign !== null))
    .filter((w) => (channel === undefined || w.campaign?.channel === channel) && (campaign_id === undefined || w.campaign?.campaign_id === campaign_id) && (source === undefined || (w.source ?? '') === source))
  const shown = found.slice(offset, offset + limit)
  const heads = shown.length === 0 ? [] : await ctx.db.all<{ party_id: string; code: string; name: string; owner_name: string | null }>(
    `select p.id as party_id, p.code, p.name, u.name as owner_name from parties_party p left join parties_assignment a on a.party_id = p.id and a.to_day is null left join platform_user u on u.id = a.user_id
      where p.id in (${marks(shown)}) order by p.id`,
    shown.map((w) => w.party_id),
  )
  const headOf = new Map(heads.map((h) => [h.party_id, h]))
  const whole = figuresOf(found, { cost_minor: null, booked_minor: null, sees_all: 0 })
  return {
    rows: shown.map(({ campaign, ...w }) => ({ ...headOf.get(w.party_id)!, ...w, campaign_id: campaign?.campaign_id ?? null, campaign_name: campaign?.name ?? null, channel: campaign?.channel ?? null })),
    total: found.length, net_minor: whole.net_minor, margin_minor: whole.margin_minor,
  }
})

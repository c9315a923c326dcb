import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { fold } from '../../kernel/text.ts'
import { routeLeads, type routingMethods } from './contract.ts'
import { giveLead } from './pool.ts'
import { patchRoutingRule } from './rule.store.ts'

type Rule = {
  readonly id: string
  readonly name: string
  readonly source: string | null
  readonly region: string | null
  readonly word: string | null
  readonly method: (typeof routingMethods)[number]
  readonly user_id: string | null
  readonly team_id: string | null
  readonly last_user_id: string | null
}
/** What the rules look at. */
type Routed = { readonly source: string | null; readonly address: string | null; readonly note: string | null; readonly campaign: string | null }

const holds = (text: string | null, part: string): boolean => fold(text ?? '').includes(fold(part))

/** Does a lead fit a rule? All that the rule names must fit; one that names nothing fits everybody. */
export const fits = (lead: Routed, { source, region, word }: Pick<Rule, 'source' | 'region' | 'word'>): boolean =>
  (source === null || fold(lead.source ?? '') === fold(source)) && (region === null || holds(lead.address, region)) && (word === null || holds(lead.note, word) || holds(lead.campaign, word))

/** The next in turn after who got the last one; the first where that one is no longer there. Ids are in the order in which people came. */
export const nextInTurn = (users: readonly string[], last: string | null): string | undefined => users.find((user) => last !== null && user > last) ?? users[0]

/** Who routes leads within one command: rules and people are read once. Gives whose each lead becomes and by which rule; undefined where none fits. */
export async function router(ctx: CommandCtx): Promise<(lead: Routed) => Promise<{ user_id: string; rule: string } | undefined>> {
  const rules = (
    await ctx.db.all<Rule>('select id, name, source, region, word, method, user_id, team_id, last_user_id from crm_routing_rule where is_active = 1 order by position, id')
  ).map((rule) => ({ ...rule }))
  const people = rules.length === 0 ? [] : await ctx.db.all<{ id: string; team_id: string | null }>('select id, team_id from platform_user where is_active = 1 order by id')
  const load = new Map<string, number>()
  if (rules.some((rule) => rule.method === 'least_load')) {
    for (const { id, n } of await ctx.db.all<{ id: string; n: number }>(`select owner_id as id, count(*) as n from crm_lead where owner_id is not null and state in ('new', 'working') group by owner_id order by owner_id`)) load.set(id, n)
  }
  const given = (user_id: string): void => void load.set(user_id, (load.get(user_id) ?? 0) + 1)
  return async (lead) => {
    for (const rule of rules) {
      if (!fits(lead, rule)) continue
      const team = people.filter((p) => (rule.method === 'person' ? p.id === rule.user_id : p.team_id === rule.team_id)).map((p) => p.id)
      const user_id = rule.method === 'least_load' ? [...team].sort((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0) || (a < b ? -1 : 1))[0] : nextInTurn(team, rule.last_user_id)
      // Whoever it was for has left: the next rule is asked.
      if (user_id === undefined) continue
      given(user_id)
      if (rule.method === 'in_turn') {
        rule.last_user_id = user_id
        await patchRoutingRule(ctx, rule.id, { last_user_id: user_id })
      }
      return { user_id, rule: rule.name }
    }
    return undefined
  }
}

export const routeLeadsHandler = handle(routeLeads, async (ctx) => {
  if (!(await ctx.db.get<{ id: string }>('select id from crm_routing_rule where is_active = 1 order by id limit 1'))) throw new Refusal('crm.noRoutingRules', {})
  const waiting = await ctx.db.all<Routed & { id: string }>(
    `select id, source, address, note, campaign from crm_lead where owner_id is null and state in ('new', 'working') order by created_on, id`,
  )
  const route = await router(ctx)
  let routed = 0
  for (const lead of waiting) {
    const to = await route(lead)
    if (!to) continue
    await giveLead(ctx, { lead_id: lead.id, to: to.user_id, rule: to.rule })
    routed++
  }
  return { routed, left: waiting.length - routed }
})

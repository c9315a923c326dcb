import { z } from 'zod'
import { command, day, flag, id, line, name, query } from '../../kernel/contract.ts'
import { activityResults } from './contract-activities.ts'
import type { Rule } from './contract-subject.ts'

// Rules that the company writes itself: what makes a lead promising, and whose it becomes. And what came of the sources.

/** What may be true of a lead, by what a rule needs besides. */
export const scoreFacts = {
  has_phone: 'nothing', has_email: 'nothing', has_company: 'nothing', has_tax_no: 'nothing', is_referred: 'nothing',
  source_is: 'word', campaign_is: 'word', address_has: 'word', note_has: 'word',
  last_result: 'result', followed_up: 'number', idle_days: 'number', younger_days: 'number',
} as const
export type ScoreFact = keyof typeof scoreFacts
const fact = z.enum(Object.keys(scoreFacts) as [ScoreFact, ...ScoreFact[]])

const scoreForm = {
  fact,
  /** A word for those that need one; one of the results of a follow-up for 'last_result'. */
  word: line(60).nullable().default(null),
  /** Follow-ups at least, or days more (younger: fewer) than these. */
  number: z.int().min(1).max(3650).nullable().default(null),
  points: z.int().min(-1000).max(1000).refine((p) => p !== 0, 'points'),
  is_active: flag().default(1),
}
type ScoreForm = { fact: ScoreFact; word: string | null; number: number | null }
const hasItsNeeds: Rule<ScoreForm> = [
  ({ fact: f, word, number }) => {
    const needs = scoreFacts[f]
    const isResult = (activityResults as readonly (string | null)[]).includes(word)
    return (needs === 'number') === (number !== null) && (needs === 'nothing' || needs === 'number' ? word === null : Boolean(word)) && (needs !== 'result' || isResult)
  },
  { path: ['word'], message: 'what the fact needs' },
]
const ruleId = z.object({ rule_id: id() })
/** Where it stands among the others, from 1; left out: where it is, or last. */
const position = z.int().min(1).max(100).optional()

/** A new rule, or by `rule_id` one that there is. */
export const saveScoreRule = command({
  name: 'crm.saveScoreRule',
  permission: 'crm.configure',
  input: z.strictObject({ rule_id: id().optional(), position, ...scoreForm }).refine(...hasItsNeeds),
  output: ruleId,
  refusals: ['crm.ruleNotFound', 'crm.tooManyRules'],
})
export const removeScoreRule = command({ name: 'crm.removeScoreRule', permission: 'crm.configure', input: z.strictObject({ rule_id: id() }), output: z.object({}), refusals: ['crm.ruleNotFound'] })

export const scoreRules = query({
  name: 'crm.scoreRules',
  permission: 'crm.read',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(ruleId.extend({ position: z.int(), fact, word: z.string().nullable(), number: z.int().nullable(), points: z.int(), is_active: flag() })),
    /** From so many points on a lead is hot; 0: none is. */
    hot_score: z.int(),
  }),
  reads: ['crm_score_rule', 'platform_setting'],
  scope: 'shared',
})

export const routingMethods = ['person', 'in_turn', 'least_load'] as const
const routingForm = {
  name: name(100),
  source: line(60).nullable().default(null),
  /** Part of the address. */
  region: line(60).nullable().default(null),
  /** Part of the need or the campaign. */
  word: line(60).nullable().default(null),
  method: z.enum(routingMethods),
  user_id: id().nullable().default(null),
  team_id: id().nullable().default(null),
  is_active: flag().default(1),
}
const goesSomewhere: Rule<{ method: string; user_id: string | null; team_id: string | null }> = [
  (r) => (r.method === 'person') === (r.user_id !== null) && (r.method === 'person') === (r.team_id === null),
  { path: ['user_id'], message: 'a person, or a team' },
]
export const saveRoutingRule = command({
  name: 'crm.saveRoutingRule',
  permission: 'crm.configure',
  input: z.strictObject({ rule_id: id().optional(), position, ...routingForm }).refine(...goesSomewhere),
  output: ruleId,
  refusals: ['crm.ruleNotFound', 'crm.tooManyRules', 'crm.userNotFound', 'platform.teamNotFound'],
})
export const removeRoutingRule = command({ name: 'crm.removeRoutingRule', permission: 'crm.configure', input: z.strictObject({ rule_id: id() }), output: z.object({}), refusals: ['crm.ruleNotFound'] })
/** Gives the open leads that are nobody's to whom the rules say; those that no rule fits stay where they are. */
export const routeLeads = command({ name: 'crm.routeLeads', permission: 'crm.assign', input: z.strictObject({}), output: z.object({ routed: z.int(), left: z.int() }), refusals: ['crm.noRoutingRules'] })

export const routingRules = query({
  name: 'crm.routingRules',
  permission: 'crm.read',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(
      ruleId.extend({
        position: z.int(),
        name: z.string(),
        source: z.string().nullable(),
        region: z.string().nullable(),
        word: z.string().nullable(),
        method: z.enum(routingMethods),
        user_id: id().nullable(),
        team_id: id().nullable(),
        to_name: z.string(),
        last_name: z.string().nullable(),
        is_active: flag(),
      }),
    ),
  }),
  reads: ['crm_routing_rule', 'platform_user', 'platform_team'],
  scope: 'shared',
})

/** Leads of a time by where they came from, and what they have bought since they became customers; and who sent whom. Without days: the last year. */
export const leadSources = query({
  name: 'crm.leadSources',
  permission: 'crm.read',
  input: z.strictObject({ from: day().optional(), to: day().optional() }),
  output: z.object({
    from: day(),
    to: day(),
    rows: z.array(z.object({ source: z.string().nullable(), leads: z.int(), open: z.int(), lost: z.int(), converted: z.int(), bought: z.int(), net_minor: z.int() })),
    /** New customers of the time that were leads, and how many of them a customer had sent. */
    converted: z.int(),
    converted_referred: z.int(),
    referrers: z.array(z.object({ party_id: id(), name: z.string(), leads: z.int(), converted: z.int(), net_minor: z.int() })),
  }),
  reads: ['crm_lead', 'parties_party', 'parties_assignment', 'sales_invoice'],
  refusals: ['crm.daysTurned'],
  scope: 'rows',
})

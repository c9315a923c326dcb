import { z } from 'zod'
import { command, flag, id, instant, line, name, page, query } from '../../kernel/contract.ts'

/** What made two parties look alike. */
export const likenesses = ['name', 'alias', 'phone', 'tax_no', 'similar'] as const

/** What a merged party may take from the one that goes: one value each. Its lists (contacts, addresses, aliases, handles, tags) are united. */
export const mergeFields = [
  'name', 'short_name', 'kind', 'phone', 'email', 'country', 'price_level', 'terms_days', 'credit_limit_minor', 'tax_title', 'tax_no', 'tax_address',
  'tax_phone', 'bank_name', 'bank_account', 'note',
] as const

/**
 * Two parties turn out to be one: the loser points at the winner. Everything that may still change (contacts, drafts, leads, tasks) goes to
 * the winner; posted rows keep the party they were posted for, and every question about the winner counts them. Taken back by `partParties`.
 */
export const mergeParties = command({
  name: 'parties.mergeParties',
  permission: 'parties.merge',
  input: z.strictObject({
    winner_id: id(),
    loser_id: id(),
    /** The fields whose value is the loser's from now on; the others stay the winner's. */
    take: z.array(z.enum(mergeFields)).max(mergeFields.length).default([]),
    /** Keys of the company's own fields of which the same is true. */
    take_extra: z.array(line(60)).max(100).default([]),
    reason: line(500).default(''),
  }),
  output: z.object({ merge_id: id(), party_id: id(), moved: z.int() }),
  refusals: ['parties.partyNotFound', 'parties.mergeWithItself', 'parties.cashPartyIsNeeded', 'parties.partyIsMerged'],
})

/** Takes a merge back: every row that it changed is again as it was, but for what people changed since. */
export const partParties = command({
  name: 'parties.partParties',
  permission: 'parties.merge',
  input: z.strictObject({ merge_id: id() }),
  output: z.object({ winner_id: id(), loser_id: id(), restored: z.int() }),
  refusals: ['parties.mergeNotFound', 'parties.mergeAlreadyParted', 'parties.mergeOvertaken', 'parties.settledAcross'],
})

/** Two that look alike are not one: nobody asks about them again. */
export const tellApart = command({
  name: 'parties.tellApart',
  permission: 'parties.merge',
  input: z.strictObject({ party_ids: z.array(id()).length(2) }),
  output: z.object({}),
  refusals: ['parties.partyNotFound', 'parties.mergeWithItself'],
})

/** Compares those who are new or changed with all others, the next few thousand of them. The program does it by itself too. */
export const weighDuplicates = command({
  name: 'parties.weighDuplicates', permission: 'parties.merge', audit: 'none', input: z.strictObject({}), output: z.object({ weighed: z.int(), unweighed: z.int() }), refusals: [],
})

const brief = z.object({
  party_id: id(),
  code: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  tax_no: z.string().nullable(),
  is_customer: flag(),
  is_supplier: flag(),
  is_active: flag(),
  assigned_name: z.string().nullable(),
  created_at: instant(),
})

/** Pairs of the whole company that are probably one, the likeliest first. */
export const duplicatePairs = query({
  name: 'parties.duplicatePairs',
  permission: 'parties.merge',
  input: z.strictObject({
    /** 70 to 100: how sure it must be. */
    least_score: z.int().min(70).max(100).default(70),
    ...page,
  }),
  output: z.object({ rows: z.array(z.object({ pair: z.string(), score: z.int(), because: z.array(z.enum(likenesses)), one: brief, other: brief })), total: z.int(), /** Parties that were not compared with the others yet: the program does it by itself, some at a time. */ unweighed: z.int() }),
  reads: ['parties_party', 'parties_alias', 'parties_contact', 'parties_likeness', 'parties_alike', 'parties_unweighed', 'parties_distinct', 'parties_assignment', 'platform_user'],
  scope: 'rows',
})

/** What was merged, the latest first. */
export const listMerges = query({
  name: 'parties.merges',
  permission: 'parties.merge',
  input: z.strictObject({ party_id: id().optional(), ...page }),
  output: z.object({
    rows: z.array(
      z.object({
        merge_id: id(),
        winner_id: id(),
        winner_code: z.string(),
        winner_name: z.string(),
        loser_id: id(),
        loser_code: z.string(),
        loser_name: z.string(),
        merged_by_name: name(),
        merged_at: instant(),
        reason: z.string().nullable(),
        moved: z.int(),
        parted_by_name: z.string().nullable(),
        parted_at: instant().nullable(),
      }),
    ),
    total: z.int(),
  }),
  reads: ['parties_merge', 'parties_merge_row', 'parties_party', 'parties_assignment', 'platform_user'],
  scope: 'rows',
})

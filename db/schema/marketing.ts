import { check, index, integer, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, flag, id, instant, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { tier } from './insights.ts'
import { party } from './parties.ts'
import { user } from './platform.ts'
import { LABEL, among, ofParties, ofPartiesOf, type PersonalRows } from '../../src-main/kernel/personal.ts'

/** Something done to win customers, with what it cost. Leads name it in their own words. */
export const campaign = sqliteTable(
  'marketing_campaign',
  {
    id: id(),
    number: txt(),
    name: txt(),
    /** As leads may write it: in small letters. */
    name_key: txt(),
    channel: txt(),
    from_on: day().notNull(),
    to_on: day().notNull(),
    cost_minor: minor(),
    note: optional(),
    state: txt(),
    owner_id: ref().notNull().references(() => user.id),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('campaign_channel', oneOf(t.channel, ['email', 'letter', 'message', 'online', 'event', 'store', 'other'])),
    check('campaign_state', oneOf(t.state, ['planned', 'running', 'closed'])),
    check('campaign_days', sql`to_on >= from_on`),
    uniqueIndex('campaign_number').on(t.number),
    uniqueIndex('campaign_name_key').on(t.name_key),
    index('campaign_state').on(t.state, t.from_on),
    index('campaign_owner').on(t.owner_id),
  ],
)

/** Whom a campaign speaks to, as they were when they were taken in, and what they answered. */
export const member = sqliteTable(
  'marketing_member',
  {
    id: id(),
    campaign_id: ref().notNull().references(() => campaign.id),
    party_id: ref().notNull().references(() => party.id),
    name: txt(),
    contact_name: optional(),
    email: optional(),
    address: optional(),
    response: optional(),
    responded_on: day(),
    /** 1 to 5, where they were asked. */
    score: integer(),
    answer: optional(),
    added_at: instant().notNull(),
  },
  (t) => [
    check('member_response', oneOf(t.response, ['interested', 'bought', 'declined', 'answered'])),
    check('member_score', sql`score between 1 and 5`),
    uniqueIndex('member_party').on(t.campaign_id, t.party_id),
    index('member_campaign').on(t.campaign_id, t.name),
    index('member_of_party').on(t.party_id),
  ],
)

/** A text to the members of a campaign: its fields in braces are filled for each. */
export const letter = sqliteTable(
  'marketing_letter',
  {
    id: id(),
    campaign_id: ref().notNull().references(() => campaign.id),
    subject: txt(),
    body: txt(),
    state: txt(),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
    queued_at: instant(),
  },
  (t) => [check('letter_state', oneOf(t.state, ['draft', 'queued', 'paused'])), index('letter_campaign').on(t.campaign_id)],
)

/** One letter to one person on its way. By e-mail it is claimed before it is sent, so that no restart sends it twice; by post it waits until somebody says that it was posted. */
export const mail = sqliteTable(
  'marketing_mail',
  {
    id: id(),
    letter_id: ref().notNull().references(() => letter.id),
    member_id: ref().notNull().references(() => member.id),
    way: txt(),
    /** By e-mail. */
    email: optional(),
    email_key: optional(),
    /** By post. */
    address: optional(),
    name: txt(),
    subject: txt(),
    body: txt(),
    state: txt(),
    tries: count(),
    next_at: instant().notNull(),
    claimed_at: instant(),
    /** Which run of the program claimed it. */
    claimed_by: optional(),
    told_at: instant(),
    /** The company's day on which it left. */
    sent_on: day(),
    /** What the server said. */
    reply: optional(),
  },
  (t) => [
    check('mail_way', oneOf(t.way, ['email', 'post'])),
    check('mail_whereto', sql`way = 'post' or (email is not null and email_key is not null)`),
    check('mail_state', oneOf(t.state, ['waiting', 'claimed', 'sent', 'unknown', 'bounced', 'failed', 'skipped'])),
    uniqueIndex('mail_once').on(t.letter_id, t.member_id),
    index('mail_letter').on(t.letter_id, t.state),
    index('mail_due').on(t.state, t.next_at),
    index('mail_member').on(t.member_id),
    check('mail_sent', sql`state <> 'sent' or sent_on is not null`),
    index('mail_claimed').on(t.claimed_at).where(sql`claimed_at is not null`),
    index('mail_email').on(t.email_key).where(sql`email_key is not null`),
  ],
)

/** Steps that members of a campaign are led along, each at their own pace. */
export const sequence = sqliteTable(
  'marketing_sequence',
  {
    id: id(),
    campaign_id: ref().notNull().references(() => campaign.id),
    name: txt(),
    /** Its customers become members day by day; without one, the members of the campaign are led. A segment that is gone leads nobody in. */
    segment_id: optional(),
    /** What ends it for who has done it. */
    goal: txt(),
    state: txt(),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('sequence_goal', oneOf(t.goal, ['none', 'ordered', 'replied'])),
    check('sequence_state', oneOf(t.state, ['draft', 'running', 'paused', 'closed'])),
    index('sequence_campaign').on(t.campaign_id),
    index('sequence_state').on(t.state),
  ],
)

export const step = sqliteTable(
  'marketing_step',
  {
    id: id(),
    sequence_id: ref().notNull().references(() => sequence.id),
    position: count(),
    kind: txt(),
    letter_id: ref().references(() => letter.id),
    /** Of a task. */
    title: optional(),
    /** Of a wait. */
    days: integer(),
    /** Only for whom this holds (or does not); the others pass it over, or leave. */
    condition: txt(),
    is_not: flag(),
    tier_id: ref().references(() => tier.id),
    otherwise: txt(),
  },
  (t) => [
    check('step_kind', oneOf(t.kind, ['letter', 'task', 'wait'])),
    check('step_whole', sql`(kind = 'letter' and letter_id is not null) or (kind = 'task' and title is not null) or (kind = 'wait' and days between 1 and 365)`),
    check('step_condition', oneOf(t.condition, ['always', 'replied', 'ordered', 'ticket', 'tier'])),
    check('step_tier', sql`(condition = 'tier') = (tier_id is not null)`),
    check('step_otherwise', oneOf(t.otherwise, ['skip', 'leave'])),
    uniqueIndex('step_position').on(t.sequence_id, t.position),
    index('step_letter').on(t.letter_id).where(sql`letter_id is not null`),
    index('step_tier_of').on(t.tier_id).where(sql`tier_id is not null`),
  ],
)

/** One member's way along a sequence. */
export const walk = sqliteTable(
  'marketing_walk',
  {
    id: id(),
    sequence_id: ref().notNull().references(() => sequence.id),
    member_id: ref().notNull().references(() => member.id),
    /** The step that is next. */
    position: count(),
    due_on: day().notNull(),
    entered_on: day().notNull(),
    state: txt(),
    /** Why they left before the end. */
    why: optional(),
    ended_on: day(),
  },
  (t) => [
    check('walk_state', oneOf(t.state, ['walking', 'reached', 'finished', 'left'])),
    check('walk_why', oneOf(t.why, ['unsubscribed', 'merged', 'gone', 'frozen', 'condition', 'taken_out', 'closed'])),
    check('walk_left', sql`(state = 'left') = (why is not null)`),
    check('walk_ended', sql`(state = 'walking') = (ended_on is null)`),
    uniqueIndex('walk_once').on(t.sequence_id, t.member_id),
    index('walk_due').on(t.state, t.due_on),
    index('walk_member').on(t.member_id),
  ],
)

/** What a step did for a member, once. */
export const walked = sqliteTable(
  'marketing_walked',
  {
    id: id(),
    walk_id: ref().notNull().references(() => walk.id),
    step_id: ref().notNull().references(() => step.id),
    did: txt(),
    on_day: day().notNull(),
    mail_id: ref().references(() => mail.id),
    /** In crm. */
    task_id: ref(),
  },
  (t) => [
    check('walked_did', oneOf(t.did, ['letter', 'task', 'wait', 'passed'])),
    uniqueIndex('walked_once').on(t.walk_id, t.step_id),
    index('walked_step').on(t.step_id),
    index('walked_mail').on(t.mail_id).where(sql`mail_id is not null`),
  ],
)

/** Who wants no more letters: kept for ever, by person and by address. */
export const unsubscribed = sqliteTable(
  'marketing_unsubscribed',
  {
    id: id(),
    party_id: ref().references(() => party.id),
    email_key: optional(),
    reason: optional(),
    at: instant().notNull(),
    by_id: ref().notNull(),
  },
  (t) => [
    check('unsubscribed_whom', sql`party_id is not null or email_key is not null`),
    index('unsubscribed_party').on(t.party_id).where(sql`party_id is not null`),
    index('unsubscribed_email').on(t.email_key).where(sql`email_key is not null`),
  ],
)

/** How they were written to, the letters themselves, what they answered, and that they wanted no more of them. */
const personal: readonly PersonalRows[] = [
  {
    kind: 'marketing.mail',
    table: mail,
    of: ofPartiesOf({ column: 'r.member_id', table: 'marketing_member', party: 'x.party_id' }),
    becomes: { email: LABEL, email_key: LABEL, address: LABEL, name: LABEL, subject: LABEL, body: LABEL, reply: null },
    still: ['state'],
  },
  { kind: 'marketing.member', table: member, of: ofParties('r.party_id'), becomes: { name: LABEL, contact_name: null, email: null, address: null, answer: null }, still: ['response', 'responded_on', 'score'] },
  {
    kind: 'marketing.unsubscribed',
    table: unsubscribed,
    of: {
      rows: (person) => {
        const [party, address] = [among('r.party_id', person.party_ids), among('r.email_key', person.own_words.map((w) => w.toLowerCase()))]
        return { sql: `(${party.sql} or ${address.sql})`, params: [...party.params, ...address.params] }
      },
      ids: 'r.party_id',
    },
    becomes: { email_key: LABEL, reason: null },
  },
]

export const marketingSchema = schema({
  module: 'marketing',
  tables: [campaign, member, letter, mail, sequence, step, walk, walked, unsubscribed],
  guards: [
    { table: campaign, never: ['delete'], code: 'marketing.campaignIsPermanent' },
    { table: sequence, never: ['delete'], code: 'marketing.sequenceIsPermanent' },
    { table: walked, never: ['update', 'delete'], code: 'marketing.walkedIsPermanent' },
    { table: mail, never: ['delete'], code: 'marketing.mailIsPermanent' },
    { table: unsubscribed, never: ['update', 'delete'], code: 'marketing.unsubscribedForEver', yieldsTo: 'erasure' },
  ],
  unlogged: [member, mail, walk, walked, unsubscribed],
  bornWithParent: [],
  reference: [],
  clustered: [],
  personal,
})

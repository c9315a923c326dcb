import { check, index, integer, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, id, instant, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { party } from './parties.ts'
import { user } from './platform.ts'

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

/** One letter to one person on its way: claimed before it is sent, so that no restart sends it twice. */
export const mail = sqliteTable(
  'marketing_mail',
  {
    id: id(),
    letter_id: ref().notNull().references(() => letter.id),
    member_id: ref().notNull().references(() => member.id),
    email: txt(),
    email_key: txt(),
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
    /** What the server said. */
    reply: optional(),
  },
  (t) => [
    check('mail_state', oneOf(t.state, ['waiting', 'claimed', 'sent', 'unknown', 'bounced', 'failed', 'skipped'])),
    uniqueIndex('mail_once').on(t.letter_id, t.member_id),
    index('mail_letter').on(t.letter_id, t.state),
    index('mail_due').on(t.state, t.next_at),
    index('mail_member').on(t.member_id),
    index('mail_claimed').on(t.claimed_at).where(sql`claimed_at is not null`),
    index('mail_email').on(t.email_key),
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

export const marketingSchema = schema({
  module: 'marketing',
  tables: [campaign, member, letter, mail, unsubscribed],
  guards: [
    { table: campaign, never: ['delete'], code: 'marketing.campaignIsPermanent' },
    { table: mail, never: ['delete'], code: 'marketing.mailIsPermanent' },
    { table: unsubscribed, never: ['update', 'delete'], code: 'marketing.unsubscribedForEver' },
  ],
  unlogged: [member, mail, unsubscribed],
  bornWithParent: [],
  reference: [],
  clustered: [],
})

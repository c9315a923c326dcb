import { z } from 'zod'
import { command, day, flag, id, instant, line, name, page, query, text } from '../../kernel/contract.ts'

// Letters by e-mail: written once, filled for each, queued, sent by the program itself and told what became of them.

/** What a letter can be filled with: its name in English and in Chinese. */
export const letterFields = { name: '客户', contact: '联系人', company: '公司', bought: '最近购买', last_on: '最近购买日期', owner: '负责人', today: '今天', unsubscribe: '退订' } as const
export type LetterField = keyof typeof letterFields

export const mailStates = ['waiting', 'claimed', 'sent', 'unknown', 'bounced', 'failed', 'skipped'] as const
export const ways = ['email', 'post'] as const
const mailState = z.enum(mailStates)
const letterId = z.object({ letter_id: id() })
const form = { subject: name(200), body: text(20_000).min(1) }

export const createLetter = command({
  name: 'marketing.createLetter', permission: 'marketing.write', input: z.strictObject({ campaign_id: id(), ...form }), output: letterId, refusals: ['marketing.campaignNotFound', 'marketing.fieldUnknown'],
})
export const updateLetter = command({
  name: 'marketing.updateLetter', permission: 'marketing.write', input: z.strictObject({ letter_id: id(), ...form }), output: letterId, refusals: ['marketing.letterNotFound', 'marketing.letterIsQueued', 'marketing.fieldUnknown'],
})
/** Fills it for every member with an address and lays it in the queue; later it takes in who became a member since. Who unsubscribed is passed over. */
export const queueLetter = command({
  name: 'marketing.queueLetter', permission: 'marketing.send', input: letterId.strict(), output: letterId.extend({ queued: z.int(), skipped: z.int() }),
  refusals: ['marketing.letterNotFound', 'marketing.noAccount', 'marketing.nobodyToWrite'],
})
/** Fills it for members without an e-mail address (or all who did not get it yet) who have a postal one: they are printed, and posted by hand. Who unsubscribed is passed over. */
export const preparePost = command({
  name: 'marketing.preparePost', permission: 'marketing.send', input: z.strictObject({ letter_id: id(), whom: z.enum(['without_email', 'rest']) }),
  output: letterId.extend({ prepared: z.int(), skipped: z.int() }), refusals: ['marketing.letterNotFound', 'marketing.nobodyToPost'],
})
/** Those that were printed are on their way: each stands with its customer from now on. */
export const tellPosted = command({
  name: 'marketing.tellPosted', permission: 'marketing.send', input: z.strictObject({ letter_id: id(), posted_on: day().optional() }), output: letterId.extend({ posted: z.int(), skipped: z.int() }),
  refusals: ['marketing.letterNotFound', 'marketing.nothingToPost', 'marketing.postedInFuture'],
})
export const pauseLetter = command({
  name: 'marketing.pauseLetter', permission: 'marketing.send', input: z.strictObject({ letter_id: id(), paused: flag() }), output: letterId, refusals: ['marketing.letterNotFound', 'marketing.letterNotQueued'],
})

/** What the program was doing when it stopped: it went out, or it is sent again; what was posted came back. Only somebody decides that. */
export const settleMail = command({
  name: 'marketing.settleMail', permission: 'marketing.send', input: z.strictObject({ mail_id: id(), was: z.enum(['sent', 'not_sent', 'returned']) }), output: z.object({ mail_id: id() }),
  refusals: ['marketing.mailNotFound', 'marketing.mailStateForbids'],
})
/** A message that came back, or somebody's wish to get no more, pasted as it came. */
export const readReturned = command({
  name: 'marketing.readReturned', permission: 'marketing.send', input: z.strictObject({ text: text(200_000).min(1) }), output: z.object({ bounced: z.int(), unsubscribed: z.int() }), refusals: ['marketing.nothingRecognised'],
})
export const unsubscribe = command({
  name: 'marketing.unsubscribe',
  permission: 'marketing.write',
  input: z.strictObject({ party_id: id().optional(), email: line(200).optional(), reason: line(200).nullable().default(null) }).refine((f) => f.party_id !== undefined || Boolean(f.email), { path: ['email'], message: 'a person or an address' }),
  output: z.object({ count: z.int() }),
  refusals: ['parties.partyNotFound'],
})

// What the postman of the program does; nobody needs to call it by hand. Harmless to repeat: the row says what was done.

/** Takes the next letter that is due, within the rate; those that another run of the program had in hand are unknown from now on. */
export const claimMail = command({
  name: 'marketing.claimMail',
  permission: 'marketing.send',
  audit: 'none',
  input: z.strictObject({ run: line(60) }),
  output: z.object({ mail: z.object({ mail_id: id(), email: z.string(), name: z.string(), subject: z.string(), body: z.string() }).nullable(), unknown: z.int() }),
  refusals: [],
})
export const tellMail = command({
  name: 'marketing.tellMail',
  permission: 'marketing.send',
  audit: 'none',
  input: z.strictObject({ mail_id: id(), run: line(60), became: z.enum(['sent', 'bounced', 'later', 'unknown', 'held']), reply: line(500).nullable().default(null) }),
  output: z.object({ mail_id: id() }),
  refusals: ['marketing.mailNotFound'],
})
/** Keeps the password of the mail account on this PC, outside the company file: backups and copies do not hold it. */
export const setMailPassword = command({
  name: 'marketing.setMailPassword', permission: 'marketing.configure', audit: 'none', input: z.strictObject({ secret: z.string().min(1).max(500) }), output: z.object({}), refusals: [],
})

const mailRow = z.object({
  mail_id: id(),
  letter_id: id(),
  party_id: id(),
  name: z.string(),
  way: z.enum(ways),
  email: z.string().nullable(),
  address: z.string().nullable(),
  subject: z.string(),
  state: mailState,
  tries: z.int(),
  next_at: instant(),
  claimed_at: instant().nullable(),
  told_at: instant().nullable(),
  reply: z.string().nullable(),
})
export const getLetter = query({
  name: 'marketing.letter',
  permission: 'marketing.read',
  input: letterId.strict(),
  output: z.object({
    letter_id: id(), campaign_id: id(), campaign_name: z.string(), subject: z.string(), body: z.string(), state: z.enum(['draft', 'queued', 'paused']),
    counts: z.array(z.object({ state: mailState, count: z.int() })),
    /** Members with an e-mail address who did not get it yet. */
    left: z.int(),
    /** Members with a postal address who did not get it yet: without an e-mail address, and all. */
    left_post: z.int(),
    left_rest: z.int(),
    /** By post: filled and to be printed; posted. */
    post_waiting: z.int(),
    post_sent: z.int(),
  }),
  reads: ['marketing_letter', 'marketing_mail', 'marketing_member', 'marketing_campaign', 'parties_assignment'],
  refusals: ['marketing.letterNotFound'],
  scope: 'rows',
})
export const listMail = query({
  name: 'marketing.mail',
  permission: 'marketing.read',
  input: z.strictObject({ letter_id: id().optional(), text: line(100).default(''), show: z.enum([...mailStates, 'all']).default('all'), ...page }),
  output: z.object({ rows: z.array(mailRow), total: z.int() }),
  reads: ['marketing_mail', 'marketing_member', 'parties_assignment'],
  scope: 'rows',
})
/** The letter as one member gets it. */
export const previewLetter = query({
  name: 'marketing.preview',
  permission: 'marketing.read',
  input: z.strictObject({ letter_id: id(), position: z.int().min(0).max(1_000_000).default(0) }),
  output: z.object({ name: z.string(), email: z.string().nullable(), subject: z.string(), body: z.string(), members: z.int() }),
  reads: ['marketing_letter', 'marketing_member', 'marketing_campaign', 'sales_invoice', 'sales_invoice_line', 'catalog_item', 'parties_party', 'parties_assignment', 'platform_user', 'platform_company', 'platform_setting'],
  refusals: ['marketing.letterNotFound', 'marketing.nobodyToWrite'],
  scope: 'rows',
})
export const listUnsubscribed = query({
  name: 'marketing.unsubscribed',
  permission: 'marketing.read',
  input: z.strictObject({ text: line(100).default(''), ...page }),
  output: z.object({ rows: z.array(z.object({ id: id(), party_id: id().nullable(), party_name: z.string().nullable(), email: z.string().nullable(), reason: z.string().nullable(), at: instant(), by_name: z.string().nullable() })), total: z.int() }),
  reads: ['marketing_unsubscribed', 'parties_party', 'parties_assignment', 'platform_user'],
  scope: 'rows',
})

/** Letters by post as they are printed: those that wait, or were posted. */
export const listPost = query({
  name: 'marketing.post',
  permission: 'marketing.read',
  input: z.strictObject({ letter_id: id(), show: z.enum(['waiting', 'sent']).default('waiting'), ...page }),
  output: z.object({
    rows: z.array(z.object({ mail_id: id(), name: z.string(), contact_name: z.string().nullable(), address: z.string(), subject: z.string(), body: z.string(), sent_on: day().nullable() })),
    total: z.int(),
  }),
  reads: ['marketing_letter', 'marketing_mail', 'marketing_member', 'marketing_unsubscribed', 'parties_party', 'parties_assignment'],
  refusals: ['marketing.letterNotFound'],
  scope: 'rows',
})

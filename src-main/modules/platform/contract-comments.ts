import { z } from 'zod'
import { command, flag, id, instant, query, text } from '../../kernel/contract.ts'
import { source } from './contract-forms.ts'

// What people say about a document or record, beside it. Who may see the record may read and say something; nobody changes a word of others.

export const addComment = command({
  name: 'platform.addComment',
  permission: 'platform.use',
  /** Who is spoken to finds it in the tray; only who may see the record can be. */
  input: z.strictObject({ ...source, text: text(2000).min(1), mentions: z.array(id()).max(50).default([]) }),
  output: z.object({ comment_id: id() }),
  refusals: ['platform.commentSourceUnknown', 'platform.mentionUnknown', 'platform.mentionCannotSee'],
})

/** Takes back one's own words: that something was said stays, what it was does not. */
export const retractComment = command({
  name: 'platform.retractComment',
  permission: 'platform.use',
  input: z.strictObject({ comment_id: id() }),
  output: z.object({}),
  refusals: ['platform.commentNotFound', 'platform.commentOfOthers'],
})

/** What was said to oneself about a record has been read. Said again it changes nothing. */
export const seeMentions = command({
  name: 'platform.seeMentions',
  permission: 'platform.use',
  audit: 'none',
  input: z.strictObject(source),
  output: z.object({ count: z.int() }),
  refusals: [],
})

/** What others said to oneself and one has not seen yet, the newest first, of records that one may (still) see. */
export const listMentions = query({
  name: 'platform.mentions',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(z.object({ comment_id: id(), ...source, user_name: z.string(), written_at: instant(), text: z.string() })) }),
  reads: ['platform_mention', 'platform_comment', 'platform_user'],
  scope: 'rows',
})

/** Who can be spoken to about a record: those who may see it, without oneself. */
export const listMentionable = query({
  name: 'platform.mentionable',
  permission: 'platform.use',
  input: z.strictObject(source),
  output: z.object({ rows: z.array(z.object({ user_id: id(), name: z.string() })) }),
  reads: ['platform_user', 'platform_role', 'platform_role_grant', 'platform_user_role'],
  scope: 'rows',
})

/** What was said about a record, the oldest first. */
export const listComments = query({
  name: 'platform.comments',
  permission: 'platform.use',
  input: z.strictObject(source),
  output: z.object({
    rows: z.array(z.object({
      comment_id: id(),
      user_name: z.string(),
      is_own: flag(),
      written_at: instant(),
      /** Null: taken back. */
      text: z.string().nullable(),
    })),
  }),
  reads: ['platform_comment', 'platform_user'],
  scope: 'rows',
})

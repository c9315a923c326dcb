import { z } from 'zod'
import { command, flag, id, instant, query, text } from '../../kernel/contract.ts'
import { source } from './contract-forms.ts'

// What people say about a document or record, beside it. Who may see the record may read and say something; nobody changes a word of others.

export const addComment = command({
  name: 'platform.addComment',
  permission: 'platform.use',
  input: z.strictObject({ ...source, text: text(2000).min(1) }),
  output: z.object({ comment_id: id() }),
  refusals: ['platform.commentSourceUnknown'],
})

/** Takes back one's own words: that something was said stays, what it was does not. */
export const retractComment = command({
  name: 'platform.retractComment',
  permission: 'platform.use',
  input: z.strictObject({ comment_id: id() }),
  output: z.object({}),
  refusals: ['platform.commentNotFound', 'platform.commentOfOthers'],
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

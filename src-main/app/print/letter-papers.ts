import { z } from 'zod'
import { id, type OutputOf } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { listMembers, listPost } from '../../modules/marketing/contract.ts'
import type { me } from '../../modules/platform/contract.ts'
import { parsedInput, type Asked } from './asked.ts'
import { labelPaper, startAt } from './label-papers.ts'
import type { PaperData } from './paper.ts'
import { letterheadOf } from './words.ts'

/** Letters that one file holds: what a printer takes in a sitting. */
const PART = 500

const which = { letter_id: id(), show: z.enum(['waiting', 'sent']).default('waiting'), part: z.int().min(1).max(1000).default(1) }
const letters = z.strictObject(which)
const addresses = z.union([
  z.strictObject({ ...which, start_at: startAt() }),
  z.strictObject({ campaign_id: id(), show: z.enum(['all', 'without_email']).default('without_email'), part: which.part, start_at: startAt() }),
])

type Post = OutputOf<typeof listPost>['rows']
const postOf = async ({ ask }: Asked, { letter_id, show, part }: z.output<typeof letters>): Promise<Post> =>
  ((await ask('marketing.post', { letter_id, show, limit: PART, offset: (part - 1) * PART })) as OutputOf<typeof listPost>).rows

function assertSome(rows: readonly unknown[]): void {
  if (rows.length === 0) throw new Refusal('marketing.nothingToPost', {})
}

const linesOf = ({ name, contact_name, address }: { name: string; contact_name: string | null; address: string }): string[] => [name, contact_name ?? '', address].filter(Boolean)

/** Letters by post, one after the other in one file; their order is that of their labels. */
export async function letterPaper(asked: Asked): Promise<PaperData> {
  const rows = await postOf(asked, parsedInput(letters, asked.input))
  assertSome(rows)
  const { company, today } = (await asked.ask('platform.me', {})) as OutputOf<typeof me>
  return {
    ...letterheadOf({ company, locale: asked.locale }),
    title: rows[0]!.subject,
    number: '',
    letters: rows.map((r) => ({ to: linesOf(r), day: r.sent_on ?? today, subject: r.subject, body: r.body })),
  }
}

/** Addresses of a letter's recipients in its order, or of a campaign's members; who wants no letters gets no label. */
export async function addressPaper(asked: Asked): Promise<PaperData> {
  const input = parsedInput(addresses, asked.input)
  const rows = 'letter_id' in input ? await postOf(asked, input) : await membersOf(asked, input)
  assertSome(rows)
  const labels = rows.map(({ name, contact_name, address }) => ({ code: '', facts: { recipient: name, contact: contact_name === name ? null : contact_name, address } }))
  return labelPaper({ kind: 'marketing.address', locale: asked.locale, labels, start_at: input.start_at })
}

async function membersOf({ ask }: Asked, { campaign_id, show, part }: { campaign_id: string; show: string; part: number }) {
  const { rows } = (await ask('marketing.members', { campaign_id, show, limit: PART, offset: (part - 1) * PART })) as OutputOf<typeof listMembers>
  return rows.flatMap((m) => (m.is_unsubscribed === 1 || m.address === null ? [] : [{ name: m.name, contact_name: m.contact_name, address: m.address }]))
}

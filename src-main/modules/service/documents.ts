import type { OutputOf } from '../../kernel/contract.ts'
import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { visibleParties, winnerOf } from '../parties/index.ts'
import { linkDocument, sourceKinds, ticketsOfDocument, unlinkDocument, type getTicket } from './contract.ts'
import { assertOpen, familyOf, ticketInHand, visibleTickets } from './sight.ts'
import { linkTicket, unlinkTicket } from './ticket.store.ts'

type SourceKind = (typeof sourceKinds)[number]
type Source = { readonly source_kind: SourceKind; readonly source_id: string }
export type Link = OutputOf<typeof getTicket>['documents'][number]

const sources: Readonly<Record<SourceKind, { table: string; number: string; kind: string; amount: string; permission: string }>> = {
  'sales.order': { table: 'sales_order', number: 'number', kind: `'order'`, amount: 'gross_minor', permission: 'sales.read' },
  'sales.delivery': { table: 'sales_delivery', number: 'number', kind: 'kind', amount: 'null', permission: 'sales.read' },
  'sales.invoice': { table: 'sales_invoice', number: 'number', kind: 'kind', amount: 'gross_minor', permission: 'sales.read' },
  'accounting.payment': { table: 'accounting_payment', number: 'number', kind: 'kind', amount: 'amount_minor', permission: 'accounting.readMoney' },
}

/** Whose document it is. Refuses 'service.documentNotFound' where there is none that the actor may read. */
export async function documentOf(ctx: CommandCtx, { source_kind, source_id }: Source): Promise<{ party_id: string; number: string | null }> {
  const { table, permission } = sources[source_kind]
  const scope = ctx.scopeUnder(permission)
  const seen = scope && visibleParties(scope, 'd.party_id')
  const row = seen && (await ctx.db.get<{ party_id: string; number: string | null }>(`select d.party_id, d.number from ${table} d where d.id = ? and ${seen.sql}`, [source_id, ...seen.params]))
  if (!row) throw new Refusal('service.documentNotFound', { source_kind, source_id })
  // Of somebody who was merged: whom it concerns now.
  return { ...row, party_id: await winnerOf(ctx, row.party_id) }
}

export const linkDocumentHandler = handle(linkDocument, async (ctx, { ticket_id, ...source }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  assertOpen(ticket)
  const { party_id, number } = await documentOf(ctx, source)
  if (party_id !== ticket.party_id) throw new Refusal('service.otherCustomer', { name: number })
  if (await isLinked(ctx, { ticket_id, ...source })) throw new Refusal('service.alreadyLinked', { number: ticket.number })
  await linkTicket(ctx, { ticket_id, ...source })
  return { ticket_id }
})

export const unlinkDocumentHandler = handle(unlinkDocument, async (ctx, link) => {
  assertOpen(await ticketInHand(ctx, link.ticket_id))
  if (!(await isLinked(ctx, link))) throw new Refusal('service.notLinked', {})
  await unlinkTicket(ctx, link)
  return { ticket_id: link.ticket_id }
})

const isLinked = async (ctx: CommandCtx, { ticket_id, source_kind, source_id }: Source & { ticket_id: string }): Promise<boolean> =>
  (await ctx.db.get<{ ticket_id: string }>('select ticket_id from service_document where ticket_id = ? and source_kind = ? and source_id = ?', [ticket_id, source_kind, source_id])) !== undefined

type Row = { kind: string; id: string; number: string | null; day: string; amount_minor: number | null }
const kinds: Readonly<Record<string, Link['kind']>> = { supplier_refund: 'payment' }

/** Every document around a ticket that the reader may see: those it is about, the refund's credit note and money, parts and their vouchers. */
export async function documentsOf(ctx: QueryCtx, ticket_id: string): Promise<Link[]> {
  const family = await familyOf(ctx, ticket_id)
  const linked = await ctx.db.all<Source & { ticket_id: string }>(`select ticket_id, source_kind, source_id from service_document where ticket_id in (${marks(family)}) order by source_kind, source_id`, family)
  const refunds = await ctx.db.all<{ invoice_id: string; credit_note_id: string | null; payment_id: string | null }>(
    `select invoice_id, credit_note_id, payment_id from service_refund where state <> 'declined' and ticket_id in (${marks(family)}) order by id`,
    family,
  )
  const derived = refunds.flatMap((r): Source[] => [
    { source_kind: 'sales.invoice', source_id: r.invoice_id },
    ...(r.credit_note_id === null ? [] : [{ source_kind: 'sales.invoice' as const, source_id: r.credit_note_id }]),
    ...(r.payment_id === null ? [] : [{ source_kind: 'accounting.payment' as const, source_id: r.payment_id }]),
  ])
  const own = new Set(linked.filter((l) => l.ticket_id === ticket_id).map((l) => l.source_id))
  const links: Link[] = []
  for (const source_kind of sourceKinds) {
    const ids = [...new Set([...linked, ...derived].filter((s) => s.source_kind === source_kind).map((s) => s.source_id))]
    const { table, kind, amount, permission } = sources[source_kind]
    const scope = ctx.scopeUnder(permission)
    if (ids.length === 0 || scope === undefined) continue
    const seen = visibleParties(scope, 'd.party_id')
    const rows = await ctx.db.all<Row>(
      `select d.id, d.number, d.day, ${kind.startsWith(`'`) ? kind : `d.${kind}`} as kind, ${amount === 'null' ? 'null' : `d.${amount}`} as amount_minor from ${table} d
        where d.id in (${marks(ids)}) and ${seen.sql} order by d.day, d.id`,
      [...ids, ...seen.params],
    )
    links.push(...rows.map((r): Link => ({ ...r, kind: kinds[r.kind] ?? (r.kind as Link['kind']), source_kind, source_id: r.id, is_own: own.has(r.id) ? 1 : 0 })))
  }
  return [...links, ...(await partsLinks(ctx, { family, credit_note_ids: refunds.flatMap((r) => r.credit_note_id ?? []) }))].map(({ source_kind, source_id, kind, number, day, amount_minor, is_own }) => ({
    source_kind, source_id, kind, number, day, amount_minor, is_own,
  }))
}

async function partsLinks(ctx: QueryCtx, { family, credit_note_ids }: { family: readonly string[]; credit_note_ids: readonly string[] }): Promise<Link[]> {
  const parts = await ctx.db.all<{ id: string; number: string; day: string }>(`select id, number, day from service_parts where ticket_id in (${marks(family)}) order by day, id`, family)
  const links = parts.map((p): Link => ({ source_kind: 'service.parts', source_id: p.id, kind: 'parts', number: p.number, day: p.day, amount_minor: null, is_own: 0 }))
  if (!ctx.may('accounting.read')) return links
  const entries = await ctx.db.all<{ id: string; word: string; number: number; day: string; total_minor: number }>(
    `select id, word, number, day, total_minor from accounting_entry
      where (source_kind = 'service.parts' and source_id in (${marks(parts)})) or (source_kind = 'sales.invoice' and source_id in (${marks(credit_note_ids)})) order by day, id`,
    [...parts.map((p) => p.id), ...credit_note_ids],
  )
  return [...links, ...entries.map((e): Link => ({ source_kind: 'accounting.entry', source_id: e.id, kind: 'entry', number: `${e.word}-${e.number}`, day: e.day, amount_minor: e.total_minor, is_own: 0 }))]
}

/** By its own link, or by the refund of which it is the invoice, the credit note or the money; a merged one is told as the one it lives on in. */
export const ticketsOfDocumentHandler = answer(ticketsOfDocument, async (ctx, { source_kind, source_id }) => {
  const seen = visibleTickets(ctx.scope, 't')
  const rows = await ctx.db.all<OutputOf<typeof ticketsOfDocument>['rows'][number]>(
    `select t.id as ticket_id, t.number, t.subject, t.state, t.created_on from service_ticket t
      where t.id in (
        select coalesce(x.merged_into_id, x.id) from service_ticket x where x.id in (
          select ticket_id from service_document where source_kind = ? and source_id = ?
          union select ticket_id from service_parts where id = ?
          union select ticket_id from service_refund where state <> 'declined' and (invoice_id = ? or credit_note_id = ? or payment_id = ?)))
        and ${seen.sql} order by t.id desc limit 50`,
    [source_kind, source_id, source_id, source_id, source_id, source_id, ...seen.params],
  )
  return { rows }
})

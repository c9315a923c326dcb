import { randomUUID } from 'node:crypto'
import type { Answer, Caller, Office } from '../office-types.ts'
import type { Lobby } from '../lobby.ts'
import { jsonBody, languageOf, refuse, reply, type HostContext } from './answers.ts'
import { callerOf } from './desk.ts'
import type { Ticket } from './gate.ts'

type Bytes = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
export type Refused = Extract<Answer, { ok: false }>
/** A finished file, or the reason why there is none. */
export type Paper =
  | { readonly ok: true; readonly body: Bytes; readonly file_name: string; readonly mime: string }
  | Refused

type Behind = { readonly office: Office; readonly caller: Caller; readonly data: string; readonly currency: string }
/**
 * What to print: `name` is the kind of paper (sales.invoice), `input` says which one ({id}), `template` names how, or says it (a definition that
 * is not kept yet); without it the usual one is taken.
 */
export type PrintRequest = { readonly name: string; readonly input: unknown; readonly template?: unknown; readonly language: 'zh-CN' | 'en' }
/** Prints a document. Rights and rows are checked by the query behind it. */
export type PrintService = (request: PrintRequest, behind: Behind) => Promise<Paper>
/** `form` says what a list's file shows; the journal has its own. */
export type ExportRequest = { readonly name: string; readonly input: unknown; readonly form?: unknown; readonly format: string; readonly language: 'zh-CN' | 'en' }
/** Writes all rows of a list, or the journal, as a file of `format`. */
export type ExportService = (request: ExportRequest, behind: Behind) => Promise<Paper>

type Shell = { readonly lobby: Lobby; readonly desk: string }

function behind(c: HostContext, { lobby, desk }: Shell): Behind | undefined {
  const open = lobby.current()
  if (!open) return undefined
  const caller = callerOf({ ticket: c.get('ticket'), lobby, desk })
  return { office: open.office, data: open.data, currency: open.office.card.currency, caller }
}

function deliver(c: HostContext, paper: Paper, disposition: 'inline' | 'attachment'): Response {
  if (!paper.ok) return reply(c, paper)
  const headers = {
    'Content-Type': paper.mime,
    'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(paper.file_name)}`,
    'Cache-Control': 'no-store',
  }
  return c.body(paper.body, 200, headers)
}

type Held = { readonly paper: Extract<Paper, { ok: true }>; readonly ticket: Ticket; readonly signedIn: Ticket['signedIn'] }

/** How many papers are kept for the pages that asked for them: what one desk looks at, opens and prints a moment later. */
const MOST_HELD = 12

/**
 * GET /print/NAME/ID.pdf?lang=zh-CN&template=a5-wide prints at once. POST /print/NAME {input, template, lang} prints what no address can say
 * (many labels, a template that is not kept yet) and answers {address}: GET there hands the paper out, as often as it is asked for, to the
 * same desk.
 */
export function printing(shell: Shell, print: PrintService | undefined): { now(c: HostContext): Promise<Response>; hold(c: HostContext): Promise<Response> } {
  const held = new Map<string, Held>()
  const printed = async (c: HostContext, request: Omit<PrintRequest, 'name'>): Promise<Paper | Response> => {
    const from = behind(c, shell)
    if (!from) return refuse(c, 409, 'host.noCompanyOpen')
    if (!print) return refuse(c, 501, 'host.noPrinting')
    return print({ name: decodeURIComponent(c.req.path.split('/')[2] ?? ''), ...request }, from)
  }
  return {
    async now(c) {
      const file = decodeURIComponent(c.req.path.split('/')[3] ?? '').replace(/\.pdf$/, '')
      if (c.req.path.startsWith('/print/held/')) {
        const kept = held.get(file)
        return kept && kept.ticket === c.get('ticket') && kept.signedIn === kept.ticket.signedIn ? deliver(c, kept.paper, 'inline') : refuse(c, 409, 'host.paperGone')
      }
      const template = c.req.query('template')
      const paper = await printed(c, { input: { id: file }, language: languageOf(c), ...(template === undefined ? {} : { template }) })
      return paper instanceof Response ? paper : deliver(c, paper, 'inline')
    },
    async hold(c) {
      const asked = await jsonBody(c)
      if (!asked) return refuse(c, 400, 'host.malformedJson')
      const { input = {}, template, lang } = Object(asked.value) as { input?: unknown; template?: unknown; lang?: unknown }
      const language = lang === 'zh-CN' || lang === 'en' ? lang : languageOf(c)
      const paper = await printed(c, { input, language, ...(template === undefined ? {} : { template }) })
      if (paper instanceof Response) return paper
      if (!paper.ok) return reply(c, paper)
      const name = randomUUID()
      const ticket = c.get('ticket')
      held.set(name, { paper, ticket, signedIn: ticket.signedIn })
      for (const oldest of held.keys()) if (held.size > MOST_HELD) held.delete(oldest)
      return reply(c, { ok: true, output: { address: `/print/held/${name}.pdf` } })
    },
  }
}

/** GET /export/NAME?format=xlsx&input={…}&form={…}&lang=en, or POST with {format, input, form} as the body: marked rows are too many for an address. */
export function exporting(shell: Shell, write: ExportService | undefined): (c: HostContext) => Promise<Response> {
  return async (c) => {
    const from = behind(c, shell)
    if (!from) return refuse(c, 409, 'host.noCompanyOpen')
    if (!write) return refuse(c, 501, 'host.noExport')
    const asked = c.req.method === 'POST' ? await jsonBody(c) : addressed(c)
    if (!asked) return refuse(c, 400, 'host.malformedJson')
    const { input = {}, form, format = 'xlsx' } = Object(asked.value) as { input?: unknown; form?: unknown; format?: unknown }
    const name = decodeURIComponent(c.req.path.split('/')[2] ?? '')
    return deliver(c, await write({ name, input, form, format: String(format), language: languageOf(c) }, from), 'attachment')
  }
}

/** What is asked for in the address; undefined stands for text that is not JSON. */
function addressed(c: HostContext): { readonly value: unknown } | undefined {
  const { format, input, form } = c.req.query()
  try {
    return { value: { format, input: JSON.parse(input ?? '{}') as unknown, ...(form === undefined ? {} : { form: JSON.parse(form) as unknown }) } }
  } catch {
    return undefined
  }
}

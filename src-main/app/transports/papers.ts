import type { Answer, Caller, Office } from '../office-types.ts'
import type { Lobby } from '../lobby.ts'
import { jsonBody, languageOf, refuse, reply, type HostContext } from './answers.ts'
import { callerOf } from './desk.ts'

type Bytes = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
type Refused = Extract<Answer, { ok: false }>
/** A finished file, or the reason why there is none. */
export type Paper =
  | { readonly ok: true; readonly body: Bytes; readonly file_name: string; readonly mime: string }
  | Refused

type Behind = { readonly office: Office; readonly caller: Caller; readonly data: string; readonly currency: string }
/** Prints a document: `name` is the printable (sales.invoice), `id` the document. Rights and rows are checked by the query behind it. */
export type PrintService = (request: { name: string; id: string; language: 'zh-CN' | 'en' }, behind: Behind) => Promise<Paper>
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

/** GET /print/NAME/ID.pdf?lang=zh-CN */
export function printing(shell: Shell, print: PrintService | undefined): (c: HostContext) => Promise<Response> {
  return async (c) => {
    const from = behind(c, shell)
    if (!from) return refuse(c, 409, 'host.noCompanyOpen')
    if (!print) return refuse(c, 501, 'host.noPrinting')
    const [, , name = '', file = ''] = c.req.path.split('/').map(decodeURIComponent)
    return deliver(c, await print({ name, id: file.replace(/\.pdf$/, ''), language: languageOf(c) }, from), 'inline')
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

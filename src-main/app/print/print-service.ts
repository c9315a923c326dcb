import { z } from 'zod'
import { parsedAs, type Asked, type PrintingCompany } from './asked.ts'
import { dunningPaper, ledgerPaper, paymentPaper, statementPaper } from './books-papers.ts'
import { contractPaper } from './contract-paper.ts'
import { examplePaper } from './example-paper.ts'
import { itemLabelPaper, placeLabelPaper } from './label-papers.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import type { Printable } from '../../kernel/papers.ts'
import { Invalid, Refusal } from '../../kernel/refusal.ts'
import { printDefinition, type listPrintTemplates, type me } from '../../modules/platform/contract.ts'
import { assertPrintable } from '../../modules/platform/index.ts'
import type { PrintDefinition } from '../../modules/platform/print-ready.ts'
import { placeOf } from '../company-place.ts'
import { wholeRegistry } from '../modules.ts'
import type { Answer } from '../office-types.ts'
import type { Registry } from '../registry.ts'
import { stateOfFile, storedFile } from '../stored-files.ts'
import { refusal } from '../transports/answers.ts'
import type { Paper, PrintRequest, PrintService } from '../transports/papers.ts'
import { scratchFolder } from '../world.ts'
import { addressPaper, letterPaper } from './letter-papers.ts'
import { compose } from './compose.ts'
import { joinPdfs } from './join-pdf.ts'
import type { PaperData } from './paper.ts'
import { renderPdf } from './pdf.ts'
import { acquisitionPaper, retentionPaper } from './report-papers.ts'
import { deliveryPaper, invoicePaper, offerPaper } from './sales-papers.ts'
import { paperWords } from './words.ts'

type Behind = Parameters<PrintService>[1]
type Asking = Asked['ask']

/** How a kind of paper gets its data: from the query behind it, where rights and rows are checked. */
const one = (query: string, { input, paper }: { input: (given: Asked['input']) => object; paper: (data: never) => PaperData }) =>
  async ({ ask, input: given, locale }: Asked): Promise<PaperData> => paper((await ask(query, { ...input(given), locale })) as never)

const papers: Readonly<Record<string, (asked: Asked) => Promise<PaperData>>> = {
  'sales.invoice': one('sales.invoicePrint', { input: ({ id }) => ({ invoice_id: id }), paper: invoicePaper }),
  'sales.delivery': one('sales.deliveryPrint', { input: ({ id }) => ({ delivery_id: id }), paper: deliveryPaper }),
  'sales.order': one('sales.offerPrint', { input: ({ id }) => ({ kind: 'order', id }), paper: offerPaper }),
  'sales.quote': one('sales.offerPrint', { input: ({ id }) => ({ kind: 'quote', id }), paper: offerPaper }),
  'sales.statement': statementPaper,
  'accounting.payment': paymentPaper,
  'accounting.ledger': ledgerPaper,
  'credit.dunning': dunningPaper,
  'contracts.contract': contractPaper,
  'catalog.label': itemLabelPaper,
  'inventory.label': placeLabelPaper,
  'marketing.letter': letterPaper,
  'marketing.address': addressPaper,
  'marketing.acquisition': acquisitionPaper,
  'insights.retention': retentionPaper,
}

let registry: Registry | undefined
const known = (): Registry => (registry ??= wholeRegistry())

/** The office's no to one of the questions that a paper is made of. */
class Declined extends Error {
  readonly answer: Extract<Answer, { ok: false }>
  constructor(answer: Extract<Answer, { ok: false }>) {
    super(answer.code)
    this.answer = answer
  }
}

/** Prints one document as PDF: by a template of the company or a ready-made one, or by a definition that is not kept yet (the designer's preview). */
export const printDocument: PrintService = async (request, behind) => {
  const ask: Asking = async (name, input) => {
    const answer = await behind.office.ask({ name, input }, behind.caller)
    if (!answer.ok) throw new Declined(answer)
    return answer.output
  }
  try {
    return await printed(request, { behind, ask })
  } catch (error) {
    if (error instanceof Declined) return error.answer
    if (error instanceof Refusal) return refusal(error.code, error.details)
    if (error instanceof Invalid) return { ok: false, kind: 'invalid', code: error.code, details: { problems: error.problems } }
    throw error
  }
}

async function printed(request: PrintRequest, { behind, ask }: { behind: Behind; ask: Asking }): Promise<Paper> {
  const kind = request.name.replace(/Print$/, '')
  const read = papers[kind]
  const printable = known().printables.get(kind)
  if (!read || !printable) return refusal('platform.printKindUnknown', { kind })
  const { rows, logo_sha256 } = (await ask('platform.printTemplates', { kind })) as OutputOf<typeof listPrintTemplates>
  const template = templateOf(request.template, { rows, printable })
  const company = async (): Promise<PrintingCompany> => ((await ask('platform.me', {})) as OutputOf<typeof me>).company
  const input = parsedAs(z.record(z.string(), z.unknown()), { value: request.input, field: 'input' })
  const locale = template.language ?? request.language
  const logo = await logoOf(logo_sha256, { template, data: behind.data })
  const rendered = (data: PaperData): Promise<Uint8Array<ArrayBuffer>> => renderPdf(compose({ data, template, printable, logo, t: paperWords(data.locale) }))
  if ('ids' in input) return together(parsedAs(severalIds, { value: input['ids'], field: 'ids' }), { locale, rendered, read: (id) => read({ ask, input: { id }, locale, company }) })
  const data = 'example' in input
    ? examplePaper({ printable, locale, company: await company(), lines: parsedAs(exampleLines, { value: input['example'], field: 'example' }) })
    : await read({ ask, input, locale, company })
  assertOnSheet(template, data)
  return { ok: true, body: await rendered(data), file_name: fileName(data), mime: 'application/pdf' }
}

function assertOnSheet({ sheet }: PrintDefinition, { start_at = 1 }: PaperData): void {
  if (sheet && start_at > sheet.columns * sheet.rows) throw new Refusal('platform.labelBeyondSheet', { start_at, labels: sheet.columns * sheet.rows })
}

/** More than anybody looks through before they go to the printer. */
const MOST_TOGETHER = 200
const severalIds = z.array(z.string().max(100)).min(1).max(MOST_TOGETHER)

type Reading = { readonly locale: string; read(id: string): Promise<PaperData>; rendered(data: PaperData): Promise<Uint8Array<ArrayBuffer>> }

/** Several documents of a kind one after the other in one file, each with its own pages; the first that may not be printed stops it. */
async function together(ids: readonly string[], { locale, read, rendered }: Reading): Promise<Paper> {
  const pdfs: Uint8Array<ArrayBuffer>[] = []
  const numbers: string[] = []
  let title = ''
  for (const id of ids) {
    const data = await read(id)
    title ||= data.title
    numbers.push(data.number)
    pdfs.push(await rendered(data))
  }
  const number = [...new Set([numbers[0], numbers.at(-1)])].join('–')
  return { ok: true, body: await joinPdfs(pdfs, { title: `${title} ${number}`, language: locale }), file_name: fileName({ title, number }), mime: 'application/pdf' }
}

/** The designer's preview prints an invented document of so many lines. */
const exampleLines = z.int().min(1).max(200)

const fileName = ({ title, number }: Pick<PaperData, 'title' | 'number'>): string => `${[title, number].filter(Boolean).join(' ').replace(/[\\/:*?"<>|\n]+/g, '-')}.pdf`

type Row = OutputOf<typeof listPrintTemplates>['rows'][number]

/** By its reference, by what it says, or the one that this kind is printed with at first. */
function templateOf(wish: unknown, { rows, printable }: { rows: readonly Row[]; printable: Printable }): PrintDefinition {
  if (typeof wish === 'object' && wish !== null) {
    const definition = parsedAs(printDefinition, { value: wish, field: 'template' })
    assertPrintable(printable, definition)
    return definition
  }
  const row = wish === undefined ? rows.find((r) => r.is_default === 1) : rows.find((r) => r.template === wish)
  if (!row) throw new Refusal('platform.printTemplateNotFound', { template_id: String(wish) })
  return row.definition
}

/** The logo's file, where the template shows one and its content is whole. */
async function logoOf(sha256: string | null, { template, data }: { template: PrintDefinition; data: string }): Promise<string | null> {
  const place = placeOf(data, scratchFolder())
  if (sha256 === null || !template.parts.includes('logo') || place.kind !== 'folder') return null
  const content = { folder: place.files, sha256 }
  return (await stateOfFile(content)) === 'whole' ? storedFile(content) : null
}

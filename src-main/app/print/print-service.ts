import type { Answer } from '../office-types.ts'
import type { PrintService } from '../transports/papers.ts'
import type { PaperModel } from './paper.ts'
import { renderPdf } from './pdf.ts'
import { deliveryPaper, invoicePaper, offerPaper } from './sales-papers.ts'

/** A printable: the query that gives its data (rights and rows are checked there) and the paper made of it. */
type Printable = { readonly query: string; readonly input: (id: string) => Record<string, unknown>; readonly paper: (data: never) => PaperModel }

const printables: Readonly<Record<string, Printable>> = {
  'sales.invoice': { query: 'sales.invoicePrint', input: (id) => ({ invoice_id: id }), paper: invoicePaper },
  'sales.delivery': { query: 'sales.deliveryPrint', input: (id) => ({ delivery_id: id }), paper: deliveryPaper },
  'sales.order': { query: 'sales.offerPrint', input: (id) => ({ kind: 'order', id }), paper: offerPaper },
  'sales.quote': { query: 'sales.offerPrint', input: (id) => ({ kind: 'quote', id }), paper: offerPaper },
}

/** Prints one document as PDF in the language asked for. */
export const printDocument: PrintService = async ({ name, id, language }, { office, caller }) => {
  const printable = printables[name] ?? printables[name.replace(/Print$/, '')]
  if (!printable) return { ok: false, kind: 'refusal', code: 'platform.notPrintable', details: { name } }
  const answer: Answer = await office.ask({ name: printable.query, input: { ...printable.input(id), locale: language } }, caller)
  if (!answer.ok) return answer
  const model = printable.paper(answer.output as never)
  return { ok: true, body: await renderPdf(model), file_name: `${model.title} ${model.number}.pdf`, mime: 'application/pdf' }
}

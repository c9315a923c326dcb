import { printDocument } from '../../../src-main/app/print/print-service.ts'
import type { Refused, PrintRequest } from '../../../src-main/app/transports/papers.ts'
import { measured, type PaperFacts } from '../../support/paper-facts.ts'
import type { TestOffice } from '../../support/office.ts'

type Printed = { readonly ok: true; readonly file_name: string; readonly pdf: Uint8Array } & PaperFacts

/** Prints as the host does, for the company's owner or somebody else, and measures the paper. */
export async function printed(t: TestOffice, request: Partial<PrintRequest> & { readonly name: string }, as?: string): Promise<Printed | Refused> {
  const userId = as ?? (await t.office.bus.people()).ownerId!
  const behind = { office: t.office, data: t.data, currency: 'CNY', caller: { desk: 'test', userId } }
  const paper = await printDocument({ input: {}, language: 'zh-CN', ...request }, behind as never)
  if (!paper.ok) return paper
  const pdf = paper.body as Uint8Array
  return { ok: true, file_name: paper.file_name, pdf, ...measured(pdf) }
}

/** What must have been printed. */
export async function paperOf(...request: Parameters<typeof printed>): Promise<Printed> {
  const paper = await printed(...request)
  if (!paper.ok) throw new Error(JSON.stringify(paper))
  return paper
}

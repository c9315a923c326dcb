import { PDFDocument } from '@cantoo/pdf-lib'

type Bytes = Uint8Array<ArrayBuffer>

/** The pages of all documents in their order, as one document that is named like the first; each keeps its fonts, sizes and page numbers. */
export async function joinPdfs(pdfs: readonly Bytes[], { title, language }: { readonly title: string; readonly language: string }): Promise<Bytes> {
  if (pdfs.length === 1) return pdfs[0]!
  const joined = await PDFDocument.create()
  for (const pdf of pdfs) {
    const one = await PDFDocument.load(pdf)
    for (const page of await joined.copyPages(one, one.getPageIndices())) joined.addPage(page)
  }
  joined.setTitle(title)
  joined.setLanguage(language)
  return new Uint8Array(await joined.save())
}

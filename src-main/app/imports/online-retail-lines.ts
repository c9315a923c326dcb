/** Texts kept once and named by number, in order of first appearance. */
export class TextPool {
  readonly texts: string[] = []
  private readonly numbers = new Map<string, number>()

  numberOf(text: string): number {
    let no = this.numbers.get(text)
    if (no === undefined) {
      no = this.texts.length
      this.numbers.set(text, no)
      this.texts.push(text)
    }
    return no
  }
}

/** One document of the file: the first line gives its day, customer and row. */
export type FileDocument = {
  /** Its place among the documents, from 0. */
  readonly index: number
  readonly number: string
  readonly kind: 'ordinary' | 'credit_note' | 'bad_debt'
  readonly day: string
  readonly customer: string
  readonly row: number
  lineCount: number
  /** No line has a price. */
  isFree: 0 | 1
  /** Every line is a service. */
  isServices: 0 | 1
}

/** All lines of the file in file order, as columns of plain numbers: half a million lines stay small in memory. */
export class FileLines {
  readonly items = new TextPool()
  readonly descriptions = new TextPool()
  readonly documents: FileDocument[] = []
  readonly countries = new Map<string, string>()
  readonly document: number[] = []
  readonly item: number[] = []
  readonly quantity_e6: number[] = []
  readonly price_e4: number[] = []
  readonly description: number[] = []
  private readonly byNumber = new Map<string, FileDocument>()
  /** The lines of a document mostly follow each other. */
  private last: FileDocument | undefined

  get count(): number {
    return this.document.length
  }

  documentOf(number: string): FileDocument | undefined {
    if (this.last?.number !== number) this.last = this.byNumber.get(number)
    return this.last
  }

  open(document: Omit<FileDocument, 'index'>): FileDocument {
    const opened = { ...document, index: this.documents.length }
    this.byNumber.set(document.number, opened)
    this.documents.push(opened)
    return (this.last = opened)
  }

  add(line: { document: FileDocument; code: string; quantity_e6: number; price_e4: number; description: string; isService: boolean }): void {
    const { document } = line
    document.lineCount++
    if (line.price_e4 !== 0) document.isFree = 0
    if (!line.isService) document.isServices = 0
    this.document.push(document.index)
    this.item.push(this.items.numberOf(line.code))
    this.quantity_e6.push(line.quantity_e6)
    this.price_e4.push(line.price_e4)
    this.description.push(this.descriptions.numberOf(line.description))
  }

  /** The lines of each document in file order: line numbers, and where each document's begin. */
  grouped(): { readonly lines: Int32Array; readonly starts: Int32Array } {
    const starts = new Int32Array(this.documents.length + 1)
    for (let d = 0; d < this.documents.length; d++) starts[d + 1] = starts[d]! + this.documents[d]!.lineCount
    const next = starts.slice()
    const lines = new Int32Array(this.count)
    for (let i = 0; i < this.count; i++) lines[next[this.document[i]!]!++] = i
    return { lines, starts }
  }
}

import type { LabelSheet, PrintPart } from '../../kernel/papers.ts'

type Locale = 'zh-CN' | 'en'
type Pair = { readonly label: string; readonly value: string }
export type Total = Pair & { readonly is_strong: 0 | 1 }
/** A small table below the lines, with words above it. */
export type SmallTable = { readonly title: string; readonly heads: readonly string[]; readonly values: readonly string[] }
/** A second table, below the lines: in which parts something is paid. */
export type PlanTable = { readonly title: string; readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] }
/** A part to cut off, sign and send back. */
export type Slip = { readonly title: string; readonly lines: readonly string[]; readonly signatures: readonly string[] }
/** What somebody is written: who and where, and the words. */
export type Letter = { readonly to: readonly string[]; readonly day: string; readonly subject: string; readonly body: string }
/** Lines of a table: strong for sums, pale for what explains the line above. */
export type PaperRow = { readonly cells: Readonly<Record<string, string>>; readonly look?: 'strong' | 'pale' }

/**
 * All that a document has to say on paper, by field, already in its language. What of it is printed, in which order and where is the
 * template's business. Fields without a value are left out.
 */
export type PaperData = {
  readonly title: string
  /** Shown beside the title and on every further page. */
  readonly number: string
  readonly locale: Locale
  readonly company: { readonly name: string; readonly lines: readonly string[] }
  /** A word printed large and pale across every page: the sample company, a reversed document. */
  readonly watermark?: string | null
  readonly facts?: Readonly<Record<string, string | null>>
  /** Custom fields, printed below the others. */
  readonly extra?: readonly Pair[]
  /** Captions that differ from the usual word of their field. */
  readonly captions?: Readonly<Record<string, string>>
  readonly rows?: readonly PaperRow[]
  readonly totals?: readonly Total[]
  readonly words?: Pair | null
  readonly notes?: readonly string[]
  readonly plan?: PlanTable | null
  readonly ageing?: SmallTable | null
  readonly slip?: Slip | null
  /** What is known beside a signature already: who made it. */
  readonly signers?: Readonly<Record<string, string>>
  /** Labels, one page each or side by side on sheets: their fields, and what the bars say. */
  readonly labels?: readonly { readonly facts: Readonly<Record<string, string | null>>; readonly code: string }[]
  /** Letters, each beginning on a page of its own. */
  readonly letters?: readonly Letter[]
  /** On a sheet of which labels are gone already: the first one that is left, counted from 1 along the rows. */
  readonly start_at?: number
}

/** A paper as the PDF worker lays it out: what the template chose, in millimetres and words. */
export type Sheet = {
  readonly width_mm: number
  /** 0: as tall as its content. */
  readonly height_mm: number
  readonly margins: { readonly top_mm: number; readonly right_mm: number; readonly bottom_mm: number; readonly left_mm: number }
  readonly font_pt: number
  readonly locale: Locale
  readonly parts: readonly PrintPart[]
  readonly title: string
  readonly number: string
  readonly company: PaperData['company']
  /** A file (PNG or JPEG). */
  readonly logo: string | null
  readonly watermark: string | null
  readonly facts: readonly Pair[]
  readonly columns: readonly { readonly label: string; readonly align: 'left' | 'right' | 'center'; readonly width_mm: number }[]
  readonly rows: readonly { readonly cells: readonly string[]; readonly look?: 'strong' | 'pale' }[]
  readonly totals: readonly Total[]
  readonly words: Pair | null
  readonly notes: readonly string[]
  readonly plan: PlanTable | null
  readonly ageing: SmallTable | null
  readonly slip: Slip | null
  readonly signatures: readonly string[]
  readonly copies: readonly string[]
  readonly copies_as: 'pages' | 'line'
  /** What labels lie on, shifted as the template says, and on which of the first sheet's they begin; null: each is a page. */
  readonly label_sheet: (LabelSheet & { readonly start_at: number }) | null
  readonly letters: readonly Letter[]
  readonly labels: readonly { readonly lines: readonly string[]; readonly code: string }[]
  readonly barcode: 'bars' | 'qr' | 'none'
  /** 'Page {{page}} of {{pages}}' */
  readonly page_label: string
}

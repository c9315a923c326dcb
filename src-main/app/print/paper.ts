/** A printed document as plain data, already in its language: what the PDF worker lays out. */
export type PaperModel = {
  readonly title: string
  /** Shown beside the title and on every further page. */
  readonly number: string
  readonly locale: 'zh-CN' | 'en'
  readonly company: { readonly name: string; readonly lines: readonly string[] }
  /** A word printed large and pale across every page: the sample company, a reversed document. */
  readonly watermark: string | null
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly (readonly string[])[]
  readonly totals: readonly { readonly label: string; readonly value: string; readonly is_strong: 0 | 1 }[]
  readonly words: { readonly label: string; readonly value: string } | null
  readonly notes: readonly string[]
  readonly signatures: readonly string[]
  /** 'Page {{page}} of {{pages}}' */
  readonly page_label: string
}

export type PaperColumn = { readonly label: string; readonly align: 'left' | 'right' | 'center'; readonly width: number | '*' | 'auto' }

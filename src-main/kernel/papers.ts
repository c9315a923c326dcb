/** A paper's size in millimetres; height 0: a roll, as long as what is printed on it. */
export type PaperSize = { readonly width_mm: number; readonly height_mm: number }

/** The papers that shops and offices print on. Continuous forms are 241 mm wide with their sprocket edges; 93 mm is a third of 280. */
export const PAPERS = {
  a4: { width_mm: 210, height_mm: 297 },
  a5: { width_mm: 148, height_mm: 210 },
  'a5-wide': { width_mm: 210, height_mm: 148 },
  'continuous-140': { width_mm: 241, height_mm: 140 },
  'continuous-93': { width_mm: 241, height_mm: 93 },
  'receipt-80': { width_mm: 80, height_mm: 0 },
  'receipt-58': { width_mm: 58, height_mm: 0 },
  'label-40x30': { width_mm: 40, height_mm: 30 },
  'label-60x40': { width_mm: 60, height_mm: 40 },
  'label-100x70': { width_mm: 100, height_mm: 70 },
} as const satisfies Record<string, PaperSize>

export type PaperName = keyof typeof PAPERS
export const paperNames = Object.keys(PAPERS) as readonly PaperName[]

/** Parts of a printed paper that a template shows or leaves out. */
export const PRINT_PARTS = [
  'logo', 'company', 'company_lines', 'title', 'number', 'captions', 'rules', 'totals', 'words', 'note', 'ageing', 'slip', 'page',
] as const
export type PrintPart = (typeof PRINT_PARTS)[number]

export type PrintColumn = {
  readonly key: string
  /** 0: shares what the others leave. */
  readonly width_mm: number
  readonly align: 'left' | 'right' | 'center'
  /** Shown at first everywhere, on sheets only (not on narrow rolls), or only when asked for. */
  readonly use: 'always' | 'sheets' | 'asked'
}

/**
 * A kind of paper that a module can print: what a template may show of it, in the usual order. Who may print it, the queries behind it say.
 * Words: `print.<key>`, title `print.kind.<kind>`.
 */
export type Printable = {
  readonly kind: string
  readonly facts: readonly string[]
  /** Empty for labels. */
  readonly columns: readonly PrintColumn[]
  readonly signatures: readonly string[]
  readonly parts: readonly PrintPart[]
  /** Its ready-made templates, the usual one first. */
  readonly papers: readonly PaperName[]
}

/** A roll or another paper too narrow for columns side by side. */
export const isNarrow = ({ width_mm, height_mm }: PaperSize): boolean => height_mm === 0 || width_mm < 100

/** The record that files of the company itself (its logo) are attached to: the company has one row, whose key is no id. */
export const COMPANY_FILES_ID = '00000000-0000-7000-8000-000000000000'

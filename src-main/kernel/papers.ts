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
  'sheet-70x37': { width_mm: 70, height_mm: 37 },
  'sheet-63x38': { width_mm: 63.5, height_mm: 38.1 },
  'sheet-99x38': { width_mm: 99.1, height_mm: 38.1 },
} as const satisfies Record<string, PaperSize>

/** Labels side by side on a sheet: where the first one lies, and what lies between them. The template's paper is then one label. */
export type LabelSheet = PaperSize & {
  readonly columns: number
  readonly rows: number
  readonly left_mm: number
  readonly top_mm: number
  readonly gap_x_mm: number
  readonly gap_y_mm: number
}

const ON_A4 = { width_mm: 210, height_mm: 297 } as const
/** The sheets of labels that stationers sell: 24, 21 and 14 on A4. */
export const SHEETS: Readonly<Record<string, LabelSheet>> = {
  'sheet-70x37': { ...ON_A4, columns: 3, rows: 8, left_mm: 0, top_mm: 0.5, gap_x_mm: 0, gap_y_mm: 0 },
  'sheet-63x38': { ...ON_A4, columns: 3, rows: 7, left_mm: 7.2, top_mm: 15.1, gap_x_mm: 2.5, gap_y_mm: 0 },
  'sheet-99x38': { ...ON_A4, columns: 2, rows: 7, left_mm: 4.6, top_mm: 15.1, gap_x_mm: 2.5, gap_y_mm: 0 },
}

export type PaperName = keyof typeof PAPERS
export const paperNames = Object.keys(PAPERS) as readonly PaperName[]

/** Parts of a printed paper that a template shows or leaves out. */
export const PRINT_PARTS = [
  'logo', 'company', 'company_lines', 'title', 'number', 'captions', 'rules', 'totals', 'words', 'note', 'plan', 'ageing', 'slip', 'page',
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
  /** Empty for labels and letters. */
  readonly columns: readonly PrintColumn[]
  readonly signatures: readonly string[]
  /** Empty for labels. */
  readonly parts: readonly PrintPart[]
  /** Its ready-made templates, the usual one first. */
  readonly papers: readonly PaperName[]
}

export const isLabel = ({ parts }: Pick<Printable, 'parts'>): boolean => parts.length === 0
/** Words to somebody, one after the other: no table. */
export const isLetter = ({ parts, columns }: { readonly parts: readonly PrintPart[]; readonly columns: readonly unknown[] }): boolean => parts.length > 0 && columns.length === 0

/** A roll or another paper too narrow for columns side by side. */
export const isNarrow = ({ width_mm, height_mm }: PaperSize): boolean => height_mm === 0 || width_mm < 100

/** The record that files of the company itself (its logo) are attached to: the company has one row, whose key is no id. */
export const COMPANY_FILES_ID = '00000000-0000-7000-8000-000000000000'

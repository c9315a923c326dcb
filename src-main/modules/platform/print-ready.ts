import type { z } from 'zod'
import { PAPERS, SHEETS, isLabel, isLetter, isNarrow, type PaperName, type Printable } from '../../kernel/papers.ts'
import type { printDefinition } from './contract-prints.ts'

export type PrintDefinition = z.output<typeof printDefinition>

/** Margins in millimetres by the look of a paper: sprocket holes take 13 mm at each side of continuous forms, rolls print to 5 mm of the edge. */
function marginsOf(paper: PaperName): PrintDefinition['margins'] {
  if (paper.startsWith('continuous')) return { top_mm: 7, right_mm: 17, bottom_mm: 6, left_mm: 17 }
  if (paper.startsWith('receipt')) return { top_mm: 4, right_mm: 4, bottom_mm: 8, left_mm: 4 }
  if (paper.startsWith('sheet')) return { top_mm: 3, right_mm: 5, bottom_mm: 3, left_mm: 5 }
  if (paper.startsWith('label')) return { top_mm: 2, right_mm: 2.5, bottom_mm: 2, left_mm: 2.5 }
  return { top_mm: 12, right_mm: 13, bottom_mm: 10, left_mm: 13 }
}

const fontOf = (paper: PaperName): number => (paper === 'label-40x30' || paper === 'receipt-58' ? 7 : paper === 'label-100x70' ? 12 : paper === 'continuous-93' ? 8 : 8.5)

/** Does it say what bars could say? */
const hasCode = (printable: Printable): boolean => isLabel(printable) && printable.facts.some((key) => key.endsWith('_code'))

const LAYERS = { 'zh-CN': ['①存根', '②客户', '③记账'], en: ['① Office', '② Customer', '③ Books'] } as const

/** The ready-made template of a kind on a paper. Forms of three layers name their copies at the foot, in the company's language. */
export function readyMade(printable: Printable, { paper, locale }: { paper: PaperName; locale: string }): PrintDefinition {
  const size = PAPERS[paper]
  const isRoll = size.height_mm === 0
  const isForm = paper.startsWith('continuous')
  return {
    paper: { ...size },
    sheet: SHEETS[paper] ?? null,
    margins: marginsOf(paper),
    offset: { x_mm: 0, y_mm: 0 },
    font_pt: isLetter(printable) ? 10.5 : isLabel(printable) && !hasCode(printable) ? 10 : fontOf(paper),
    language: null,
    title: '',
    parts: printable.parts.filter((part) => !(isRoll && part === 'page') && !(paper === 'continuous-93' && part === 'company_lines')),
    facts: printable.facts.map((key) => ({ key, caption: '' })),
    columns: printable.columns
      .filter((c) => c.use === 'always' || (c.use === 'sheets' && !isNarrow(size)))
      .map(({ key, width_mm }) => ({ key, caption: '', width_mm: isNarrow(size) ? 0 : width_mm })),
    signatures: printable.signatures.map((key) => ({ key, caption: '' })),
    copies: isForm ? [...LAYERS[locale === 'en' ? 'en' : 'zh-CN']] : [],
    copies_as: isForm ? 'line' : 'pages',
    terms: '',
    barcode: hasCode(printable) ? 'bars' : 'none',
  }
}

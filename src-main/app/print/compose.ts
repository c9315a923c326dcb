import { isNarrow, type Printable, type PrintPart } from '../../kernel/papers.ts'
import type { PrintDefinition } from '../../modules/platform/print-ready.ts'
import type { PaperData, Sheet } from './paper.ts'

type Words = (key: string) => string
type Field = { readonly key: string; readonly caption: string }

/** Puts what a document says into the form that a template gives it. Pure: the same document and template make the same sheet. */
export function compose({ data, template, printable, logo, t }: {
  data: PaperData
  template: PrintDefinition
  printable: Printable
  /** The file of the company's logo. */
  logo: string | null
  t: Words
}): Sheet {
  const shows = (part: PrintPart): boolean => template.parts.includes(part)
  const label = ({ key, caption }: Field): string => caption || data.captions?.[key] || t(key)
  const { x_mm, y_mm } = template.offset
  const { margins } = template
  return {
    ...template.paper,
    label_sheet: template.sheet && { ...template.sheet, left_mm: template.sheet.left_mm + x_mm, top_mm: template.sheet.top_mm + y_mm, start_at: data.start_at ?? 1 },
    // What is shifted right or down leaves as much less at the other edge, so that lines keep their width.
    margins: template.sheet ? margins : {
      top_mm: margins.top_mm + y_mm, bottom_mm: Math.max(0, margins.bottom_mm - y_mm), left_mm: margins.left_mm + x_mm, right_mm: margins.right_mm - x_mm,
    },
    font_pt: template.font_pt,
    locale: data.locale,
    parts: template.parts,
    title: shows('title') ? template.title || data.title : '',
    number: shows('number') ? data.number : '',
    company: { name: shows('company') ? data.company.name : '', lines: shows('company_lines') ? data.company.lines : [] },
    logo: shows('logo') ? logo : null,
    watermark: data.watermark ?? null,
    facts: [
      ...template.facts.flatMap((field) => (data.facts?.[field.key] ? [{ label: label(field), value: data.facts[field.key]! }] : [])),
      ...(data.extra ?? []),
    ],
    ...table({ data, template, printable, label }),
    totals: shows('totals') ? (data.totals ?? []) : [],
    words: shows('words') ? (data.words ?? null) : null,
    notes: [...(shows('note') ? (data.notes ?? []) : []), ...(template.terms ? [template.terms] : [])],
    plan: shows('plan') ? (data.plan ?? null) : null,
    ageing: shows('ageing') ? (data.ageing ?? null) : null,
    slip: shows('slip') ? (data.slip ?? null) : null,
    signatures: template.signatures.map((field) => [label(field), data.signers?.[field.key]].filter(Boolean).join(' ')),
    copies: template.copies,
    copies_as: template.copies_as,
    letters: data.letters ?? [],
    labels: (data.labels ?? []).map(({ facts, code }) => ({
      code,
      lines: template.facts.flatMap(({ key, caption }) => (facts[key] ? [caption ? `${caption} ${facts[key]}` : facts[key]] : [])),
    })),
    barcode: template.barcode,
    page_label: t('page'),
  }
}

/** The columns of the template that say something on at least one line; what was printed on the paper before keeps its places. */
function table({ data, template, printable, label }: {
  data: PaperData
  template: PrintDefinition
  printable: Printable
  label: (field: Field) => string
}): Pick<Sheet, 'columns' | 'rows'> {
  const rows = data.rows ?? []
  const keepsPlaces = !template.parts.includes('captions')
  const shown = template.columns.filter(({ key }) => keepsPlaces || rows.some((row) => row.cells[key]))
  const isSmall = isNarrow(template.paper)
  return {
    columns: shown.map((field) => ({
      label: label(field),
      align: printable.columns.find((c) => c.key === field.key)?.align ?? 'left',
      width_mm: isSmall ? 0 : field.width_mm,
    })),
    rows: rows.map(({ cells, look }) => ({ cells: shown.map(({ key }) => cells[key] ?? ''), ...(look ? { look } : {}) })),
  }
}

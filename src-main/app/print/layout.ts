import type { Column, Content, ContentStack, TDocumentDefinitions, TableCell } from 'pdfmake/interfaces.js'
import { isNarrow } from '../../kernel/papers.ts'
import { labelPages } from './labels.ts'
import type { Sheet } from './paper.ts'
import { INK, LINE, PALE, RULE, lineCount, pt } from './type-area.ts'

// One look for all papers: thin rules, tabular columns, title and table head on every page. Sizes follow the template's letter.

/** The pdfmake definition of a sheet. Pure: the same sheet gives the same pages. */
export function layoutOf(sheet: Sheet): TDocumentDefinitions {
  const { margins } = sheet
  const isRoll = sheet.height_mm === 0
  const foot = isRoll ? null : footOf(sheet)
  const copies = sheet.copies_as === 'pages' && sheet.copies.length > 0 ? sheet.copies : ['']
  const inner = [pt(margins.left_mm), pt(margins.top_mm), pt(margins.right_mm), pt(margins.bottom_mm)] as const
  const isLabel = sheet.labels.length > 0
  const onSheet = isLabel ? sheet.label_sheet : null
  const page = onSheet ?? sheet
  return {
    pageSize: { width: pt(page.width_mm), height: isRoll ? 'auto' : pt(page.height_mm) },
    pageMargins: onSheet ? [0, 0, 0, 0] : isRoll || isLabel ? [...inner] : [inner[0], inner[1] + headHeight(sheet), inner[2], inner[3] + (foot ? FOOT_GAP + sheet.font_pt * LINE : 0)],
    info: { title: `${sheet.title} ${sheet.number}`, author: sheet.company.name },
    language: sheet.locale,
    defaultStyle: { font: 'NotoSansSC', fontSize: sheet.font_pt, color: INK, lineHeight: LINE / 1.448 },
    ...(sheet.watermark && !isLabel ? { watermark: { text: sheet.watermark, color: '#9ca3af', opacity: 0.18, bold: true, fontSize: Math.min(72, pt(sheet.width_mm) / 5) } } : {}),
    ...(isRoll || isLabel
      ? {}
      : {
          // All copies have equally many pages, and each counts its own.
          header: (page: number, pages: number) => headOf(sheet, { page: pageOf({ page, pages, copies }), copy: copies[Math.ceil(page / (pages / copies.length)) - 1] ?? '' }),
          ...(foot ? { footer: (page: number, pages: number) => foot(pageOf({ page, pages, copies }), pages / copies.length) } : {}),
        }),
    content: isLabel ? labelPages(sheet) : sheet.letters.length > 0 ? sheet.letters.map((letter, i) => letterOf(letter, { isFirst: i === 0, size: sheet.font_pt })) : copies.map((copy, i): ContentStack => ({ stack: bodyOf(sheet, copy), ...(i === 0 ? {} : isRoll ? { margin: [0, 16, 0, 0] } : { pageBreak: 'before' }) })),
  }
}

/** Who it is for where the window of an envelope shows it, the day, what it is about, and the words. */
function letterOf({ to, day, subject, body }: Sheet['letters'][number], { isFirst, size }: { isFirst: boolean; size: number }): Content {
  return {
    ...(isFirst ? {} : { pageBreak: 'before' as const }),
    stack: [
      { stack: to.map((text) => ({ text })), margin: [pt(7), pt(12), 0, pt(14)] },
      { text: day, alignment: 'right', margin: [0, 0, 0, size] },
      { text: subject, bold: true, fontSize: size * 1.15, margin: [0, 0, 0, size] },
      { text: body, preserveLeadingSpaces: true },
    ],
  }
}

const pageOf = ({ page, pages, copies }: { page: number; pages: number; copies: readonly string[] }): number => ((page - 1) % (pages / copies.length)) + 1

/** Forms and small sheets leave no room to breathe. */
const isDense = (sheet: Sheet): boolean => sheet.height_mm < 160

function bodyOf(sheet: Sheet, copy: string): Content[] {
  const body = [factsOf(sheet), tableOf(sheet), ...(sheet.plan && sheet.plan.rows.length > 0 ? [planOf(sheet, sheet.plan)] : []), ...closingOf(sheet)]
  return sheet.height_mm === 0 ? [rollHead(sheet, copy), ...body] : body
}

const bodyWidth = ({ width_mm, margins }: Sheet): number => pt(width_mm - margins.left_mm - margins.right_mm)

function companyLines({ company, font_pt }: Sheet): Content[] {
  return [
    ...(company.name ? [{ text: company.name, bold: true, fontSize: font_pt * 1.4 }] : []),
    ...company.lines.map((text) => ({ text, color: PALE, fontSize: font_pt * 0.88 })),
  ]
}

const LOGO_MM = 14
/** The company's part of the head takes what the title leaves. */
const titleWidth = (sheet: Sheet): number => Math.min(bodyWidth(sheet) * 0.45, 200)

/** Points that title, number and company take at the top of every page, with the gap below. */
function headHeight(sheet: Sheet): number {
  const { font_pt: f, company, logo } = sheet
  const width = bodyWidth(sheet) - titleWidth(sheet) - (logo ? pt(LOGO_MM * 2.5) : 0)
  const left = [
    ...(company.name ? [lineCount(company.name, { size: f * 1.4, width }) * f * 1.4] : []),
    ...company.lines.map((text) => lineCount(text, { size: f * 0.88, width }) * f * 0.88),
  ].reduce((sum, h) => sum + h * LINE, 0)
  // Below the title stands the number, below the company on further pages who it is for: a line for either.
  const right = (sheet.title ? f * 1.9 * LINE * lineCount(sheet.title, { size: f * 1.9, width: titleWidth(sheet) }) : 0) + (sheet.number || (sheet.title && sheet.facts.length > 0) ? f * LINE : 0)
  const height = Math.max(left, right, logo ? pt(LOGO_MM) : 0)
  return height === 0 ? 0 : height + (isDense(sheet) ? 3 : 10)
}

function headOf(sheet: Sheet, { page, copy }: { page: number; copy: string }): Content {
  const { margins, font_pt: f } = sheet
  const first = sheet.facts[0]
  // From the second page on, who it is for stands in the place of the address.
  const left = page === 1 || !first || headHeight(sheet) === 0 ? companyLines(sheet) : [...companyLines(sheet).slice(0, 1), { text: `${first.label} ${first.value}`, color: PALE, noWrap: true }]
  return {
    margin: [pt(margins.left_mm), pt(margins.top_mm), pt(margins.right_mm), 0],
    columns: [
      ...(sheet.logo ? [{ image: sheet.logo, fit: [pt(LOGO_MM * 2.5), pt(LOGO_MM)] as [number, number], width: pt(LOGO_MM * 2.5) }] : []),
      { width: '*', stack: left },
      {
        width: titleWidth(sheet),
        stack: [
          ...(sheet.title ? [{ text: sheet.title, bold: true, fontSize: f * 1.9, alignment: 'right' as const }] : []),
          ...(sheet.number || copy ? [{ text: [sheet.number, copy].filter(Boolean).join('   '), alignment: 'right' as const, color: PALE }] : []),
        ],
      },
    ],
  }
}

function rollHead(sheet: Sheet, copy: string): Content {
  const centred = { alignment: 'center' as const }
  return {
    ...centred,
    margin: [0, 0, 0, 4],
    stack: [
      ...(sheet.logo ? [{ image: sheet.logo, fit: [bodyWidth(sheet), pt(LOGO_MM)] as [number, number] }] : []),
      ...companyLines(sheet),
      ...(sheet.title ? [{ text: sheet.title, bold: true, fontSize: sheet.font_pt * 1.5, margin: [0, 4, 0, 0] as [number, number, number, number] }] : []),
      ...(sheet.number || copy ? [{ text: [sheet.number, copy].filter(Boolean).join('   '), color: PALE }] : []),
    ],
  }
}

/** Points between the last line of a full page and its foot. */
const FOOT_GAP = 3

/** The last line of every page: the names of the layers at the left, the page's number in the middle. */
function footOf(sheet: Sheet): ((page: number, pages: number) => Content) | null {
  const layers = sheet.copies_as === 'line' ? sheet.copies.join('　') : ''
  const hasPage = sheet.parts.includes('page')
  if (!layers && !hasPage) return null
  return (page, pages) => ({
    margin: [pt(sheet.margins.left_mm), FOOT_GAP, pt(sheet.margins.right_mm), 0],
    columns: [
      { width: '*', text: layers, noWrap: true },
      { width: 'auto', text: hasPage ? sheet.page_label.replace('{{page}}', String(page)).replace('{{pages}}', String(pages)) : '', alignment: 'center' },
      { width: '*', text: '' },
    ],
    color: PALE,
    fontSize: sheet.font_pt * 0.92,
  })
}

/** Facts side by side, label and value: as many columns as the paper is wide. */
function factsOf(sheet: Sheet): Content {
  if (sheet.facts.length === 0) return { text: '' }
  const across = isNarrow(sheet) ? 1 : sheet.width_mm > 205 && isDense(sheet) ? 3 : 2
  const rows = Math.ceil(sheet.facts.length / across)
  const cell = (text: string, look: object = {}): TableCell => ({ text, ...look })
  const body = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: across }, (_x, c) => sheet.facts[c * rows + r]).flatMap((fact) => [cell(fact?.label ?? '', { color: PALE, noWrap: true }), cell(fact?.value ?? '')]),
  )
  const pad = isDense(sheet) ? 0.5 : 2
  return {
    table: { widths: Array.from({ length: across }, () => ['auto', '*']).flat(), body },
    layout: { defaultBorder: false, paddingTop: () => pad, paddingBottom: () => pad, paddingLeft: (i) => (i > 0 && i % 2 === 0 ? 10 : 0), paddingRight: () => 3 },
    margin: [0, 0, 0, isDense(sheet) ? 4 : 10],
  }
}

function tableOf(sheet: Sheet): Content {
  const { columns, rows } = sheet
  if (columns.length === 0) return { text: '' }
  const hasCaptions = sheet.parts.includes('captions')
  const hasRules = sheet.parts.includes('rules')
  const lead = isNarrow(sheet) ? Math.max(0, columns.findIndex((c) => c.align === 'left')) : -1
  const heads: TableCell[] = columns.map((c) => ({ text: c.label, bold: true, alignment: c.align, ...(hasRules && lead < 0 ? { fillColor: '#f3f4f6' } : {}) }))
  const lines: TableCell[][] = rows.map(({ cells, look }) => cells.map((text, i) => ({ text, alignment: columns[i]!.align, ...LOOKS[look ?? 'plain'] })))
  const body = lead < 0 ? [...(hasCaptions ? [heads] : []), ...lines] : [...(hasCaptions ? [withoutLead(heads, lead)] : []), ...lines.flatMap((line) => onTwoLines(line, lead))]
  if (body.length === 0) return { text: '' }
  const widths = lead < 0 ? widthsOf(sheet) : columns.slice(1).map((): '*' => '*')
  const headRows = hasCaptions ? 1 : 0
  const isEdge = (i: number, count: number): boolean => i === 0 || i === headRows || i === count
  const pad = isDense(sheet) ? 1 : 2
  return {
    table: { headerRows: headRows, dontBreakRows: true, widths: widths.length === 0 ? ['*'] : widths, body },
    layout: {
      hLineWidth: (i, node) => (!hasRules ? 0 : isEdge(i, node.table.body.length) ? 0.8 : lead < 0 ? 0.4 : 0),
      vLineWidth: () => 0,
      hLineColor: (i, node) => (isEdge(i, node.table.body.length) ? INK : RULE),
      paddingTop: () => pad,
      paddingBottom: () => pad,
      paddingLeft: () => (lead < 0 ? CELL_PAD : 0),
      paddingRight: () => (lead < 0 ? CELL_PAD : 0),
    },
  }
}

/** Below this a column of names is no use. */
const LEAST_NAME_MM = 22
/** Points at both sides of a cell. */
const CELL_PAD = 3

/** As the template says, in points without the cells' padding; all narrower alike where names would find no room. */
function widthsOf(sheet: Sheet): (number | '*')[] {
  const fixed = sheet.columns.reduce((sum, c) => sum + pt(c.width_mm), 0)
  const room = bodyWidth(sheet) - pt(LEAST_NAME_MM) * sheet.columns.filter((c) => c.width_mm === 0).length
  const scale = fixed > room ? Math.max(0.2, room / fixed) : 1
  return sheet.columns.map((c) => (c.width_mm > 0 ? pt(c.width_mm) * scale - 2 * CELL_PAD : '*'))
}

const LOOKS = { plain: {}, strong: { bold: true }, pale: { color: PALE } } as const

/** On rolls the goods' name takes a line of its own, the figures the next. */
function onTwoLines(line: readonly TableCell[], lead: number): TableCell[][] {
  const rest = line.filter((_, i) => i !== lead)
  if (rest.length === 0) return [[line[lead]!]]
  return [[{ ...(line[lead] as object), colSpan: rest.length } as TableCell, ...rest.slice(1).map((): TableCell => ({}))], rest]
}

const withoutLead = (heads: readonly TableCell[], lead: number): TableCell[] => (heads.length === 1 ? [...heads] : heads.filter((_, i) => i !== lead))

/** Sums, words, notes, signatures: what ends the document, together on one page. */
function closingOf(sheet: Sheet): Content[] {
  const gap = isDense(sheet) ? 3 : 8
  const parts: Content[] = []
  const words: Content[] = sheet.words ? [{ text: [{ text: `${sheet.words.label}  `, color: PALE }, { text: sheet.words.value, bold: true }] }] : []
  const notes: Content[] = sheet.notes.map((text) => ({ text, margin: [0, gap / 2, 0, 0] }))
  if (sheet.totals.length > 0) {
    const sums: Column = {
      width: 'auto',
      table: {
        widths: ['auto', isNarrow(sheet) ? 'auto' : 90],
        body: sheet.totals.map(({ label, value, is_strong }) => [
          { text: label, noWrap: true, color: is_strong === 1 ? INK : PALE, ...strength(sheet, is_strong) },
          { text: value, alignment: 'right', ...strength(sheet, is_strong) },
        ]),
      },
      layout: { defaultBorder: false, paddingTop: () => (isDense(sheet) ? 0 : 2), paddingBottom: () => 0, paddingLeft: () => 6, paddingRight: () => 3 },
    }
    parts.push({ margin: [0, gap, 0, 0], columns: [{ width: '*', stack: isNarrow(sheet) ? [] : [...words, ...notes] }, sums], columnGap: 8 })
  }
  if (sheet.totals.length === 0 || isNarrow(sheet)) parts.push({ margin: [0, gap, 0, 0], stack: [...words, ...notes] })
  if (sheet.ageing) parts.push(ageingOf(sheet, sheet.ageing))
  if (sheet.signatures.length > 0) parts.push(signaturesOf(sheet, sheet.signatures))
  return [{ unbreakable: sheet.height_mm > 0, stack: parts }, ...(sheet.slip ? [slipOf(sheet, sheet.slip)] : [])]
}

const strength = ({ font_pt }: Sheet, is_strong: 0 | 1) => (is_strong === 1 ? { bold: true, fontSize: font_pt * 1.2 } : {})

function signaturesOf(sheet: Sheet, texts: readonly string[]): Content {
  const line = (text: string): Column => ({ width: '*', text: `${text} ${'_'.repeat(isNarrow(sheet) || texts.length > 3 ? 12 : 18)}`, color: PALE })
  return isNarrow(sheet)
    ? { margin: [0, 12, 0, 0], stack: texts.map((text) => ({ text: `${text} ____________`, color: PALE, margin: [0, 4, 0, 4] })) }
    : { margin: [0, isDense(sheet) ? 8 : 30, 0, 0], columns: texts.map(line), columnGap: 8 }
}

/** Number, day, amount, and, set apart from it, what is said of it: the last column takes what the others leave. */
function planOf(sheet: Sheet, { title, heads, rows }: NonNullable<Sheet['plan']>): Content {
  const cells = (texts: readonly string[], look: object): TableCell[] => texts.map((text, i) => ({ text, alignment: i === 0 ? 'center' : i === 2 ? 'right' : 'left', ...look }))
  const pad = isDense(sheet) ? 1 : 2
  return {
    margin: [0, isDense(sheet) ? 4 : 10, 0, 0],
    stack: [
      { text: title, bold: true, margin: [0, 0, 0, 3] },
      {
        table: { headerRows: 1, dontBreakRows: true, widths: [24, 70, 84, '*'], body: [cells(heads, { color: PALE }), ...rows.map((row) => cells(row, {}))] },
        layout: { hLineWidth: () => 0.4, vLineWidth: () => 0, hLineColor: () => RULE, paddingTop: () => pad, paddingBottom: () => pad, paddingLeft: (i) => (i === 3 ? 18 : CELL_PAD), paddingRight: () => CELL_PAD },
      },
    ],
  }
}

function ageingOf(sheet: Sheet, { title, heads, values }: NonNullable<Sheet['ageing']>): Content {
  return {
    margin: [0, 12, 0, 0],
    stack: [
      { text: title, bold: true, margin: [0, 0, 0, 3] },
      {
        table: {
          widths: heads.map((): '*' => '*'),
          body: [heads.map((text) => ({ text, alignment: 'right', color: PALE, fontSize: sheet.font_pt * 0.92 })), values.map((text) => ({ text, alignment: 'right' }))],
        },
        layout: { hLineWidth: () => 0.4, vLineWidth: () => 0, hLineColor: () => RULE },
      },
    ],
  }
}

/** Below a line to cut along: what the other side signs and sends back. */
function slipOf(sheet: Sheet, { title, lines, signatures }: NonNullable<Sheet['slip']>): Content {
  return {
    unbreakable: true,
    margin: [0, 18, 0, 0],
    stack: [
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: bodyWidth(sheet), y2: 0, lineWidth: 0.6, lineColor: PALE, dash: { length: 4, space: 3 } }] },
      { text: title, bold: true, fontSize: sheet.font_pt * 1.3, alignment: 'center', margin: [0, 8, 0, 6] },
      ...lines.map((text): Content => ({ text, margin: [0, 2, 0, 2] })),
      signaturesOf(sheet, signatures),
    ],
  }
}

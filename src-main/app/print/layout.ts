import type { Column, Content, TDocumentDefinitions, TableCell } from 'pdfmake/interfaces.js'
import type { PaperModel } from './paper.ts'

// A4 in points; one look for all papers: thin rules, tabular columns, the table's head on every page.

const MARGIN = 36
const HEAD = 46
const INK = '#1f2328'
const PALE = '#6b7280'
const RULE = '#9ca3af'

/** The pdfmake definition of a paper. Pure: the same model gives the same pages. */
export function layoutOf(model: PaperModel): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: [MARGIN, HEAD + MARGIN, MARGIN, 48],
    info: { title: `${model.title} ${model.number}`, author: model.company.name },
    language: model.locale,
    defaultStyle: { font: 'NotoSansSC', fontSize: 8.5, color: INK, lineHeight: 1 },
    ...(model.watermark ? { watermark: { text: model.watermark, color: '#9ca3af', opacity: 0.18, bold: true, fontSize: 72 } } : {}),
    header: () => headOf(model),
    footer: (page: number, pages: number) => ({
      text: model.page_label.replace('{{page}}', String(page)).replace('{{pages}}', String(pages)),
      alignment: 'center',
      color: PALE,
      fontSize: 8,
      margin: [0, 16, 0, 0],
    }),
    content: [factsOf(model), tableOf(model), totalsOf(model), ...closingOf(model)],
  }
}

function headOf(model: PaperModel): Content {
  return {
    margin: [MARGIN, 24, MARGIN, 0],
    columns: [
      {
        width: '*',
        stack: [
          { text: model.company.name, bold: true, fontSize: 12 },
          ...model.company.lines.map((text) => ({ text, color: PALE, fontSize: 7.5 })),
        ],
      },
      {
        width: 'auto',
        stack: [
          { text: model.title, bold: true, fontSize: 16, alignment: 'right' },
          { text: model.number, alignment: 'right', color: PALE },
        ],
      },
    ],
  }
}

/** Facts in two columns of label and value. */
function factsOf(model: PaperModel): Content {
  const half = Math.ceil(model.facts.length / 2)
  const column = (facts: PaperModel['facts']): Column => ({
    width: '*',
    table: { widths: ['auto', '*'], body: facts.length === 0 ? [['', '']] : facts.map((f) => [{ text: f.label, color: PALE }, { text: f.value }]) },
    layout: 'noBorders',
  })
  return { columns: [column(model.facts.slice(0, half)), column(model.facts.slice(half))], columnGap: 24, margin: [0, 4, 0, 10] }
}

function tableOf(model: PaperModel): Content {
  const head: TableCell[] = model.columns.map((c) => ({ text: c.label, bold: true, alignment: c.align, fillColor: '#f3f4f6' }))
  const body: TableCell[][] = model.rows.map((row) => row.map((text, i) => ({ text, alignment: model.columns[i]!.align })))
  return {
    table: { headerRows: 1, dontBreakRows: true, widths: model.columns.map((c) => c.width), body: [head, ...body] },
    layout: {
      hLineWidth: (i, node) => (i === 0 || i === 1 || i === node.table.body.length ? 0.8 : 0.4),
      vLineWidth: () => 0,
      hLineColor: (i, node) => (i === 0 || i === 1 || i === node.table.body.length ? INK : RULE),
      paddingTop: () => 2,
      paddingBottom: () => 2,
      paddingLeft: () => 3,
      paddingRight: () => 3,
    },
  }
}

function totalsOf(model: PaperModel): Content {
  if (model.totals.length === 0) return { text: '' }
  return {
    margin: [0, 8, 0, 0],
    columns: [
      { width: '*', text: '' },
      {
        width: 'auto',
        table: {
          widths: ['auto', 90],
          body: model.totals.map((t) => [
            { text: t.label, color: t.is_strong === 1 ? INK : PALE, bold: t.is_strong === 1 },
            { text: t.value, alignment: 'right', bold: t.is_strong === 1, fontSize: t.is_strong === 1 ? 10.5 : 8.5 },
          ]),
        },
        layout: 'noBorders',
      },
    ],
    unbreakable: true,
  }
}

function closingOf(model: PaperModel): Content[] {
  const parts: Content[] = []
  if (model.words) {
    parts.push({ margin: [0, 6, 0, 0], text: [{ text: `${model.words.label}  `, color: PALE }, { text: model.words.value, bold: true }] })
  }
  if (model.notes.length > 0) parts.push({ margin: [0, 10, 0, 0], stack: model.notes.map((text) => ({ text })) })
  if (model.signatures.length > 0) {
    parts.push({
      margin: [0, 32, 0, 0],
      unbreakable: true,
      columns: model.signatures.map((text) => ({ width: '*', text: `${text} ____________________`, color: PALE })),
    })
  }
  return parts
}

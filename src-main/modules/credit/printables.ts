import type { PrintColumn, Printable } from '../../kernel/papers.ts'

const column = (key: string, width_mm: number, align: PrintColumn['align'] = 'left', use: PrintColumn['use'] = 'sheets'): PrintColumn => ({ key, width_mm, align, use })

/** 催款函: what is overdue, and until when it is to be paid. */
export const printables: readonly Printable[] = [
  {
    kind: 'credit.dunning',
    facts: ['customer', 'day', 'pay_by'],
    columns: [
      column('no', 10, 'center'), column('document', 0, 'left', 'always'), column('document_day', 26), column('due_on', 26), column('overdue_days', 24, 'right'),
      column('document_amount', 32, 'right'), column('open', 32, 'right', 'always'),
    ],
    signatures: ['made_by'],
    parts: ['logo', 'company', 'company_lines', 'title', 'number', 'captions', 'rules', 'totals', 'words', 'note', 'page'],
    papers: ['a4', 'continuous-140'],
  },
]

import type { PrintColumn, Printable } from '../../kernel/papers.ts'

// What papers of the books can show. The words are 'print.<key>'; app/print fills in the texts.

const column = (key: string, width_mm: number, align: PrintColumn['align'] = 'left', use: PrintColumn['use'] = 'sheets'): PrintColumn => ({ key, width_mm, align, use })
const head = ['logo', 'company', 'company_lines', 'title', 'number', 'captions', 'rules'] as const

export const printables: readonly Printable[] = [
  {
    kind: 'accounting.payment',
    facts: ['party', 'day', 'method', 'reference'],
    columns: [column('no', 10, 'center'), column('settles', 0, 'left', 'always'), column('settlement_discount', 28, 'right'), column('amount', 32, 'right', 'always')],
    signatures: ['made_by', 'cashier', 'paid_by'],
    parts: [...head, 'totals', 'words', 'note', 'page'],
    papers: ['a5-wide', 'a4', 'continuous-140', 'continuous-93', 'receipt-80', 'receipt-58'],
  },
  {
    kind: 'accounting.ledger',
    facts: ['account', 'period'],
    columns: [
      column('day', 19), column('voucher', 17), column('summary', 0, 'left', 'always'), column('party', 30), column('document', 26, 'left', 'asked'),
      column('debit', 23, 'right'), column('credit', 23, 'right'), column('direction', 11, 'center'), column('balance', 25, 'right', 'always'),
    ],
    signatures: [],
    parts: [...head, 'page'],
    papers: ['a4', 'continuous-140'],
  },
]

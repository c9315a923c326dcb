import type { PrintColumn, Printable } from '../../kernel/papers.ts'

// What papers of sales can show. The words are 'print.<key>'; app/print fills in the texts.

const column = (key: string, width_mm: number, align: PrintColumn['align'] = 'left', use: PrintColumn['use'] = 'sheets'): PrintColumn => ({ key, width_mm, align, use })
const no = column('no', 10, 'center')
const item = [column('item_code', 20), column('item', 0, 'left', 'always')]
const priced: readonly PrintColumn[] = [
  no,
  ...item,
  column('unit', 10, 'center'),
  column('quantity', 16, 'right', 'always'),
  column('price', 18, 'right', 'always'),
  column('discount', 17, 'right'),
  column('net', 19, 'right'),
  column('tax_rate', 11, 'right'),
  column('tax', 16, 'right', 'asked'),
  column('amount', 21, 'right', 'always'),
  column('packs', 22, 'right', 'asked'),
  column('remark', 20, 'left', 'asked'),
]
const parts = ['logo', 'company', 'company_lines', 'title', 'number', 'captions', 'rules', 'totals', 'words', 'note', 'page'] as const
const papers = ['a4', 'a5-wide', 'continuous-140', 'continuous-93', 'receipt-80', 'receipt-58'] as const
const offerFacts = ['customer', 'customer_phone', 'ship_to', 'day', 'valid_until', 'promised_on', 'reference', 'salesperson'] as const
const common = { parts, papers }

export const printables: readonly Printable[] = [
  {
    ...common,
    kind: 'sales.invoice',
    facts: [
      'customer', 'tax_no', 'customer_address', 'customer_bank', 'day', 'due_on', 'original', 'orders', 'deliveries', 'reference', 'salesperson',
    ],
    columns: priced,
    signatures: ['made_by', 'received_by'],
  },
  { ...common, kind: 'sales.order', facts: offerFacts, columns: priced, signatures: ['made_by', 'agreed_by'] },
  { ...common, kind: 'sales.quote', facts: offerFacts, columns: priced, signatures: ['made_by', 'agreed_by'] },
  {
    ...common,
    kind: 'sales.delivery',
    facts: ['customer', 'customer_phone', 'ship_to', 'day', 'warehouse', 'orders', 'tracking'],
    columns: [
      no, ...item, column('unit', 14, 'center', 'always'), column('quantity', 22, 'right', 'always'), column('packs', 28, 'right'), column('remark', 24, 'left', 'asked'),
    ],
    signatures: ['made_by', 'delivered_by', 'received_by'],
    parts: parts.filter((part) => part !== 'totals' && part !== 'words'),
  },
  {
    kind: 'sales.statement',
    facts: ['customer', 'period', 'customer_code'],
    columns: [
      column('day', 19), column('document_kind', 18), column('document', 28, 'left', 'always'), column('summary', 0, 'left', 'sheets'),
      column('charged', 23, 'right'), column('settled_column', 23, 'right'), column('balance', 24, 'right', 'always'),
    ],
    signatures: [],
    parts: [...parts.filter((part) => part !== 'note'), 'ageing', 'slip'],
    papers: ['a4', 'continuous-140'],
  },
]

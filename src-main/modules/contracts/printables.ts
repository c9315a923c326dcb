import type { PrintColumn, Printable } from '../../kernel/papers.ts'

const column = (key: string, width_mm: number, align: PrintColumn['align'] = 'left', use: PrintColumn['use'] = 'sheets'): PrintColumn => ({ key, width_mm, align, use })

/** 合同: what is agreed, in which parts it is paid, and where both sign. The company's own clauses are the template's. */
export const printables: readonly Printable[] = [
  {
    kind: 'contracts.contract',
    facts: ['customer', 'customer_address', 'customer_phone', 'tax_no', 'customer_bank', 'company', 'contract_title', 'period', 'day', 'salesperson'],
    columns: [
      column('no', 10, 'center'), column('item', 0, 'left', 'always'), column('unit', 16), column('quantity', 24, 'right', 'always'), column('price', 26, 'right'), column('amount', 30, 'right', 'always'),
    ],
    signatures: ['buyer_stamp', 'seller_stamp', 'sign_day'],
    parts: ['logo', 'company', 'company_lines', 'title', 'number', 'captions', 'rules', 'totals', 'words', 'note', 'plan', 'page'],
    papers: ['a4'],
  },
]

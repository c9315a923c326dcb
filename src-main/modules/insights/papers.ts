import type { PrintColumn, Printable } from '../../kernel/papers.ts'
import { MONTHS_AFTER } from './contract.ts'

const column = (key: string, width_mm: number, align: PrintColumn['align'] = 'right'): PrintColumn => ({ key, width_mm, align, use: 'always' })

/** Cohorts on a sheet: a column for each month after the first purchase. */
export const printables: readonly Printable[] = [
  {
    kind: 'insights.retention',
    facts: ['period', 'shown_as', 'back_within'],
    columns: [column('cohort', 0, 'left'), column('cohort_customers', 20), column('back_rate', 13), ...Array.from({ length: MONTHS_AFTER + 1 }, (_, since) => column(`after_${since}`, 11))],
    signatures: [],
    parts: ['logo', 'company', 'company_lines', 'title', 'captions', 'rules', 'page'],
    papers: ['a4'],
  },
]

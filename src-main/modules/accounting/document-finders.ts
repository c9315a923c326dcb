import type { DocumentFinder } from '../../kernel/operation.ts'
import { visibleParties } from '../parties/index.ts'

/** '记-12', '记12' or 'JV-3': the vouchers of that word and number, month by month, of this year and the last. */
function vouchersNamed(text: string, today: string): { sql: string; params: (string | number)[] } | undefined {
  const [, word, number] = /^([^\d\s-]{1,4})\s*-?\s*(\d{1,6})$/.exec(text) ?? []
  if (word === undefined || number === undefined) return undefined
  const year = Number(today.slice(0, 4))
  const params = [`${year - 1}-01`, `${year}-12`, word.toUpperCase(), Number(number)]
  return { sql: '(d.period >= ? and d.period <= ? and upper(d.word) = ? and d.number = ?)', params }
}

/** What Ctrl+K finds of the books: money received and paid, and vouchers. */
export const documentFinders: readonly DocumentFinder[] = [
  {
    kind: 'accounting.payment',
    permission: 'accounting.readMoney',
    from: 'accounting_payment d',
    number: 'd.number',
    series: ['accounting.receipt', 'accounting.refund', 'accounting.payment', 'accounting.supplierRefund'],
    reference: 'reference',
    amount: 'amount_minor',
    title: 'd.party_name',
    rows: (scope) => visibleParties(scope, 'd.party_id'),
  },
  {
    kind: 'accounting.entry',
    permission: 'accounting.read',
    from: 'accounting_entry d',
    number: `(d.word || '-' || d.number)`,
    series: [],
    title: 'd.summary',
    named: vouchersNamed,
    rows: () => ({ sql: '1 = 1', params: [] }),
  },
]

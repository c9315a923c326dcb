import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'

export type LinkedDocument = AskOutput<'sales.order'>['documents'][number]

/** Where each kind of document is looked at; its id follows. */
export const linkPaths: Record<LinkedDocument['kind'], string> = {
  quote: '/sales/quotes/',
  order: '/sales/orders/',
  delivery: '/sales/deliveries/',
  return: '/sales/deliveries/',
  delivery_reversal: '/sales/deliveries/',
  invoice: '/sales/invoices/',
  credit_note: '/sales/invoices/',
  invoice_reversal: '/sales/invoices/',
  receipt: '/money/receipts/',
  refund: '/money/receipts/',
  entry: '/books/entries/',
}

/** What belongs to a document, in order of time, each one click away. */
export function DocumentLinks({ documents }: { documents: readonly LinkedDocument[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel title={t('ui.documents')}>
      {documents.length === 0 ? <span className="zg-soft">{t('ui.documentsNone')}</span> : null}
      <ul className="zg-documents">
        {documents.map((d) => (
          <li key={`${d.kind} ${d.id}`}>
            <span className="zg-documents-kind">{t(`ui.link.${d.kind}`)}</span>
            <Link to={linkPaths[d.kind] + d.id} className="zg-figures">
              {d.number}
            </Link>
            <span className="zg-figures zg-soft">{d.day}</span>
            <span className="zg-figures zg-end">{format.money(d.amount_minor)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

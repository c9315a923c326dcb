import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useFormat } from '../../ui/format.ts'
import { DocumentLines, DocumentTotals, useLineColumns } from '../catalog/document-lines.tsx'

type Priced = Pick<AskOutput<'sales.quote'>, 'prices_include_tax' | 'discount_minor' | 'net_minor' | 'tax_minor' | 'gross_minor' | 'lines'>

/** The lines and sums of a posted or sent document. */
export function PricedLinesView({ document }: { document: Priced }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { goods, price, taxRate, amount } = useLineColumns(document)
  return (
    <>
      <DocumentLines
        lines={document.lines}
        columns={[
          ...goods,
          price,
          { key: 'discount', title: t('ui.f.discount'), align: 'end', render: (l) => (l.discount_rate_e8 > 0 ? format.percent(l.discount_rate_e8) : l.discount_minor === 0 ? '' : format.money(l.discount_minor)) },
          taxRate,
          amount,
        ]}
      />
      <DocumentTotals sums={document} />
    </>
  )
}

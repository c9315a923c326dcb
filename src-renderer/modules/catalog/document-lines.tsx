import type { ReactNode } from 'react'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '../../ui/format.ts'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { TotalsBar } from '../../ui/totals-bar.tsx'

type Numbered = { readonly line_no: number }
type WithItem = { readonly item_id: string; readonly item_code: string; readonly item_name: string; readonly description?: string | null }
type Amounts = { readonly net_minor: number; readonly gross_minor: number }

/** The columns that the lines of documents have in common; each kind of document takes the ones it has and adds its own. */
export function useLineColumns({ prices_include_tax }: { readonly prices_include_tax?: 0 | 1 } = {}) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns = {
    no: { key: 'no', title: '#', figures: 'faint', render: (l) => l.line_no } satisfies TableColumn<Numbered>,
    item: { key: 'item', title: t('ui.f.item'), render: (l) => <LineItem line={l} /> } satisfies TableColumn<WithItem>,
    quantity: { key: 'quantity', title: t('ui.f.quantity'), align: 'end', render: (l) => format.quantity(l.quantity_e6) } satisfies TableColumn<{ readonly quantity_e6: number }>,
    unit: { key: 'unit', title: t('ui.f.unit'), render: (l) => l.unit } satisfies TableColumn<{ readonly unit: string }>,
    price: { key: 'price', title: t(prices_include_tax ? 'ui.f.priceWithTax' : 'ui.f.price'), align: 'end', render: (l) => format.price(l.price_e4) } satisfies TableColumn<{ readonly price_e4: number }>,
    taxRate: { key: 'taxRate', title: t('ui.f.taxRate'), align: 'end', render: (l) => format.percent(l.tax_rate_e8) } satisfies TableColumn<{ readonly tax_rate_e8: number }>,
    /** In the document's own kind of price. */
    amount: {
      key: 'amount',
      title: t(prices_include_tax ? 'ui.f.amountWithTax' : 'ui.f.amount'),
      align: 'end',
      render: (l) => format.money(prices_include_tax ? l.gross_minor : l.net_minor),
    } satisfies TableColumn<Amounts>,
  } as const
  const { no, item, quantity, unit } = columns
  /** What of which item, as most lines begin. */
  return { ...columns, goods: [no, item, quantity, unit] as const }
}

/** The item of a line, one click away; what the document calls it stands below, and what else there is to say. */
export function LineItem({ line, children }: { line: WithItem; children?: ReactNode }) {
  const { item_id, item_code, item_name, description } = line
  return (
    <>
      <span className="zg-soft zg-figures">{item_code}</span> <Link to={`/items/${item_id}`}>{item_name}</Link>
      {description && description !== item_name ? <div className="zg-soft">{description}</div> : null}
      {children}
    </>
  )
}

/** The lines of a document as posted or sent. */
export function DocumentLines<L extends Numbered>({ lines, columns }: { lines: readonly L[]; columns: readonly TableColumn<NoInfer<L>>[] }) {
  const { t } = useTranslation()
  return <Table caption={t('ui.f.lines')} rows={lines} columns={columns} keyOf={(line) => line.line_no} />
}

type Sums = { readonly discount_minor?: number; readonly net_minor: number; readonly tax_minor: number; readonly gross_minor: number }

/** The sums below the lines: net, tax and gross, after the document's own discount where it has one. */
export function DocumentTotals({ sums: { discount_minor = 0, net_minor, tax_minor, gross_minor } }: { sums: Sums }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <TotalsBar
      totals={[
        ...(discount_minor === 0 ? [] : [{ key: 'discount', label: t('ui.f.documentDiscount'), value: format.money(discount_minor), look: 'soft' as const }]),
        { key: 'net', label: t('ui.f.net'), value: format.money(net_minor) },
        { key: 'tax', label: t('ui.f.tax'), value: format.money(tax_minor) },
        { key: 'gross', label: t('ui.f.gross'), value: format.moneyWithSymbol(gross_minor), look: 'strong' },
      ]}
    />
  )
}

/** Are the document's prices with tax? */
export function PricesIncludeTax({ value, onChange }: { value: 0 | 1; onChange(value: 0 | 1): void }) {
  const { t } = useTranslation()
  return (
    <div className="zg-field zg-field-check" style={{ gridColumn: 'span 2' }}>
      <Checkbox checked={value === 1} onChange={(event) => onChange(event.target.checked ? 1 : 0)}>
        {t('ui.f.pricesIncludeTax')}
      </Checkbox>
    </div>
  )
}

import type { ReactNode } from 'react'

export type Total = { readonly key: string; readonly label: string; readonly value: ReactNode; readonly look?: 'strong' | 'soft' | 'danger' }

/** The sums of a document, right-aligned below its lines. */
export function TotalsBar({ totals, children }: { totals: readonly Total[]; children?: ReactNode }) {
  return (
    <div className="zg-totals-bar">
      {children ? <div className="zg-totals-left">{children}</div> : null}
      <dl>
        {totals.map((total) => (
          <div key={total.key} className={total.look ? `zg-total-${total.look}` : undefined}>
            <dt>{total.label}</dt>
            <dd className="zg-figures">{total.value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

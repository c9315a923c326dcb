import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { DocumentPage, Facts } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { DocumentLink } from '../accounting/document-link.tsx'

export function AdjustmentPage() {
  const { adjustment_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const [isReversing, setReversing] = useState(false)
  const { data, error } = useAsk('inventory.adjustment', { adjustment_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  return (
    <DocumentPage
      kind={t(`ui.adjustmentKind.${data.kind}`)}
      number={data.number}
      backTo={{ path: '/stock/adjustments', label: t('ui.nav.adjustments') }}
      tags={data.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : data.reverses_id ? <StatusTag tone="warning">{t('ui.reversal')}</StatusTag> : null}
      actions={
        may('inventory.adjust') && !data.reversed_by_id && !data.reverses_id ? <Button onClick={() => setReversing(true)}>{t('command.inventory.reverseAdjustment')}</Button> : null
      }
    >
      <section className="zg-card">
        <Facts
          facts={[
            [t('ui.f.day'), data.day],
            [t('ui.f.warehouse'), data.warehouse_name],
            [t('ui.f.reason'), data.reason],
            data.reference ? [t('ui.f.reference'), data.reference] : null,
            [t('ui.f.entry'), data.entry_id ? <DocumentLink kind="accounting.entry" id={data.entry_id} number={`${data.entry_word ?? ''}-${data.entry_number ?? ''}`} /> : null],
            [t('ui.f.by'), `${data.created_by_name ?? ''} ${format.instant(data.created_at)}`],
            data.reverses_id ? [t('ui.reverses'), <Link to={`/stock/adjustments/${data.reverses_id}`}>{t('ui.invoice.openOriginal')}</Link>] : null,
            data.reversed_by_id ? [t('ui.reversedBy'), <Link to={`/stock/adjustments/${data.reversed_by_id}`}>{t('ui.open')}</Link>] : null,
          ]}
        />
      </section>
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t('ui.f.item')}</th>
              <th scope="col" className="zg-end">{t('ui.f.quantity')}</th>
              <th scope="col">{t('ui.f.unit')}</th>
              <th scope="col" className="zg-end">{t('ui.stock.value')}</th>
              <th scope="col">{t('ui.f.description')}</th>
            </tr>
          </thead>
          <tbody>
            {data.lines.map((l) => (
              <tr key={l.line_no}>
                <td className="zg-figures zg-soft">{l.line_no}</td>
                <td>
                  <span className="zg-soft zg-figures">{l.item_code}</span> <Link to={`/items/${l.item_id}`}>{l.item_name}</Link>
                </td>
                <td className="zg-end">{format.quantity(l.quantity_e6)}</td>
                <td>{l.base_unit}</td>
                <td className="zg-end">{format.money(l.value_minor)}</td>
                <td>{l.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isReversing ? (
        <ReasonDialog
          name="inventory.reverseAdjustment"
          asks="day"
          needs="reason"
          text={t('ui.reverse.adjustment')}
          inputOf={(reason, day) => ({ adjustment_id, reason: reason ?? '', day })}
          onClose={() => setReversing(false)}
        />
      ) : null}
    </DocumentPage>
  )
}

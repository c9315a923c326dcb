import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { DocumentPage, FactCard } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { DocumentLines, useLineColumns } from '../catalog/document-lines.tsx'

export function AdjustmentPage() {
  const { adjustment_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const [isReversing, setReversing] = useState(false)
  const { no, item, quantity } = useLineColumns()
  const { data, error } = useAsk('inventory.adjustment', { adjustment_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  return (
    <DocumentPage
      kind={t(`ui.adjustmentKind.${data.kind}`)}
      record={{ kind: 'inventory.adjustment', id: data.adjustment_id }}
      number={data.number}
      backTo={{ path: '/stock/adjustments', label: t('ui.nav.adjustments') }}
      tags={data.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : data.reverses_id ? <StatusTag tone="warning">{t('ui.reversal')}</StatusTag> : null}
      actions={<ActionButtons offers={[may('inventory.adjust') && !data.reversed_by_id && !data.reverses_id && { text: t('command.inventory.reverseAdjustment'), run: () => setReversing(true) }]} />}
    >
      <FactCard
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
      <DocumentLines
        lines={data.lines}
        columns={[
          no,
          item,
          quantity,
          { key: 'unit', title: t('ui.f.unit'), render: (l) => l.base_unit },
          { key: 'value', title: t('ui.stock.value'), align: 'end', render: (l) => format.money(l.value_minor) },
          { key: 'note', title: t('ui.f.description'), render: (l) => l.note },
        ]}
      />
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

import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useAsk } from '../../api/use-ask.ts'
import { documentPath } from '../../ui/document-paths.ts'
import { DocumentPage, FactCard, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ApprovalActions, approvalTone, Reasons } from './approval-actions.tsx'

/** One request: what is asked for, by which rules it waits, and the buttons that decide it. */
export function ApprovalPage() {
  const { approval_id = '' } = useParams()
  const { t } = useTranslation()
  const format = useFormat()
  const { data: approval, error } = useAsk('platform.approval', { approval_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!approval) return <div className="zg-page" aria-busy />
  const path = documentPath({ kind: approval.source_kind, id: approval.source_id })
  return (
    <DocumentPage
      kind={t(`command.${approval.name}`)}
      subject={approval.title}
      backTo={{ path: '/approvals', label: t('ui.nav.approvals') }}
      tags={<StatusTag tone={approvalTone[approval.state]}>{t(`state.approval.${approval.state}`)}</StatusTag>}
      actions={<ApprovalActions approval={approval} />}
    >
      <FactCard
        facts={[
          [t('ui.approval.about'), path === undefined ? approval.title : <Link to={path}>{approval.title}</Link>],
          approval.amount_minor === null ? null : [t('ui.f.amount'), <span className="zg-figures">{format.money(approval.amount_minor)}</span>],
          [t('ui.approval.asked'), approval.asked_name],
          [t('ui.approval.askedAt'), <span className="zg-figures">{format.instant(approval.asked_at)}</span>],
          approval.decided_at === null ? null : [t('ui.approval.decided'), `${approval.decided_name ?? ''} ${format.instant(approval.decided_at)}`],
          approval.note ? [t('ui.approval.note'), approval.note] : null,
        ]}
      />
      <Panel title={t('ui.approval.why')}>
        <Reasons of={approval} />
      </Panel>
    </DocumentPage>
  )
}

import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { useFormat } from '../../ui/format.ts'
import { reasonInWords } from '../../ui/reason-words.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'

export type Approval = RowOf<'platform.approvals'>
export const approvalTone = { pending: 'warning', approved: 'success', by_rule: 'success', rejected: 'danger', withdrawn: 'neutral', replaced: 'neutral' } as const

/** Why it waits, or by which rule it passed. */
export function Reasons({ of }: { of: Pick<Approval, 'reasons'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ul className="zg-problems">
      {of.reasons.map((reason) => (
        <li key={JSON.stringify(reason)}>{reasonInWords(reason, { t, format })}</li>
      ))}
    </ul>
  )
}

/** What the reader can do with a request: approve, reject with a reason, take it back. */
export function ApprovalActions({ approval }: { approval: Approval }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [front, setFront] = useState<'reject' | 'withdraw' | null>(null)
  const approve = useRun('platform.approve')
  const { approval_id } = approval
  const isPending = approval.state === 'pending'
  const agree = async (): Promise<void> => {
    if ((await approve.run({ approval_id }))?.ok) void message.success(t('ui.approval.done'))
  }
  return (
    <>
      <RefusalMessage no={approve.no} />
      <ActionButtons
        offers={[
          isPending && approval.is_own === 1 && { text: t('command.platform.withdrawApproval'), run: () => setFront('withdraw') },
          approval.may_decide === 1 && { text: t('command.platform.rejectApproval'), run: () => setFront('reject') },
          approval.may_decide === 1 && { text: t('command.platform.approve'), look: 'main', isRunning: approve.isRunning, run: () => void agree() },
        ]}
      />
      {front === 'reject' ? (
        <ReasonDialog name="platform.rejectApproval" text={t('ui.approval.rejectText')} needs="reason" inputOf={(reason) => ({ approval_id, reason: reason ?? '' })} onClose={() => setFront(null)} />
      ) : null}
      {front === 'withdraw' ? <WithdrawDialog approval_id={approval_id} onClose={() => setFront(null)} /> : null}
    </>
  )
}

function WithdrawDialog({ approval_id, onClose }: { approval_id: string; onClose(): void }) {
  const { t } = useTranslation()
  return <ActionDialog name="platform.withdrawApproval" cancelText={t('ui.back')} text={t('ui.approval.withdrawText')} inputOf={() => ({ approval_id })} onClose={onClose} />
}

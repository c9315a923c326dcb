import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { Table } from '../../ui/table.tsx'

export type VoucherDraft = RowOf<'accounting.voucherDrafts'>

type Props = { readonly drafts: readonly VoucherDraft[]; readonly opened: VoucherDraft | undefined; onOpen(draft: VoucherDraft): void; onRemove(draft: VoucherDraft): void }

/** Vouchers that were begun and not posted: to go on with, or to throw away. */
export function VoucherDrafts({ drafts, opened, onOpen, onRemove }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (drafts.length === 0) return null
  return (
    <Panel title={t('ui.voucher.drafts')}>
      <Table<VoucherDraft>
        look="bare"
        rows={drafts}
        {...(opened ? { current: opened } : {})}
        keyOf={(draft) => draft.draft_id}
        columns={[
          { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (draft) => draft.day },
          { key: 'summary', title: t('ui.f.summary'), render: (draft) => draft.summary },
          { key: 'amount', title: t('ui.f.amount'), align: 'end', render: (draft) => format.money(draft.lines.reduce((total, line) => total + line.debit_minor, 0)) },
          { key: 'at', title: t('ui.voucher.keptAt'), figures: 'tabular', render: (draft) => format.instant(draft.created_at) },
          {
            key: 'actions',
            render: (draft) => (
              <RowButtons
                offers={[
                  draft !== opened && { text: t('ui.voucher.openDraft'), run: () => onOpen(draft) },
                  { text: t('ui.remove'), run: () => onRemove(draft) },
                ]}
              />
            ),
          },
        ]}
      />
    </Panel>
  )
}

export function DeleteDraft({ draft, onDone, onClose }: { draft: VoucherDraft; onDone(): void; onClose(): void }) {
  const { t } = useTranslation()
  return (
    <ActionDialog
      name="accounting.deleteVoucherDraft"
      subject={`${draft.day} ${draft.summary}`}
      okText={t('ui.remove')}
      text={t('ui.voucher.deleteText')}
      inputOf={() => ({ draft_id: draft.draft_id })}
      onDone={onDone}
      onClose={onClose}
    />
  )
}

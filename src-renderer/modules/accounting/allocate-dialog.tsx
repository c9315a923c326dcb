import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { allocateOldestFirst, sumOf, type Allocations } from './allocations.ts'
import { OpenItemsTable } from './open-items-table.tsx'

type Props = {
  readonly party_id: string
  readonly side: 'receivable' | 'payable'
  /** The open item of the money (or credit) that settles. */
  readonly open_item_id: string
  readonly left_minor: number
  onClose(): void
}

/** Settles open documents with money that was received or paid earlier. */
export function AllocateDialog({ party_id, side, open_item_id, left_minor, onClose }: Props) {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const { data } = useAsk('accounting.openItems', { party_id, side, limit: 500 })
  const [allocations, setAllocations] = useState<Allocations>(new Map())
  const own = data?.rows.find((i) => i.open_item_id === open_item_id)
  const isPositive = (own?.open_minor ?? 0) > 0
  const others = useMemo(() => (data?.rows ?? []).filter((i) => i.open_item_id !== open_item_id && i.open_minor !== 0 && i.open_minor > 0 !== isPositive), [data, open_item_id, isPositive])
  useEffect(() => setAllocations(allocateOldestFirst(others, left_minor)), [others, left_minor])
  const used = sumOf(allocations, 'amount_minor')
  return (
    <ActionDialog
      name="accounting.allocateItems"
      width={820}
      isReady={used > 0 && used <= left_minor}
      inputOf={() => ({
        party_id,
        day: today,
        pairs: [...allocations]
          .filter(([, a]) => a.amount_minor > 0)
          .map(([other, a]) => ({ positive_id: isPositive ? open_item_id : other, negative_id: isPositive ? other : open_item_id, ...a })),
      })}
      onClose={onClose}
    >
      <span className={used > left_minor ? 'zg-danger-text' : 'zg-soft'}>{t('ui.payment.left', { left: format.money(left_minor - used), total: format.money(left_minor) })}</span>
      <OpenItemsTable items={others} allocations={allocations} onChange={setAllocations} />
    </ActionDialog>
  )
}

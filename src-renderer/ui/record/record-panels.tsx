import { useSession } from '../../api/session.tsx'
import { Attachments } from './attachments.tsx'
import { Comments } from './comments.tsx'
import { History } from './history.tsx'

/** A record by its source kind ('sales.order') and id. */
export type RecordKey = { readonly kind: string; readonly id: string }

/** What every record has at its side: its files, what people say about it, and its history for who may read the audit. */
export function RecordPanels({ record }: { record: RecordKey }) {
  const { may } = useSession()
  return (
    <>
      <Attachments key={record.id} record={record} />
      <Comments key={`said ${record.id}`} record={record} />
      {may('platform.audit') ? (
        <div>
          <History record={record} />
        </div>
      ) : null}
    </>
  )
}

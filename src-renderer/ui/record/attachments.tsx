import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { No, Said } from '../../api/client.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../dialog.tsx'
import { Panel } from '../document-page.tsx'
import { useFormat } from '../format.ts'
import { RefusalMessage } from '../no-message.tsx'
import { useSure } from '../use-sure.ts'
import type { RecordKey } from './record-panels.tsx'
import './record.css'

type Attachment = RowOf<'platform.attachments'>

const address = (a: Attachment): string => `/attachments/${a.attachment_id}`
const isPdf = (a: Attachment): boolean => a.mime === 'application/pdf'
const isPicture = (a: Attachment): boolean => /^image\/(png|jpeg|gif|webp)$/.test(a.mime)

/** 1,234,567 bytes as '1.2 MB'. */
function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power]}`
}

async function attach({ kind, id }: RecordKey, file: File): Promise<Said<unknown>> {
  const query = new URLSearchParams({ source_kind: kind, source_id: id, name: file.name })
  const headers = { 'content-type': file.type || 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name), 'accept-language': document.documentElement.lang }
  const response = await fetch(`/attachments?${query}`, { method: 'POST', headers, body: file })
  return (await response.json()) as Said<unknown>
}

/** Files that belong to a record: dropped or chosen, looked at, saved, taken off. */
export function Attachments({ record }: { record: RecordKey }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const mayAttach = may('platform.attach')
  const { data } = useAsk('platform.attachments', { source_kind: record.kind, source_id: record.id })
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(0)
  const [no, setNo] = useState<No | null>(null)
  const [shown, setShown] = useState<Attachment | null>(null)
  const rows = data?.rows ?? []

  const add = async (files: Iterable<File>): Promise<void> => {
    setNo(null)
    for (const file of files) {
      setBusy((b) => b + 1)
      const said = await attach(record, file).catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
      setBusy((b) => b - 1)
      if (!said.ok) return setNo(said)
    }
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    if (mayAttach) void add(event.dataTransfer.files)
  }
  if (rows.length === 0 && !mayAttach) return null
  return (
    <Panel
      title={t('ui.attachments')}
      extra={
        mayAttach ? (
          <Button size="small" icon={<PaperClipOutlined aria-hidden />} loading={busy > 0} onClick={() => input.current?.click()}>
            {t('ui.attachments.add')}
          </Button>
        ) : undefined
      }
    >
      <input ref={input} type="file" multiple hidden aria-label={t('ui.attachments.add')} onChange={(e) => void add(e.target.files ?? []).then(() => (e.target.value = ''))} />
      <RefusalMessage no={no} />
      <div className="zg-drop" onDragOver={(e) => e.preventDefault()} onDrop={drop}>
        {rows.length === 0 ? <span className="zg-soft">{t('ui.attachments.none')}</span> : null}
        <ul className="zg-list-plain">
          {rows.map((a) => (
            <AttachmentRow key={a.attachment_id} attachment={a} mayRemove={mayAttach} onShow={() => setShown(a)} onNo={setNo} />
          ))}
        </ul>
      </div>
      <Dialog open={shown !== null} width={900} title={shown?.name} footer={shown ? <Button href={address(shown)} download={shown.name}>{t('ui.attachments.save')}</Button> : null} onCancel={() => setShown(null)}>
        {shown ? <Preview attachment={shown} /> : null}
      </Dialog>
    </Panel>
  )
}

/** The file itself, to look at without leaving the record. */
function Preview({ attachment }: { attachment: Attachment }) {
  const from = `${address(attachment)}?show=1`
  if (isPdf(attachment)) return <iframe src={from} title={attachment.name} className="zg-paper" />
  return <img className="zg-preview-picture" src={from} alt={attachment.name} />
}

type RowProps = { readonly attachment: Attachment; readonly mayRemove: boolean; onShow(): void; onNo(no: No | null): void }

function AttachmentRow({ attachment, mayRemove, onShow, onNo }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const sure = useSure()
  const { run } = useRun('platform.removeAttachment')
  const { name, size, added_name, added_at } = attachment
  const remove = async (): Promise<void> => {
    if (!(await sure({ title: t('ui.attachments.removeSure', { name }), text: t('ui.attachments.removeText'), ok: t('ui.attachments.removeOk') }))) return
    const said = await run({ attachment_id: attachment.attachment_id })
    onNo(said && !said.ok ? said : null)
  }
  return (
    <li className="zg-attachment">
      {isPicture(attachment) || isPdf(attachment) ? (
        <button type="button" className="zg-link" onClick={onShow}>
          {name}
        </button>
      ) : (
        <a href={address(attachment)} download={name}>
          {name}
        </a>
      )}
      <span className="zg-soft zg-figures" title={`${added_name ?? ''} ${format.instant(added_at)}`}>
        {sizeText(size)}
      </span>
      {mayRemove ? <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('ui.attachments.remove', { name })} onClick={() => void remove()} /> : null}
    </li>
  )
}

import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { post, type No, type Said } from '../../api/client.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { NETWORK_NO } from './phrasing-post.ts'

type Preview = { readonly url: string; readonly model: string; readonly sends_names: number; readonly messages: readonly { readonly role: string; readonly content: string }[] }
type Worded = { readonly what: string; readonly model: string; readonly text: string }

/** This desk has seen what is sent. */
const SEEN = 'zhanggui.phrasing.seen'

/**
 * The first suggestion in other words, on request, by the company's own service. The rules' own words stay where they are: whatever becomes of the answer,
 * nothing waits for it and nothing is decided by it.
 */
export function Phrasing({ party_id, what }: { readonly party_id: string; readonly what: string }) {
  const { t } = useTranslation()
  const [worded, setWorded] = useState<Worded | null>(null)
  const [no, setNo] = useState<No | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [preview, setPreview] = useState<Preview | null>(null)
  const said = async <T,>(path: string): Promise<Said<T>> => post<T>(path, { party_id }).catch((): No => NETWORK_NO)
  const look = async (): Promise<void> => {
    const shown = await said<Preview>('/phrasing/preview')
    setNo(shown.ok ? null : shown)
    if (shown.ok) setPreview(shown.output)
  }
  const word = async (): Promise<void> => {
    setPreview(null)
    localStorage.setItem(SEEN, '1')
    setBusy(true)
    const answer = await said<Worded>('/phrasing/word')
    setBusy(false)
    setNo(answer.ok ? null : answer)
    setWorded(answer.ok ? answer.output : null)
  }
  return (
    <div className="zg-phrasing">
      <RefusalMessage no={no} />
      {worded?.what === what ? <p role="status">{worded.text} <span className="zg-soft">{t('ui.phrasing.by', { model: worded.model })}</span></p> : null}
      <span className="zg-actions">
        <Button size="small" loading={isBusy} onClick={() => void (localStorage.getItem(SEEN) === '1' ? word() : look())}>{t('ui.phrasing.word')}</Button>
        <Button size="small" type="link" onClick={() => void look()}>{t('ui.phrasing.look')}</Button>
      </span>
      {preview ? (
        <Dialog open title={t('ui.phrasing.look')} onCancel={() => setPreview(null)} footer={<Button type="primary" loading={isBusy} onClick={() => void word()}>{t('ui.phrasing.send')}</Button>}>
          <div className="zg-stack">
            <p>{t('ui.phrasing.sends', { url: preview.url, model: preview.model })}</p>
            {preview.messages.map((m) => <blockquote key={m.role} className="zg-phrasing-sent">{m.content}</blockquote>)}
            <p className="zg-soft">{t(preview.sends_names === 1 ? 'ui.phrasing.names' : 'ui.phrasing.marks')}</p>
          </div>
        </Dialog>
      ) : null}
    </div>
  )
}

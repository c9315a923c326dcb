import { RollbackOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../document-page.tsx'
import { useFormat } from '../format.ts'
import { RefusalMessage } from '../no-message.tsx'
import type { RecordKey } from './record-panels.tsx'

/** What people say about a record, and a place to say more. Ctrl+Enter sends; one takes back one's own words. */
export function Comments({ record }: { record: RecordKey }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [text, setText] = useState('')
  const { data } = useAsk('platform.comments', { source_kind: record.kind, source_id: record.id })
  const add = useRun('platform.addComment')
  const retract = useRun('platform.retractComment')
  const send = async (): Promise<void> => {
    if (text.trim() === '' || add.isRunning) return
    const said = await add.run({ source_kind: record.kind, source_id: record.id, text })
    if (said?.ok) setText('')
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    void send()
  }
  return (
    <Panel title={t('ui.comments')}>
      <ul className="zg-comments">
        {(data?.rows ?? []).map((c) => (
          <li key={c.comment_id}>
            <div className="zg-comment-head">
              <b>{c.user_name}</b>
              <span className="zg-soft zg-figures">{format.instant(c.written_at)}</span>
              {c.is_own && c.text !== null ? (
                <Button
                  type="text"
                  size="small"
                  icon={<RollbackOutlined aria-hidden />}
                  aria-label={t('ui.comments.retract', { at: format.instant(c.written_at) })}
                  title={t('command.platform.retractComment')}
                  onClick={() => void retract.run({ comment_id: c.comment_id })}
                />
              ) : null}
            </div>
            <div className={c.text === null ? 'zg-soft' : 'zg-comment-text'}>{c.text ?? t('ui.comments.retracted')}</div>
          </li>
        ))}
      </ul>
      <RefusalMessage no={add.no ?? retract.no} />
      <Input.TextArea
        aria-label={t('ui.comments.write')}
        placeholder={t('ui.comments.hint')}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keys}
      />
      {text.trim() === '' ? null : (
        <div className="zg-comment-send">
          <Button size="small" loading={add.isRunning} onClick={() => void send()}>
            {t('ui.comments.send')} <kbd>Ctrl ↵</kbd>
          </Button>
        </div>
      )}
    </Panel>
  )
}

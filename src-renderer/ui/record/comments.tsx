import { RollbackOutlined } from '@ant-design/icons'
import { Button, Mentions } from 'antd'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../document-page.tsx'
import { useFormat } from '../format.ts'
import { RefusalMessage } from '../no-message.tsx'
import { mentionedIn } from './mentioned.ts'
import type { RecordKey } from './record-panels.tsx'

/** What people say about a record, and a place to say more. `@` calls a colleague, Ctrl+Enter sends; one takes back one's own words. */
export function Comments({ record }: { record: RecordKey }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [text, setText] = useState('')
  const source = { source_kind: record.kind, source_id: record.id }
  const { data } = useAsk('platform.comments', source)
  const { data: colleagues } = useAsk('platform.mentionable', source, { enabled: text.includes('@') })
  useSeen(record)
  const add = useRun('platform.addComment')
  const retract = useRun('platform.retractComment')
  const send = async (): Promise<void> => {
    if (text.trim() === '' || add.isRunning) return
    const said = await add.run({ ...source, text, mentions: [...mentionedIn(text, colleagues?.rows ?? [])] })
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
      <Mentions
        aria-label={t('ui.comments.write')}
        placeholder={t('ui.comments.hint')}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={2000}
        value={text}
        prefix="@"
        notFoundContent={t('ui.picker.nothing')}
        options={(colleagues?.rows ?? []).map(({ user_id, name }) => ({ key: user_id, value: name, label: name }))}
        onChange={setText}
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

/** Who looks at the record has seen what was said there to them. */
function useSeen({ kind, id }: RecordKey): void {
  const { data } = useAsk('platform.mentions', {})
  const see = useRun('platform.seeMentions')
  const isCalled = data?.rows.some((m) => m.source_kind === kind && m.source_id === id) === true
  useEffect(() => {
    if (isCalled) void see.run({ source_kind: kind, source_id: id })
    // Once for each call; the tray follows by itself.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isCalled, kind, id])
}

import { useState } from 'react'
import { App, Button, Modal, Progress } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { LobbyState } from '../../../src-main/app/lobby.ts'
import { post, read, type No } from '../../api/client.ts'
import { Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'

/** The sample company from the beginning: asked twice, for what was tried out in it is lost. */
export function RenewSample() {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { modal } = App.useApp()
  const [isRunning, setRunning] = useState(false)
  const [no, setNo] = useState<No | null>(null)
  const ask = async (title: string, content: string): Promise<boolean> =>
    modal.confirm({ title, content, okText: t('ui.sample.renew'), cancelText: t('ui.cancel'), autoFocusButton: 'cancel' })
  const renew = async (): Promise<void> => {
    if (!(await ask(t('ui.sample.renew'), t('ui.sample.renewText')))) return
    if (!(await ask(t('ui.sample.renewSure'), t('ui.sample.renewSureText')))) return
    setRunning(true)
    setNo(null)
    const said = await post(`/lobby/renew-sample?lang=${locale}`, {}).catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
    if (said.ok) return location.assign('/')
    setRunning(false)
    setNo(said)
  }
  return (
    <Panel title={t('ui.sample.title')}>
      <div className="zg-stack">
        <p style={{ margin: 0 }}>{t('ui.sample.text')}</p>
        <RefusalMessage no={no} />
        <div>
          <Button onClick={() => void renew()}>
            {t('ui.sample.renew')}
          </Button>
        </div>
      </div>
      {isRunning ? <Making locale={locale} /> : null}
    </Panel>
  )
}

function Making({ locale }: { locale: string }) {
  const { t } = useTranslation()
  const { data: lobby } = useQuery({ queryKey: ['/lobby/state', locale], queryFn: () => read<LobbyState>(`/lobby/state?lang=${locale}`), refetchInterval: 400 })
  const progress = lobby?.work?.progress
  return (
    <Modal open closable={false} footer={null} title={t('ui.lobby.making')}>
      <Progress percent={progress && progress.total > 0 ? Math.floor((progress.done * 100) / progress.total) : 0} status="active" aria-label={t('ui.lobby.making')} />
    </Modal>
  )
}

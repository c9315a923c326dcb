import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { office, post, type No } from '../../api/client.ts'
import { Facts, Panel } from '../../ui/document-page.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { SettingsPage } from './settings-page.tsx'

type Verified = { readonly checked: number; readonly broken: readonly { readonly name: string }[] }

/** Where the books lie, copies of them, and whether they are sound. */
export function BackupPage() {
  const { t } = useTranslation()
  const { data: who } = useQuery({ queryKey: ['/whoAmI'], queryFn: () => office.whoAmI() })
  const backup = usePost<{ file: string }>('/office/backup')
  const verify = usePost<Verified>('/office/verify')
  return (
    <SettingsPage title={t('ui.nav.backup')}>
      <Panel title={t('ui.backup.place')}>
        <Facts facts={[[t('ui.backup.folder'), who?.company?.data]]} />
      </Panel>
      <Panel title={t('ui.backup.title')}>
        <div className="zg-stack">
          <p style={{ margin: 0 }}>{t('ui.backup.text')}</p>
          <RefusalMessage no={backup.no} />
          {backup.output ? <Alert type="success" showIcon title={t('ui.backup.done', { file: backup.output.file })} /> : null}
          <div>
            <Button type="primary" loading={backup.isRunning} onClick={() => void backup.run()}>
              {t('ui.backup.now')}
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title={t('ui.verify.title')}>
        <div className="zg-stack">
          <p style={{ margin: 0 }}>{t('ui.verify.text')}</p>
          <RefusalMessage no={verify.no} />
          {verify.output ? (
            verify.output.broken.length === 0 ? (
              <Alert type="success" showIcon title={t('ui.verify.sound', { count: verify.output.checked })} />
            ) : (
              <Alert type="error" showIcon title={t('ui.verify.broken', { count: verify.output.broken.length })} description={verify.output.broken.map((b) => b.name).join(', ')} />
            )
          ) : null}
          <div>
            <Button loading={verify.isRunning} onClick={() => void verify.run()}>
              {t('ui.verify.now')}
            </Button>
          </div>
        </div>
      </Panel>
    </SettingsPage>
  )
}

function usePost<T>(path: string) {
  const [state, setState] = useState<{ isRunning: boolean; no: No | null; output: T | null }>({ isRunning: false, no: null, output: null })
  const run = async (): Promise<void> => {
    setState({ isRunning: true, no: null, output: null })
    const said = await post<T>(path, {}).catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
    setState(said.ok ? { isRunning: false, no: null, output: said.output } : { isRunning: false, no: said, output: null })
  }
  return { ...state, run }
}

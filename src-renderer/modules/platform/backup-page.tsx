import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Alert, App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ListedBackup } from '../../../src-main/app/backups-folder.ts'
import { office, post, SaidNo, type No } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { RenewSample } from './renew-sample.tsx'
import { SettingsPage } from './settings-page.tsx'

/** Where the books lie, whether they are sound, and the copies of them. */
export function BackupPage() {
  const { t } = useTranslation()
  const { company } = useSession()
  const { data: who } = useQuery({ queryKey: ['/whoAmI'], queryFn: () => office.whoAmI() })
  return (
    <SettingsPage title={t('ui.nav.backup')}>
      <Panel title={t('ui.backup.place')}>
        <div className="zg-stack">
          <dl className="zg-facts">
            <dt>{t('ui.backup.folder')}</dt>
            <dd lang="zxx">{who?.company?.data}</dd>
          </dl>
          <Soundness broken={who?.broken_invariants} />
        </div>
      </Panel>
      <Backups />
      {company.is_sample ? <RenewSample /> : null}
    </SettingsPage>
  )
}

/** The books are looked through each time they are opened. */
function Soundness({ broken }: { broken: readonly string[] | null | undefined }) {
  const { t } = useTranslation()
  if (broken == null) return <span className="zg-soft">{t('ui.verify.running')}</span>
  return broken.length === 0 ? (
    <Alert type="success" showIcon title={t('ui.verify.sound')} />
  ) : (
    <Alert role="alert" type="error" showIcon title={t('ui.verify.broken', { count: broken.length })} description={broken.join(', ')} />
  )
}

function Backups() {
  const { t } = useTranslation()
  const format = useFormat()
  const cache = useQueryClient()
  const { message } = App.useApp()
  const [isRunning, setRunning] = useState(false)
  const [no, setNo] = useState<No | null>(null)
  const { data, error } = useQuery({
    queryKey: ['/lobby/backups'],
    retry: false,
    queryFn: async () => {
      const said = await post<{ readonly rows: readonly ListedBackup[] }>('/lobby/backups', {})
      if (!said.ok) throw new SaidNo(said)
      return said.output.rows
    },
  })
  const backUp = async (): Promise<void> => {
    setRunning(true)
    setNo(null)
    const said = await post('/lobby/backup', {}).catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
    setRunning(false)
    if (said.ok) void message.success(t('ui.backup.done'))
    else setNo(said)
    await cache.invalidateQueries({ queryKey: ['/lobby/backups'] })
  }
  return (
    <Panel title={t('ui.backup.title')}>
      <div className="zg-stack">
        <p style={{ margin: 0 }}>{t('ui.backup.text')}</p>
        <RefusalMessage no={no} />
        <div>
          <Button type="primary" loading={isRunning} onClick={() => void backUp()}>
            {t('ui.backup.now')}
          </Button>
        </div>
        {error ? <NoMessage error={error} /> : null}
        {data && data.length > 0 ? (
          <Table
            rows={data}
            keyOf={(b) => b.file}
            columns={[
              { key: 'at', title: t('ui.audit.at'), figures: 'tabular', render: (b) => format.instant(b.made_at) },
              { key: 'why', title: t('ui.backup.why'), render: (b) => (b.why === null ? '' : t(`ui.backup.why.${b.why}`)) },
              { key: 'file', title: t('ui.backup.file'), render: (b) => b.file },
              { key: 'size', title: 'MB', align: 'end', render: (b) => (b.bytes / 1_048_576).toFixed(1) },
            ]}
          />
        ) : null}
      </div>
    </Panel>
  )
}

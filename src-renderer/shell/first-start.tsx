import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button, Progress } from 'antd'
import { FolderOpenOutlined, PlusOutlined, RocketOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { LobbyState } from '../../src-main/app/lobby.ts'
import { post, read, type No } from '../api/client.ts'
import { Dialog } from '../ui/dialog.tsx'
import { RefusalMessage } from '../ui/no-message.tsx'
import { instantText } from '../ui/format.ts'
import { CreateCompany } from './create-company.tsx'
import { FolderPicker } from './folder-picker.tsx'
import { RestoreBackup } from './restore-backup.tsx'
import { usePreferences } from './preferences.ts'
import './first-start.css'

/** The room before the office: the sample, a new company, or one that exists. */
export function FirstStart({ onEnter }: { onEnter(): void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { locale, setLocale } = usePreferences()
  const [front, setFront] = useState<'create' | 'folder' | 'restore' | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [no, setNo] = useState<No | null>(null)
  const { data: lobby } = useQuery({
    queryKey: ['/lobby/state', locale],
    queryFn: () => read<LobbyState>(`/lobby/state?lang=${locale}`),
    // Somebody may be making or opening a company just now, also before this page was loaded.
    refetchInterval: (query) => (isBusy || query.state.data?.work ? 400 : false),
  })
  const enter = async (path: string, body: unknown): Promise<void> => {
    setBusy(true)
    setNo(null)
    const said = await post<LobbyState>(`${path}?lang=${locale}`, body).catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
    setBusy(false)
    await cache.invalidateQueries({ queryKey: ['/lobby/state'] })
    if (said.ok) onEnter()
    else setNo(said)
  }
  const isOpen = lobby?.open != null
  useEffect(() => {
    if (isOpen && !isBusy) onEnter()
    // The company was opened by another page of this desk.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isOpen, isBusy])
  const open = (data: string) => void enter('/lobby/open', { data })
  return (
    <main className="zg-lobby">
      <header>
        <h1>
          掌柜 <span lang="en">Zhanggui</span>
        </h1>
        <p className="zg-soft">{t('ui.lobby.tagline')}</p>
        <button type="button" className="zg-link" lang={locale === 'zh-CN' ? 'en' : 'zh-CN'} onClick={() => setLocale(locale === 'zh-CN' ? 'en' : 'zh-CN')}>
          {locale === 'zh-CN' ? 'English' : '中文'}
        </button>
      </header>
      <RefusalMessage no={no} />
      {isBusy || lobby?.work ? <Working lobby={lobby} /> : null}
      <div className="zg-ways">
        <Way icon={<RocketOutlined aria-hidden />} title={t('ui.lobby.sample')} text={t('ui.lobby.sampleText')}>
          <Button type="primary" size="large" disabled={isBusy} onClick={() => void enter('/lobby/open-sample', {})}>
            {t('ui.lobby.openSample')}
          </Button>
        </Way>
        <Way icon={<PlusOutlined aria-hidden />} title={t('ui.lobby.create')} text={t('ui.lobby.createText')}>
          <Button size="large" disabled={isBusy} onClick={() => setFront('create')}>
            {t('ui.lobby.createCompany')}
          </Button>
        </Way>
        <Way icon={<FolderOpenOutlined aria-hidden />} title={t('ui.lobby.open')} text={t('ui.lobby.openText')}>
          <Button size="large" disabled={isBusy} onClick={() => setFront('folder')}>
            {t('ui.lobby.chooseFolder')}
          </Button>
          <button type="button" className="zg-link" disabled={isBusy} onClick={() => setFront('restore')}>
            {t('ui.restore.title')}
          </button>
        </Way>
      </div>
      {lobby && lobby.companies.length > 0 ? <Recent lobby={lobby} isBusy={isBusy} onOpen={open} /> : null}
      {front === 'create' && lobby ? (
        <CreateCompany
          suggestions={lobby.suggestions}
          onCancel={() => setFront(null)}
          onCreate={(answers) => {
            setFront(null)
            void enter('/lobby/create', answers)
          }}
        />
      ) : null}
      {front === 'restore' ? (
        <RestoreBackup
          onCancel={() => setFront(null)}
          onRestore={(input) => {
            setFront(null)
            void enter('/lobby/restore', input)
          }}
        />
      ) : null}
      <Dialog open={front === 'folder'} title={t('ui.lobby.open')} footer={null} onCancel={() => setFront(null)}>
        <FolderPicker
          onPick={(data) => {
            setFront(null)
            open(data)
          }}
        />
      </Dialog>
    </main>
  )
}

function Way({ icon, title, text, children }: { icon: React.ReactNode; title: string; text: string; children: React.ReactNode }) {
  return (
    <section className="zg-way">
      <span className="zg-way-icon">{icon}</span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </section>
  )
}

function Working({ lobby }: { lobby: LobbyState | undefined }) {
  const { t } = useTranslation()
  const progress = lobby?.work?.progress
  const percent = progress && progress.total > 0 ? Math.floor((progress.done * 100) / progress.total) : null
  return (
    <div className="zg-card" role="status">
      {t(lobby?.work?.kind === 'open' || !lobby?.work ? 'ui.lobby.opening' : 'ui.lobby.making')}
      {percent === null ? null : <Progress percent={percent} status="active" aria-label={t('ui.lobby.making')} />}
    </div>
  )
}

function Recent({ lobby, isBusy, onOpen }: { lobby: LobbyState; isBusy: boolean; onOpen(data: string): void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const forget = async (data: string): Promise<void> => {
    await post('/lobby/forget', { data })
    await cache.invalidateQueries({ queryKey: ['/lobby/state'] })
  }
  return (
    <section>
      <h2 className="zg-h2">{t('ui.lobby.recent')}</h2>
      <ul className="zg-recent">
        {lobby.companies.map((c) => (
          <li key={c.data}>
            <button type="button" className="zg-link" disabled={isBusy || c.is_missing === 1} onClick={() => onOpen(c.data)}>
              {c.name}
            </button>
            {c.is_sample ? <span className="zg-sample">{t('ui.sample')}</span> : null}
            <span className="zg-soft zg-recent-place">{c.is_missing ? t('ui.lobby.missing', { data: c.data }) : c.data}</span>
            <span className="zg-soft zg-figures">{instantText(c.opened_at)}</span>
            <Button type="text" size="small" onClick={() => void forget(c.data)}>
              {t('ui.lobby.forget')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ListedBackup } from '../../../src-main/app/backups-folder.ts'
import { office, post } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { FactCard, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { SettingsPage } from './settings-page.tsx'

/** What others made and this program stands on, by licence. */
const thanks: readonly (readonly [licence: string, names: string])[] = [
  ['AGPL-3.0-or-later', 'Zhanggui 掌柜'],
  ['OFL-1.1', 'Noto Sans SC'],
  ['Public Domain', 'SQLite'],
  ['PostgreSQL', 'PostgreSQL'],
  ['MIT', 'Electron, React, Ant Design, better-sqlite3, oRPC, Hono, Zod, pdfmake, i18next, Recharts, TanStack Query, marked'],
  ['Apache-2.0', 'Drizzle ORM'],
]

/** The program and the books at a glance: which version, where the data lies, when it was last backed up, whose work it is. */
export function AboutPage() {
  const { t } = useTranslation()
  const { company } = useSession()
  const { data: who } = useQuery({ queryKey: ['/whoAmI'], queryFn: () => office.whoAmI() })
  const data = who?.company?.data
  return (
    <SettingsPage title={t('ui.nav.about')}>
      <FactCard
        facts={[
          [t('ui.about.version'), <span className="zg-figures">{String(import.meta.env['ZHANGGUI_VERSION'])}</span>],
          [t('ui.about.company'), company.name],
          [t('ui.company.profile'), t(`ui.company.profile.${company.profile}`)],
          [t('ui.about.engine'), data === undefined ? '' : <span lang="zxx">{data.startsWith('postgres') ? 'PostgreSQL' : 'SQLite'}</span>],
        ]}
      />
      <Panel title={t('ui.backup.folder')}>
        <code lang="zxx" className="zg-path">{data}</code>
      </Panel>
      <Panel title={t('ui.backup.title')} extra={<Link to="/settings/backup">{t('ui.nav.backup')}</Link>}>
        <BackupState broken={who?.broken_invariants} />
      </Panel>
      <Panel title={t('ui.about.licence')}>
        <p style={{ margin: '0 0 8px' }}>{t('ui.about.licenceText')}</p>
        <dl className="zg-facts" lang="zxx">
          {thanks.map(([licence, names]) => (
            <div key={licence} className="zg-contents">
              <dt>{licence}</dt>
              <dd>{names}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </SettingsPage>
  )
}

function BackupState({ broken }: { broken: readonly string[] | null | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  // Only who looks after the company is told about its backups; for others the line stays away.
  const { data: last } = useQuery({
    queryKey: ['/lobby/backups', 'last'],
    queryFn: async () => {
      const said = await post<{ readonly rows: readonly ListedBackup[] }>('/lobby/backups', {})
      return said.ok ? (said.output.rows[0] ?? null) : undefined
    },
    retry: false,
  })
  return (
    <dl className="zg-facts">
      <dt>{t('ui.about.last')}</dt>
      <dd className="zg-figures">{last === null ? t('ui.about.never') : last ? `${format.instant(last.made_at)} ${last.why === null ? '' : t(`ui.backup.why.${last.why}`)}` : '—'}</dd>
      <dt>{t('ui.about.books')}</dt>
      <dd className={broken && broken.length > 0 ? 'zg-danger-text' : undefined}>
        {broken == null ? t('ui.verify.running') : broken.length === 0 ? t('ui.verify.sound') : t('ui.verify.broken', { count: broken.length })}
      </dd>
    </dl>
  )
}

import { Alert, Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../../src-main/app/import-types.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import './import.css'

type Props = { readonly job: JobView; onBack(): void; onPost(): void; onPostGood(): void; onCancel(): void }

/** Checking and posting: how far, how fast, how long still; what is wrong with which row; and the way out. */
export function ImportProgress({ job, onBack, onPost, onPostGood, onCancel }: Props) {
  const { t, i18n } = useTranslation()
  const isRunning = job.state === 'checking' || job.state === 'posting'
  const hasProblems = (job.counts?.problems ?? 0) > 0 || job.problems.length > 0
  return (
    <div className="zg-stack">
      {isRunning ? <Running job={job} onCancel={onCancel} /> : null}
      {job.state === 'posted' ? <Posted job={job} /> : null}
      {job.state === 'cancelled' ? <Alert type="info" showIcon title={t('ui.import.cancelled')} /> : null}
      {job.no && job.state === 'failed' ? <RefusalMessage no={job.no.code === 'defect' ? { ok: false, kind: 'defect', code: 'defect', details: { incident: '' } } : { ok: false, kind: 'refusal', ...job.no }} /> : null}
      {job.state === 'checked' ? (
        <Alert
          type={hasProblems ? 'warning' : 'success'}
          showIcon
          title={hasProblems ? t('ui.import.problems', { problems: job.counts?.problems ?? 0, rows: job.counts?.rows ?? 0 }) : t('ui.import.ready', { rows: job.counts?.rows ?? 0 })}
        />
      ) : null}
      {job.faulty_rows > 0 && !isRunning ? (
        <Alert
          type="info"
          showIcon
          title={t(job.state === 'posted' ? 'ui.import.faulty.left' : 'ui.import.faulty.rows', { count: job.faulty_rows })}
          description={t('ui.import.faulty.how')}
          action={
            <Button href={`/import/faulty/${job.job_id}.xlsx?lang=${i18n.language}`} download>
              {t('ui.import.faulty.file')}
            </Button>
          }
        />
      ) : null}
      {hasProblems && !isRunning ? <Problems job={job} /> : null}
      {isRunning || job.state === 'posted' ? null : (
        <div className="zg-form-foot">
          <Button onClick={onBack}>{t('ui.import.back')}</Button>
          {hasProblems && job.may_leave_out === 1 && job.state !== 'cancelled' ? <Button onClick={onPostGood}>{t('ui.import.faulty.postGood')}</Button> : null}
          <Button type="primary" disabled={hasProblems || job.state !== 'checked'} onClick={onPost}>
            {t('ui.import.post')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Running({ job, onCancel }: { job: JobView; onCancel(): void }) {
  const { t } = useTranslation()
  const pace = job.pace
  const percent = pace?.total ? Math.floor((pace.done * 100) / pace.total) : 0
  return (
    <section className="zg-card zg-stack" role="status">
      <strong>{t(job.state === 'checking' ? 'ui.import.checking' : 'ui.import.posting')}</strong>
      <Progress percent={percent} status="active" aria-label={t('ui.import.checking')} />
      <div className="zg-form-foot">
        <span className="zg-soft zg-figures">
          {pace ? t('ui.import.pace', { done: pace.done, total: pace.total ?? '?', rate: Math.round(pace.rate) }) : ''}
          {pace?.seconds_left == null ? '' : ` · ${t('ui.import.left', { seconds: Math.ceil(pace.seconds_left) })}`}
        </span>
        <Button onClick={onCancel}>{t('ui.cancel')}</Button>
      </div>
    </section>
  )
}

function Problems({ job }: { job: JobView }) {
  const { t } = useTranslation()
  return (
    <div className="zg-import-columns">
      <section className="zg-card">
        <h2>{t('ui.import.reasons')}</h2>
        <ul className="zg-list-plain">
          {job.reasons.map((r) => (
            <li key={`${r.reason_code} ${r.column}`}>
              <span>
                {r.column} · {t(`refusal.${r.reason_code}`, { found: '…' })}
              </span>
              <span className="zg-figures">{r.count}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="zg-card">
        <h2>{t('ui.import.firstProblems')}</h2>
        <Table
          look="preview"
          rows={job.problems}
          keyOf={(_, i) => i}
          columns={[
            { key: 'row', title: t('ui.import.row'), align: 'end', render: (p) => p.source_row },
            { key: 'column', title: t('ui.import.column'), render: (p) => p.column },
            { key: 'reason', title: t('ui.import.reason'), render: (p) => t(`refusal.${p.reason_code}`, p.details) },
          ]}
        />
      </section>
    </div>
  )
}

/** What the posting made: whole numbers by their names. */
function Posted({ job }: { job: JobView }) {
  const { t } = useTranslation()
  const made = Object.entries((job.output ?? {}) as Record<string, unknown>).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && !entry[0].endsWith('_minor'))
  return (
    <Alert
      type="success"
      showIcon
      title={t('ui.import.posted', { rows: (job.counts?.rows ?? 0) - job.faulty_rows })}
      description={
        <ul className="zg-problems">
          {made.map(([key, count]) => (
            <li key={key}>
              {t(`ui.import.made.${key}`)}: <span className="zg-figures">{count}</span>
            </li>
          ))}
        </ul>
      }
    />
  )
}

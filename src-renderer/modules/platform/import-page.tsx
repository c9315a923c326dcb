import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Steps } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportField } from '../../../src-main/kernel/operation.ts'
import type { JobView } from '../../../src-main/app/import-types.ts'
import { post, SaidNo, type No } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { useTitle } from '../../ui/list-page.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ImportMapping } from './import-mapping.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportStart } from './import-start.tsx'

export type ImportKind = { readonly kind: string; readonly permission: string; readonly fields: readonly ImportField[] }

const stepOf = { mapping: 1, checking: 2, checked: 2, posting: 3, posted: 3, failed: 2, cancelled: 2 } as const

/** Files into the books: choose, match the columns, check every row, post all or nothing. */
export function ImportPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  useTitle(t('ui.nav.import'))
  const [job, setJob] = useState<JobView | null>(null)
  const [no, setNo] = useState<No | null>(null)
  const { data: kinds, error } = useQuery({
    queryKey: ['/import/kinds'],
    // The company may have added fields since.
    staleTime: 0,
    queryFn: async () => {
      const said = await post<ImportKind[]>('/import/kinds', {})
      if (!said.ok) throw new SaidNo(said)
      return said.output
    },
  })
  const isRunning = job?.state === 'checking' || job?.state === 'posting'
  // While rows are read or posted, the job is looked at twice a second.
  useQuery({
    queryKey: ['/import/job', job?.job_id],
    enabled: isRunning,
    refetchInterval: isRunning ? 500 : false,
    staleTime: 0,
    queryFn: async () => {
      const said = await post<JobView>('/import/job', { job_id: job?.job_id })
      if (said.ok) setJob(said.output)
      else setNo(said)
      return null
    },
  })
  const step = async (path: string, input: object): Promise<void> => {
    setNo(null)
    const said = await post<JobView>(path, { job_id: job?.job_id, ...input }).catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
    if (said.ok) setJob(said.output)
    else setNo(said)
  }
  const again = async (): Promise<void> => {
    if (job) await post('/import/drop', { job_id: job.job_id }).catch(() => undefined)
    setJob(null)
    setNo(null)
  }
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('ui.nav.import')}</h1>
        <span className="zg-spring" />
        {job && !isRunning ? <Button onClick={() => void again()}>{t('ui.import.again')}</Button> : null}
      </div>
      <Steps size="small" current={job ? stepOf[job.state] : 0} items={['file', 'mapping', 'check', 'post'].map((key) => ({ title: t(`ui.import.step.${key}`) }))} />
      {error ? <NoMessage error={error} /> : null}
      <RefusalMessage no={no} />
      {job === null ? (
        <ImportStart kinds={(kinds ?? []).filter((k) => may(k.permission))} onStarted={(started) => (setNo(null), setJob(started))} onNo={setNo} />
      ) : job.state === 'mapping' ? (
        <ImportMapping job={job} onMap={(mapping) => step('/import/map', { mapping })} onRead={(reading) => step('/import/read', { reading })} onCheck={() => void step('/import/check', {})} />
      ) : (
        <ImportProgress
          job={job}
          onBack={() => void step('/import/map', { mapping: job.mapping })}
          onPost={() => void step('/import/post', {})}
          onPostGood={() => void step('/import/post-good', {})}
          onCancel={() => void step('/import/cancel', {})}
        />
      )}
    </div>
  )
}

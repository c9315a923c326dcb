import { useRef, useState, type DragEvent } from 'react'
import { Button } from 'antd'
import { InboxOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../../src-main/app/import-types.ts'
import { post, type No, type Said } from '../../api/client.ts'
import { useFormat } from '../../ui/format.ts'
import { columnName } from './column-name.ts'
import type { ImportKind } from './import-page.tsx'
import './import.css'

type Props = { readonly kinds: readonly ImportKind[]; onStarted(job: JobView): void; onNo(no: No): void }
type Upload = { readonly upload_id: string; readonly file_name: string }

async function upload(file: File): Promise<Said<Upload>> {
  const response = await fetch('/files/upload', {
    method: 'POST',
    headers: { 'x-file-name': encodeURIComponent(file.name), 'accept-language': document.documentElement.lang },
    body: file,
  })
  return (await response.json()) as Said<Upload>
}

/** What kind of rows, and which file. */
export function ImportStart({ kinds, onStarted, onNo }: Props) {
  const { t, i18n } = useTranslation()
  const { locale, list } = useFormat()
  const [chosen, setKind] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const kind = chosen ?? kinds[0]?.kind
  const fields = kinds.find((k) => k.kind === kind)?.fields ?? []
  const take = async (file: File | undefined): Promise<void> => {
    if (!file || kind === undefined) return
    setBusy(true)
    const sent = await upload(file).catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
    const said = sent.ok ? await post<JobView>('/import/start', { upload_id: sent.output.upload_id, kind }) : sent
    setBusy(false)
    if (said.ok) onStarted(said.output)
    else onNo(said)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    void take(event.dataTransfer.files[0])
  }
  return (
    <div className="zg-import-start">
      <section className="zg-card">
        <h2 id="import-kind">{t('ui.import.what')}</h2>
        <div role="radiogroup" aria-labelledby="import-kind" className="zg-kinds">
          {kinds.map((k) => (
            <label key={k.kind} className={`zg-kind${k.kind === kind ? ' zg-chosen' : ''}`}>
              <input type="radio" name="kind" checked={k.kind === kind} onChange={() => setKind(k.kind)} /> {t(`ui.import.kind.${k.kind}`)}
            </label>
          ))}
        </div>
      </section>
      <section className="zg-card zg-stack">
        <div className="zg-drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
          <InboxOutlined aria-hidden />
          <p>{t('ui.import.drop')}</p>
          <Button type="primary" loading={isBusy} onClick={() => input.current?.click()}>
            {t('ui.import.choose')}
          </Button>
          <input ref={input} type="file" hidden accept=".csv,.txt,.tsv,.xlsx,.xz" aria-label={t('ui.import.choose')} onChange={(event) => void take(event.target.files?.[0])} />
        </div>
        <div>
          <a href={`/import/template/${kind}.xlsx?lang=${i18n.language}`} download>
            {t('ui.import.template')}
          </a>
        </div>
        <div className="zg-soft">
          {t('ui.import.fields')}
          {locale === 'zh-CN' ? '：' : ': '}
          {list(fields.map((f) => columnName(f, locale) + (f.is_required ? '*' : '')))}
        </div>
      </section>
    </div>
  )
}

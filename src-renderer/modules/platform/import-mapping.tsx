import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobView, Mapping } from '../../../src-main/app/import-types.ts'
import { SelectField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { Table } from '../../ui/table.tsx'
import { columnName } from './column-name.ts'
import './import.css'

type Reading = { readonly sheet?: string; readonly header_row?: number; readonly encoding?: string; readonly delimiter?: string }
type Props = { readonly job: JobView; onMap(mapping: Mapping): Promise<void>; onRead(reading: Reading): Promise<void>; onCheck(): void }

/** Which column of the file each field is read from, beside the first rows of the file. */
export function ImportMapping({ job, onMap, onRead, onCheck }: Props) {
  const { t } = useTranslation()
  const { locale, list } = useFormat()
  const set = (field: string, header: string | null): void => {
    const { [field]: _old, ...others } = job.mapping
    void onMap(header === null ? others : { ...others, [field]: header })
  }
  const missing = job.fields.filter((f) => f.is_required && job.mapping[f.key] === undefined)
  return (
    <div className="zg-stack">
      <div className="zg-form-foot">
        <FileReading job={job} onRead={onRead} />
        <span className="zg-soft">{missing.length > 0 ? t('ui.import.missing', { fields: list(missing.map((f) => columnName(f, locale))) }) : ''}</span>
        <Button type="primary" disabled={missing.length > 0} onClick={onCheck}>
          {t('ui.import.check')}
        </Button>
      </div>
      <div className="zg-import-columns">
        <section className="zg-card">
          <h2>{t('ui.import.match')}</h2>
          <Table
            look="bare"
            rows={job.fields}
            keyOf={(f) => f.key}
            columns={[
              {
                key: 'field',
                title: t('ui.import.field'),
                render: (f) => (
                  <>
                    {columnName(f, locale)} {f.is_required ? <span className="zg-star">*</span> : null}
                    {f.form === 'text' ? null : <div className="zg-soft">{t(`ui.import.form.${f.form}`)}</div>}
                  </>
                ),
              },
              {
                key: 'column',
                title: t('ui.import.column'),
                render: (f) => (
                  <SelectField
                    aria-label={columnName(f, locale)}
                    none={t('ui.import.notRead')}
                    value={job.mapping[f.key] ?? null}
                    options={job.headers.map((h) => ({ value: h, label: h }))}
                    onChange={(header) => set(f.key, header)}
                  />
                ),
              },
            ]}
          />
        </section>
        <section className="zg-card">
          <h2>{t('ui.import.preview')}</h2>
          <Table
            look="preview"
            rows={job.preview}
            keyOf={(row) => row.source_row}
            columns={[
              { key: 'no', title: '#', figures: 'faint', render: (row) => row.source_row },
              ...job.headers.map((title, i) => ({ key: String(i), title, render: (row: JobView['preview'][number]) => row.cells[i] })),
            ]}
          />
        </section>
      </div>
    </div>
  )
}

/** How the file was understood, and another way where that was wrong. */
function FileReading({ job, onRead }: { job: JobView; onRead(reading: Reading): Promise<void> }) {
  const { t } = useTranslation()
  const { file } = job
  const now: Reading = {
    ...(file.sheet === null ? {} : { sheet: file.sheet }),
    header_row: file.header_row,
    ...(file.encoding === null ? {} : { encoding: file.encoding }),
    ...(file.delimiter === null ? {} : { delimiter: file.delimiter }),
  }
  return (
    <div className="zg-filters">
      <strong>{job.file_name}</strong>
      {file.sheet_names.length > 1 ? (
        <SelectField aria-label={t('ui.import.sheet')} value={file.sheet} options={file.sheet_names.map((s) => ({ value: s, label: s }))} onChange={(sheet) => sheet && void onRead({ sheet })} />
      ) : null}
      {file.format === 'csv' ? (
        <>
          <SelectField
            aria-label={t('ui.import.encoding')}
            value={file.encoding}
            options={['utf-8', 'gb18030', 'utf-16le', 'utf-16be'].map((value) => ({ value, label: value.toUpperCase() }))}
            onChange={(encoding) => encoding && void onRead({ ...now, encoding })}
          />
          <SelectField
            aria-label={t('ui.import.delimiter')}
            value={file.delimiter}
            options={[',', ';', '\t', '|'].map((value) => ({ value, label: value === '\t' ? 'Tab' : value }))}
            onChange={(delimiter) => delimiter && void onRead({ ...now, delimiter })}
          />
        </>
      ) : null}
      <label className="zg-soft">
        {t('ui.import.headerRow')}{' '}
        <span className="zg-header-row">
          <WholeField value={file.header_row} onChange={(header_row) => header_row && header_row !== file.header_row && void onRead({ ...now, header_row })} />
        </span>
      </label>
    </div>
  )
}

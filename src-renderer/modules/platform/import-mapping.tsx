import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobView, Mapping } from '../../../src-main/app/import-types.ts'
import { SelectField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
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
          <table className="zg-table">
            <thead>
              <tr>
                <th scope="col">{t('ui.import.field')}</th>
                <th scope="col">{t('ui.import.column')}</th>
              </tr>
            </thead>
            <tbody>
              {job.fields.map((f) => (
                <tr key={f.key}>
                  <td>
                    {columnName(f, locale)} {f.is_required ? <span className="zg-star">*</span> : null}
                    {f.form === 'text' ? null : <div className="zg-soft">{t(`ui.import.form.${f.form}`)}</div>}
                  </td>
                  <td>
                    <SelectField
                      aria-label={columnName(f, locale)}
                      none={t('ui.import.notRead')}
                      value={job.mapping[f.key] ?? null}
                      options={job.headers.map((h) => ({ value: h, label: h }))}
                      onChange={(header) => set(f.key, header)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section className="zg-card">
          <h2>{t('ui.import.preview')}</h2>
          <div className="zg-table-box zg-preview">
            <table className="zg-table">
              <thead>
                <tr>
                  <th scope="col">#</th>
                  {job.headers.map((h, i) => (
                    <th key={i} scope="col">
                      {h}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {job.preview.map((row) => (
                  <tr key={row.source_row}>
                    <td className="zg-soft zg-figures">{row.source_row}</td>
                    {job.headers.map((_, i) => (
                      <td key={i}>{row.cells[i]}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
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

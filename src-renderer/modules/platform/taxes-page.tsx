import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { DayField, PercentField, TextField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { SettingsPage } from './settings-page.tsx'

/** Tax codes with their dated rates, for this company's kind of taxpayer. */
export function TaxesPage() {
  const { t } = useTranslation()
  const { may, company, today } = useSession()
  const format = useFormat()
  const { data } = useAsk('catalog.taxCodes', { day: today })
  const [editing, setEditing] = useState<string | null>(null)
  const canEdit = may('catalog.taxes')
  return (
    <SettingsPage title={t('ui.nav.taxes')} actions={canEdit ? <Button onClick={() => setEditing('')}>{t('command.catalog.createTaxCode')}</Button> : null}>
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">{t('ui.f.code')}</th>
              <th scope="col">{t('ui.f.name')}</th>
              <th scope="col" className="zg-end">{t('ui.tax.rateToday')}</th>
              <th scope="col">{t('ui.tax.rates')}</th>
              <th scope="col">
                <span className="zg-sr">{t('ui.lines.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(data?.rows ?? []).map((row) => (
              <tr key={row.tax_code}>
                <td className="zg-figures">
                  {row.tax_code} {row.tax_code === data?.usual ? <StatusTag tone="info">{t('ui.tax.usual')}</StatusTag> : null}
                </td>
                <td>{format.locale === 'zh-CN' ? row.name_zh : row.name_en}</td>
                <td className="zg-end">{row.rate_e8 === null ? '—' : format.percent(row.rate_e8)}</td>
                <td>
                  {row.rates
                    .filter((r) => r.taxpayer === company.taxpayer)
                    .map((r) => (
                      <div key={r.from_day} className="zg-figures">
                        {format.percent(r.rate_e8)} · {r.from_day} – {r.to_day ?? ''} <span className="zg-soft">{r.source}</span>
                      </div>
                    ))}
                </td>
                <td>
                  {canEdit ? (
                    <Button size="small" onClick={() => setEditing(row.tax_code)}>
                      {t('command.catalog.setTaxRate')}
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {editing === null ? null : editing === '' ? <NewTaxCode onClose={() => setEditing(null)} /> : <NewRate tax_code={editing} onClose={() => setEditing(null)} />}
    </SettingsPage>
  )
}

function NewTaxCode({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [name_zh, setZh] = useState('')
  const [name_en, setEn] = useState('')
  const create = useRun('catalog.createTaxCode')
  const save = async (): Promise<void> => {
    const said = await create.run({ tax_code: code.toUpperCase(), name_zh: name_zh || name_en, name_en: name_en || name_zh })
    if (said?.ok) onClose()
  }
  return (
    <Dialog open title={t('command.catalog.createTaxCode')} okText={t('ui.save')} cancelText={t('ui.cancel')} onOk={() => void save()} onCancel={onClose}>
      <RefusalMessage no={create.no} />
      <ProblemsProvider value={problemsOf(create.no)}>
        <FieldRow>
          <Field label={t('ui.f.code')} path="tax_code" isRequired span={4}>
            {(ids) => <TextField {...ids} autoFocus value={code} onChange={setCode} />}
          </Field>
          <Field label={t('ui.f.nameZh')} path="name_zh" span={4}>
            {(ids) => <TextField {...ids} value={name_zh} onChange={setZh} />}
          </Field>
          <Field label={t('ui.f.nameEn')} path="name_en" span={4}>
            {(ids) => <TextField {...ids} value={name_en} onChange={setEn} />}
          </Field>
        </FieldRow>
      </ProblemsProvider>
    </Dialog>
  )
}

function NewRate({ tax_code, onClose }: { tax_code: string; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const [rate_e8, setRate] = useState<number | null>(null)
  const [from_day, setFrom] = useState(today)
  const [to_day, setTo] = useState<string | null>(null)
  const [source, setSource] = useState('')
  const set = useRun('catalog.setTaxRate')
  const save = async (): Promise<void> => {
    const said = await set.run({ tax_code, rate_e8: rate_e8 ?? 0, from_day, to_day, source: source.trim() === '' ? null : source.trim() })
    if (said?.ok) onClose()
  }
  return (
    <Dialog open title={`${t('command.catalog.setTaxRate')} · ${tax_code}`} okText={t('ui.save')} cancelText={t('ui.cancel')} onOk={() => void save()} onCancel={onClose}>
      <RefusalMessage no={set.no} />
      <ProblemsProvider value={problemsOf(set.no)}>
        <FieldRow>
          <Field label={t('ui.tax.percent')} path="rate_e8" isRequired span={4}>
            {(ids) => <PercentField {...ids} autoFocus value={rate_e8} onChange={setRate} />}
          </Field>
          <Field label={t('ui.f.from')} path="from_day" span={4}>
            {(ids) => <DayField {...ids} value={from_day} onChange={(day) => setFrom(day ?? today)} />}
          </Field>
          <Field label={t('ui.f.to')} path="to_day" span={4}>
            {(ids) => <DayField {...ids} value={to_day} onChange={setTo} />}
          </Field>
          <Field label={t('ui.tax.source')} path="source" span={12}>
            {(ids) => <TextField {...ids} value={source} onChange={setSource} />}
          </Field>
        </FieldRow>
      </ProblemsProvider>
    </Dialog>
  )
}

import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { NamesInput, noNames, TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, PercentField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
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
      <Table
        rows={data?.rows}
        keyOf={(row) => row.tax_code}
        columns={[
          {
            key: 'code',
            title: t('ui.f.code'),
            figures: 'tabular',
            render: (row) => (
              <>
                {row.tax_code} {row.tax_code === data?.usual ? <StatusTag tone="info">{t('ui.tax.usual')}</StatusTag> : null}
              </>
            ),
          },
          { key: 'name', title: t('ui.f.name'), render: (row) => (format.locale === 'zh-CN' ? row.name_zh : row.name_en) },
          { key: 'today', title: t('ui.tax.rateToday'), align: 'end', render: (row) => (row.rate_e8 === null ? '—' : format.percent(row.rate_e8)) },
          {
            key: 'rates',
            title: t('ui.tax.rates'),
            render: (row) =>
              row.rates
                .filter((r) => r.taxpayer === company.taxpayer)
                .map((r) => (
                  <div key={r.from_day} className="zg-figures">
                    {format.percent(r.rate_e8)} · {r.from_day} – {r.to_day ?? ''} <span className="zg-soft">{r.source}</span>
                  </div>
                )),
          },
          {
            key: 'actions',
            render: (row) =>
              canEdit ? (
                <Button size="small" onClick={() => setEditing(row.tax_code)}>
                  {t('command.catalog.setTaxRate')}
                </Button>
              ) : null,
          },
        ]}
      />
      {editing === null ? null : editing === '' ? <NewTaxCode onClose={() => setEditing(null)} /> : <NewRate tax_code={editing} onClose={() => setEditing(null)} />}
    </SettingsPage>
  )
}

function NewTaxCode({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [names, setNames] = useState(noNames)
  return (
    <ActionDialog
      name="catalog.createTaxCode"
      inputOf={() => ({ tax_code: code.toUpperCase(), name_zh: names.name_zh || names.name_en, name_en: names.name_en || names.name_zh })}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('ui.f.code')} path="tax_code" isRequired span={4} autoFocus value={code} onChange={setCode} />
        <NamesInput value={names} onChange={setNames} />
      </FieldRow>
    </ActionDialog>
  )
}

function NewRate({ tax_code, onClose }: { tax_code: string; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const [rate_e8, setRate] = useState<number | null>(null)
  const [from_day, setFrom] = useState(today)
  const [to_day, setTo] = useState<string | null>(null)
  const [source, setSource] = useState('')
  return (
    <ActionDialog
      name="catalog.setTaxRate"
      subject={tax_code}
      inputOf={() => ({ tax_code, rate_e8: rate_e8 ?? 0, from_day, to_day, source: source.trim() === '' ? null : source.trim() })}
      onClose={onClose}
    >
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
        <TextInput label={t('ui.tax.source')} path="source" span={12} value={source} onChange={setSource} />
      </FieldRow>
    </ActionDialog>
  )
}

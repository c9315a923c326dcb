import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { ActiveInput, NamesInput, noNames, TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, PercentField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { SettingsPage } from './settings-page.tsx'

type Row = RowOf<'catalog.taxCodes'>
type Rate = Row['rates'][number]
type Front = { readonly step: 'edit' | 'rate'; readonly row: Row } | { readonly step: 'removeRate'; readonly row: Row; readonly rate: Rate } | { readonly step: 'new' }

/** Tax codes with their dated rates, for this company's kind of taxpayer. */
export function TaxesPage() {
  const { t } = useTranslation()
  const { may, company, today } = useSession()
  const format = useFormat()
  const { data } = useAsk('catalog.taxCodes', { day: today })
  const [front, setFront] = useState<Front | null>(null)
  const close = (): void => setFront(null)
  const canEdit = may('catalog.taxes')
  return (
    <SettingsPage title={t('ui.nav.taxes')} actions={canEdit ? <Button onClick={() => setFront({ step: 'new' })}>{t('command.catalog.createTaxCode')}</Button> : null}>
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
                {row.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>}
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
                    {format.percent(r.rate_e8)} · {r.from_day} – {r.to_day ?? ''} <span className="zg-soft">{r.source}</span>{' '}
                    {canEdit ? (
                      <button type="button" className="zg-link" aria-label={`${t('command.catalog.removeTaxRate')} ${row.tax_code} ${r.from_day}`} onClick={() => setFront({ step: 'removeRate', row, rate: r })}>
                        {t('ui.remove')}
                      </button>
                    ) : null}
                  </div>
                )),
          },
          {
            key: 'actions',
            render: (row) =>
              canEdit ? (
                <RowButtons
                  offers={[
                    { text: t('ui.edit'), run: () => setFront({ step: 'edit', row }) },
                    { text: t('command.catalog.setTaxRate'), run: () => setFront({ step: 'rate', row }) },
                  ]}
                />
              ) : null,
          },
        ]}
      />
      {front?.step === 'new' ? <NewTaxCode onClose={close} /> : null}
      {front?.step === 'edit' ? <TaxCodeForm row={front.row} onClose={close} /> : null}
      {front?.step === 'rate' ? <NewRate tax_code={front.row.tax_code} onClose={close} /> : null}
      {front?.step === 'removeRate' ? (
        <ActionDialog
          name="catalog.removeTaxRate"
          subject={front.row.tax_code}
          okText={t('ui.remove')}
          text={t('ui.tax.removeText', { rate: format.percent(front.rate.rate_e8), day: front.rate.from_day })}
          inputOf={() => ({ tax_code: front.row.tax_code, taxpayer: front.rate.taxpayer, from_day: front.rate.from_day })}
          onClose={close}
        />
      ) : null}
    </SettingsPage>
  )
}

function TaxCodeForm({ row, onClose }: { row: Row; onClose(): void }) {
  const [names, setNames] = useState(() => ({ name_zh: row.name_zh, name_en: row.name_en }))
  const [is_active, setActive] = useState(row.is_active)
  return (
    <ActionDialog name="catalog.updateTaxCode" subject={row.tax_code} enter="submits" inputOf={() => ({ tax_code: row.tax_code, ...names, is_active })} onClose={onClose}>
      <FieldRow>
        <NamesInput isRequired value={names} onChange={setNames} />
        <ActiveInput span={4} value={is_active} onChange={setActive} />
      </FieldRow>
    </ActionDialog>
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

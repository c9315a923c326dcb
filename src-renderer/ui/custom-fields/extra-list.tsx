import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { isFigure, type CustomField } from '../../../src-main/kernel/custom-fields.ts'
import type { AskInput } from '../../api/operations.ts'
import type { Column } from '../data-grid/columns.ts'
import { Field, FieldRow } from '../fields/field.tsx'
import { DayField, QuantityField, SelectField, TextField } from '../fields/value-fields.tsx'
import type { Format } from '../format.ts'
import { shownExtra } from './extra-facts.ts'
import type { ExtraDraft } from './extra-inputs.tsx'
import { LinkPicker } from './link-picker.tsx'

export type ExtraFilter = NonNullable<AskInput<'sales.orders'>['fields']>[number]

/** The company's own columns of a list, before those that are only there to choose. */
export function withExtraColumns<R>(columns: readonly Column<R>[], { fields, format }: { fields: readonly CustomField[]; format: Format }): readonly Column<R>[] {
  const first = columns.findIndex((c) => c.at === 'choice')
  const at = first < 0 ? columns.length : first
  return fields.length === 0 ? columns : columns.toSpliced(at, 0, ...fields.map((field) => columnOf<R>(field, format)))
}

function columnOf<R>(field: CustomField, format: Format): Column<R> {
  const name = `extra.${field.key}`
  return {
    key: name,
    sort: name,
    // Rows of every list that has custom fields hold them under these names.
    from: (field.kind === 'link' ? `extra_names.${field.key}` : name) as NonNullable<Column<R>['from']>,
    title: field.label,
    width: field.kind === 'text' || field.kind === 'link' ? 110 : 96,
    ...(isFigure(field) ? { align: 'end' as const } : field.kind === 'date' ? { figures: 'tabular' as const } : {}),
    ...(field.is_listed === 1 && field.is_active === 1 ? {} : { at: 'choice' as const }),
    render: (row) => shownExtra(field, { row: row as ExtraDraft, format }),
  }
}

/** Filters as the address keeps them; what somebody wrote there by hand and is none, is none. */
export function filtersOf(text: string, fields: readonly CustomField[]): readonly ExtraFilter[] {
  try {
    const list = JSON.parse(text === '' ? '[]' : text) as readonly ExtraFilter[]
    return Array.isArray(list) ? list.filter((f) => fields.some((field) => field.key === f.key)) : []
  } catch {
    return []
  }
}
export const filterText = (filters: readonly ExtraFilter[]): string => (filters.length === 0 ? '' : JSON.stringify(filters))

type Props = { readonly fields: readonly CustomField[]; readonly filters: readonly ExtraFilter[]; onChange(filters: readonly ExtraFilter[]): void }

/** The button that shows the filters by custom fields, with how many are set. */
export function ExtraFilterButton({ count, isOpen, onClick }: { count: number; isOpen: boolean; onClick(): void }) {
  const { t } = useTranslation()
  return (
    <Button aria-expanded={isOpen} aria-controls="extra-filters" type={count > 0 ? 'primary' : 'default'} ghost={count > 0} onClick={onClick}>
      {count > 0 ? t('ui.fields.filterCount', { count }) : t('ui.fields.filter')}
    </Button>
  )
}

/** Filters by custom fields: a part of a text, a choice, a linked record, a range of days or figures. */
export function ExtraFilters({ fields, filters, onChange }: Props) {
  const { t } = useTranslation()
  const put = ({ key, ...rest }: ExtraFilter): void => {
    const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null && value !== ''))
    const others = filters.filter((f) => f.key !== key)
    onChange(Object.keys(said).length === 0 ? others : [...others, { key, ...said }])
  }
  return (
    <section id="extra-filters" className="zg-card" aria-label={t('ui.fields.filter')}>
      <FieldRow>
        {fields.map((field) => (
          <FilterField key={field.key} field={field} filter={filters.find((f) => f.key === field.key) ?? { key: field.key }} put={put} />
        ))}
      </FieldRow>
    </section>
  )
}

function FilterField({ field, filter, put }: { field: CustomField; filter: ExtraFilter; put(filter: ExtraFilter): void }) {
  const { t } = useTranslation()
  const { key, label, kind, choices, link_kind } = field
  const [name, setName] = useState('')
  if (isFigure(field) || kind === 'date') {
    return (['from', 'to'] as const).map((bound) => {
      const at = filter[bound]
      const set = (value: string | number | null): void => put({ ...filter, [bound]: value ?? undefined })
      return (
        <Field key={bound} label={`${label} ${t(bound === 'from' ? 'ui.fields.from' : 'ui.fields.to')}`} span={2}>
          {(ids) =>
            kind === 'date' ? (
              <DayField {...ids} value={typeof at === 'string' ? at : null} onChange={set} />
            ) : (
              <QuantityField {...ids} value={typeof at === 'number' ? at : null} onChange={set} />
            )
          }
        </Field>
      )
    })
  }
  const set = (value: string | null): void => put({ key, value: value ?? undefined })
  return (
    <Field label={label} span={2}>
      {(ids) =>
        kind === 'choice' ? (
          <SelectField {...ids} none={t('ui.all')} value={filter.value ?? null} options={choices.map((word) => ({ value: word, label: word }))} onChange={set} />
        ) : kind === 'link' ? (
          <LinkPicker
            {...ids}
            kind={link_kind ?? 'party'}
            value={filter.value === undefined ? null : { id: filter.value, label: name === '' ? '…' : name }}
            onChange={(chosen) => {
              setName(chosen?.label ?? '')
              set(chosen?.id ?? null)
            }}
          />
        ) : (
          <TextField {...ids} value={filter.value ?? ''} onChange={set} />
        )
      }
    </Field>
  )
}


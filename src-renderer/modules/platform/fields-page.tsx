import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { Field, FieldRow as FormRow } from '../../ui/fields/field.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { useSure } from '../../ui/use-sure.ts'
import { FieldForm } from './field-form.tsx'
import { formulaInWords, useFieldNames, type FieldNames } from './field-names.ts'
import { SettingsPage } from './settings-page.tsx'

type FieldRow = RowOf<'platform.fields'>
const FIRST = 'sales.order'

/** The fields that the company adds to its records, kind by kind. */
export function FieldsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const isSure = useSure()
  const [params, setParams] = useSearchParams()
  const [front, setFront] = useState<FieldRow | 'new' | null>(null)
  const { data } = useAsk('platform.fields', {})
  const update = useRun('platform.updateField')
  const remove = useRun('platform.removeField')
  const target = params.get('on') ?? FIRST
  const rows = data?.rows.filter((f) => f.target === target) ?? []
  const canEdit = may('platform.settings')
  const names = useFieldNames(target)
  /** Takes the place of the field above it, which takes its own. */
  const raise = async (field: FieldRow, above: FieldRow): Promise<void> => {
    const positions = field.position === above.position ? [above.position, above.position + 1] : [above.position, field.position]
    await update.run({ target, key: field.key, position: positions[0]! })
    await update.run({ target, key: above.key, position: positions[1]! })
  }
  const askRemove = async (field: FieldRow): Promise<void> => {
    const ok = t('command.platform.removeField')
    if (await isSure({ title: `${ok} · ${field.label}`, text: t('ui.fields.removeText'), ok })) await remove.run({ target, key: field.key })
  }
  return (
    <SettingsPage
      title={t('query.platform.fields')}
      actions={
        canEdit ? (
          <Button type="primary" onClick={() => setFront('new')}>
            {t('command.platform.createField')}
          </Button>
        ) : null
      }
    >
      <p className="zg-soft" style={{ margin: 0 }}>{t('ui.fields.text')}</p>
      <FormRow>
        <Field label={t('ui.fields.on')} span={3}>
          {(ids) => (
            <SelectField
              {...ids}
              value={target}
              options={(data?.targets ?? []).map((on) => ({ value: on.target, label: t(`ui.fields.target.${on.target}`) }))}
              onChange={(on) => setParams(on === null || on === FIRST ? {} : { on }, { replace: true })}
            />
          )}
        </Field>
      </FormRow>
      <RefusalMessage no={update.no ?? remove.no} />
      <Table
        caption={t('query.platform.fields')}
        rows={rows}
        keyOf={(f) => f.key}
        none={t('ui.fields.none', { target: t(`ui.fields.target.${target}`) })}
        columns={[
          { key: 'label', title: t('ui.f.name'), render: (f) => f.label },
          { key: 'kind', title: t('ui.f.kind'), render: (f) => t(`ui.fields.kind.${f.kind}`) },
          { key: 'about', title: t('ui.fields.about'), render: (f) => <About field={f} names={names} /> },
          { key: 'key', title: t('ui.fields.key'), figures: 'faint', render: (f) => <span lang="zxx">{f.key}</span> },
          { key: 'shown', title: t('ui.fields.shown'), render: (f) => <Shown field={f} /> },
          {
            key: 'actions',
            render: (f, i) =>
              canEdit ? (
                <RowButtons
                  offers={[
                    { text: t('ui.edit'), run: () => setFront(f) },
                    { text: t(f.is_active ? 'ui.deactivate' : 'ui.reactivate'), run: () => void update.run({ target, key: f.key, is_active: f.is_active ? 0 : 1 }) },
                    { text: t('ui.fields.remove'), run: () => void askRemove(f) },
                    i > 0 && { text: t('ui.fields.raise'), run: () => void raise(f, rows[i - 1]!) },
                  ]}
                />
              ) : null,
          },
        ]}
      />
      {front ? <FieldForm key={front === 'new' ? 'new' : front.key} target={target} field={front === 'new' ? null : front} names={names} onClose={() => setFront(null)} /> : null}
    </SettingsPage>
  )
}

function About({ field, names }: { field: FieldRow; names: FieldNames }) {
  const { t } = useTranslation()
  const { list } = useFormat()
  if (field.kind === 'choice') return list(field.choices)
  if (field.kind === 'link') return t(`ui.fields.link.${field.link_kind}`)
  return field.formula === null ? null : formulaInWords(field.formula, names)
}

function Shown({ field }: { field: FieldRow }) {
  const { t } = useTranslation()
  return (
    <>
      {field.is_active ? null : <StatusTag tone="neutral">{t('ui.inactive')}</StatusTag>}
      {field.is_required ? <StatusTag tone="warning">{t('ui.fields.required')}</StatusTag> : null}
      {field.is_listed ? <StatusTag tone="info">{t('ui.fields.listed')}</StatusTag> : null}
      {field.is_printed ? <StatusTag tone="info">{t('ui.fields.printed')}</StatusTag> : null}
    </>
  )
}

import { useState } from 'react'
import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { fieldKinds, linkKinds, type FieldKind, type LinkKind } from '../../../src-main/kernel/custom-fields.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import type { RowOf } from '../../api/operations.ts'
import { formulaInData, formulaInWords, readsAsFormula, type FieldNames } from './field-names.ts'

type Row = RowOf<'platform.fields'>
type Props = { readonly target: string; readonly field: Row | null; readonly names: FieldNames; onClose(): void }
type Draft = {
  readonly label: string
  readonly key: string
  readonly kind: FieldKind
  readonly choices: string
  readonly link_kind: LinkKind
  readonly formula: string
  readonly is_required: 0 | 1
  readonly is_listed: 0 | 1
  readonly is_printed: 0 | 1
}

const wordsOf = (text: string): string[] => [...new Set(text.split(/[\n;；、]/).map((word) => word.trim()).filter((word) => word !== ''))]

function draftOf(field: Row | null, names: FieldNames): Draft {
  if (field === null) return { label: '', key: '', kind: 'text', choices: '', link_kind: 'party', formula: '', is_required: 0, is_listed: 1, is_printed: 0 }
  return {
    label: field.label,
    key: field.key,
    kind: field.kind,
    choices: field.choices.join('\n'),
    link_kind: field.link_kind ?? 'party',
    formula: formulaInWords(field.formula ?? '', names),
    is_required: field.is_required,
    is_listed: field.is_listed,
    is_printed: field.is_printed,
  }
}

/** A new field, or one that there is: its kind and its name in data are for good. */
export function FieldForm({ target, field, names, onClose }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(() => draftOf(field, names))
  const set = (changes: Partial<Draft>): void => setDraft((now) => ({ ...now, ...changes }))
  const { label, kind, is_listed, is_printed } = draft
  const shown = { label, is_required: kind === 'formula' ? (0 as const) : draft.is_required, is_listed, is_printed }
  const formula = formulaInData(draft.formula, names)
  const children = (
    <FieldRow>
      <TextInput label={t('ui.f.name')} path="label" isRequired span={6} autoFocus value={label} onChange={(text) => set({ label: text })} />
      {field === null ? (
        <Field label={t('ui.f.kind')} path="kind" span={3}>
          {(ids) => (
            <SelectField {...ids} value={kind} options={fieldKinds.map((value) => ({ value, label: t(`ui.fields.kind.${value}`) }))} onChange={(next) => set({ kind: next ?? 'text' })} />
          )}
        </Field>
      ) : (
        <Field label={t('ui.f.kind')} span={3}>
          {(ids) => <output {...ids} className="zg-input zg-output">{t(`ui.fields.kind.${kind}`)}</output>}
        </Field>
      )}
      {field === null ? (
        <TextInput label={t('ui.fields.key')} path="key" span={3} hint={t('ui.fields.keyHint')} value={draft.key} onChange={(key) => set({ key })} />
      ) : (
        <Field label={t('ui.fields.key')} span={3}>
          {(ids) => <output {...ids} className="zg-input zg-output">{draft.key}</output>}
        </Field>
      )}
      {kind === 'choice' ? (
        <Field label={t('ui.fields.choices')} path="choices" isRequired span={12} hint={t('ui.fields.choicesHint')}>
          {(ids) => <TextArea id={ids.id} rows={4} value={draft.choices} onChange={(choices) => set({ choices })} />}
        </Field>
      ) : null}
      {kind === 'link' && field === null ? (
        <Field label={t('ui.fields.linkTo')} path="link_kind" span={6}>
          {(ids) => (
            <SelectField {...ids} value={draft.link_kind} options={linkKinds.map((value) => ({ value, label: t(`ui.fields.link.${value}`) }))} onChange={(next) => set({ link_kind: next ?? 'party' })} />
          )}
        </Field>
      ) : null}
      {kind === 'formula' ? <FormulaInput value={draft.formula} names={names} own={draft.label} onChange={(text) => set({ formula: text })} /> : null}
      <div className="zg-field zg-field-check" style={{ gridColumn: 'span 12' }}>
        <span>
          {kind === 'formula' ? null : (
            <Checkbox checked={draft.is_required === 1} onChange={(e) => set({ is_required: e.target.checked ? 1 : 0 })}>
              {t('ui.fields.required')}
            </Checkbox>
          )}
          <Checkbox checked={is_listed === 1} onChange={(e) => set({ is_listed: e.target.checked ? 1 : 0 })}>
            {t('ui.fields.listed')}
          </Checkbox>
          <Checkbox checked={is_printed === 1} onChange={(e) => set({ is_printed: e.target.checked ? 1 : 0 })}>
            {t('ui.fields.printed')}
          </Checkbox>
        </span>
      </div>
    </FieldRow>
  )
  return field === null ? (
    <ActionDialog
      name="platform.createField"
      subject={t(`ui.fields.target.${target}`)}
      width={680}
      inputOf={() => ({
        target,
        kind,
        ...shown,
        ...(draft.key.trim() === '' ? {} : { key: draft.key.trim() }),
        ...(kind === 'choice' ? { choices: wordsOf(draft.choices) } : {}),
        ...(kind === 'link' ? { link_kind: draft.link_kind } : {}),
        ...(kind === 'formula' ? { formula } : {}),
      })}
      onClose={onClose}
    >
      {children}
    </ActionDialog>
  ) : (
    <ActionDialog
      name="platform.updateField"
      subject={field.label}
      width={680}
      inputOf={() => ({ target, key: field.key, ...shown, ...(kind === 'choice' ? { choices: wordsOf(draft.choices) } : {}), ...(kind === 'formula' ? { formula } : {}) })}
      onClose={onClose}
    >
      {children}
    </ActionDialog>
  )
}

type FormulaProps = { readonly value: string; readonly names: FieldNames; readonly own: string; onChange(value: string): void }

/** Arithmetic with the names that people know; a click puts a name behind what is written. */
function FormulaInput({ value, names, own, onChange }: FormulaProps) {
  const { t } = useTranslation()
  const isBroken = value.trim() !== '' && !readsAsFormula(value)
  return (
    <>
      <TextInput label={t('ui.fields.formula')} path="formula" isRequired span={12} hint={isBroken ? t('ui.fields.formulaUnfinished') : t('ui.fields.formulaHint')} value={value} onChange={onChange} />
      <div className="zg-actions" style={{ gridColumn: 'span 12', flexWrap: 'wrap' }}>
        {[...names.values()]
          .filter((name) => name !== own)
          .map((name) => (
            <Button key={name} size="small" onClick={() => onChange(`${value}${value === '' || value.endsWith(' ') || value.endsWith('(') ? '' : ' '}{${name}}`)}>
              {name}
            </Button>
          ))}
      </div>
    </>
  )
}

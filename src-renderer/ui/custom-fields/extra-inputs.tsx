import { workedOut, type CustomField, type Figures } from '../../../src-main/kernel/custom-fields.ts'
import { Field, type FieldIds } from '../fields/field.tsx'
import { DayField, QuantityField, SelectField, TextField } from '../fields/value-fields.tsx'
import { useFormat } from '../format.ts'
import { LinkPicker } from './link-picker.tsx'
import { useCustomFields } from './use-fields.ts'

/** Custom values while they are entered, and the names behind links. */
export type ExtraDraft = { readonly extra: Readonly<Record<string, string | number | null>>; readonly extra_names: Readonly<Record<string, string>> }
export const noExtra: ExtraDraft = { extra: {}, extra_names: {} }

type Props = ExtraDraft & {
  readonly target: string
  /** What formulas speak of besides the fields. */
  readonly figures: Figures
  /** Only what nobody may leave out: where a record is made in a hurry. */
  readonly needs?: 'required'
  onChange(draft: ExtraDraft): void
}

/** The company's own fields of one kind of record, in the form's twelve columns; formulas follow what is typed. */
export function ExtraInputs({ target, figures, needs, onChange, ...draft }: Props) {
  const fields = useCustomFields(target)
  const { digits, quantity } = useFormat()
  const shown = fields.filter((f) => f.is_active === 1 && (needs === undefined || f.is_required === 1))
  if (shown.length === 0) return null
  const results = workedOut({ fields, values: draft.extra, figures, digits })
  return shown.map((field) => (
    <Field key={field.key} label={field.label} path={`extra.${field.key}`} isRequired={field.is_required === 1 ? true : undefined} span={needs ? 6 : field.kind === 'text' ? 3 : 2}>
      {(ids) =>
        field.kind === 'formula' ? (
          <output {...ids} className="zg-input zg-output zg-end zg-figures">
            {quantity(results[field.key] as number | undefined)}
          </output>
        ) : (
          <ExtraInput field={field} ids={ids} draft={draft} onChange={onChange} />
        )
      }
    </Field>
  ))
}

type InputProps = { readonly field: CustomField; readonly ids: FieldIds; readonly draft: ExtraDraft; onChange(draft: ExtraDraft): void }

function ExtraInput({ field: { key, kind, choices, link_kind }, ids, draft, onChange }: InputProps) {
  const { extra, extra_names } = draft
  const value = extra[key] ?? null
  const set = (next: string | number | null): void => onChange({ extra: { ...extra, [key]: next === '' ? null : next }, extra_names })
  const text = value === null ? null : String(value)
  switch (kind) {
    case 'number':
      return <QuantityField {...ids} value={typeof value === 'number' ? value : null} onChange={set} />
    case 'date':
      return <DayField {...ids} value={text} onChange={set} />
    case 'choice': {
      // A word that is no choice any more stays chosen where it was.
      const words = text === null || choices.includes(text) ? choices : [...choices, text]
      return <SelectField {...ids} none="" value={text} options={words.map((word) => ({ value: word, label: word }))} onChange={set} />
    }
    case 'link':
      return (
        <LinkPicker
          {...ids}
          kind={link_kind ?? 'party'}
          value={text === null ? null : { id: text, label: extra_names[key] ?? '…' }}
          onChange={(chosen) =>
            onChange({ extra: { ...extra, [key]: chosen?.id ?? null }, extra_names: { ...extra_names, [key]: chosen?.label ?? '' } })
          }
        />
      )
    default:
      return <TextField {...ids} maxLength={500} value={text} onChange={set} />
  }
}

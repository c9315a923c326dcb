import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field, FieldRow, ProblemsProvider } from '../ui/fields/field.tsx'
import { TextInput } from '../ui/fields/inputs.tsx'
import { DayField, MoneyField, PercentField, PriceField, QuantityField, SelectField, TextArea, TextField, WholeField } from '../ui/fields/value-fields.tsx'
import { useFormat } from '../ui/format.ts'
import type { LineBase, LineColumn } from '../ui/line-grid/columns.ts'
import { LineGrid } from '../ui/line-grid/line-grid.tsx'
import { EntityPicker, type Choice } from '../ui/picker/entity-picker.tsx'

/** Fields empty, filled, wanted, wrong and out of reach. */
export function FieldStates() {
  const { t } = useTranslation()
  const [text, setText] = useState('Amy & Li')
  const [minor, setMinor] = useState<number | null>(459_000)
  const [day, setDay] = useState<string | null>('2026-03-18')
  const [choice, setChoice] = useState<string | null>('a')
  const options = [{ value: 'a', label: t('ui.yes') }, { value: 'b', label: t('ui.no') }]
  return (
    <ProblemsProvider value={[{ path: ['wrong'], code: 'too_small', message: '' }]}>
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired hint={t('ui.party.aliasesHint')} value={text} onChange={setText} />
        <TextInput label={t('ui.f.note')} path="wrong" value="" onChange={setText} />
        <Field label={t('ui.f.reference')}>{(ids) => <TextField {...ids} disabled value="SO-1" onChange={setText} />}</Field>
        <Field label={t('ui.f.gross')}>{(ids) => <MoneyField {...ids} value={minor} onChange={setMinor} />}</Field>
        <Field label={t('ui.f.price')}>{(ids) => <PriceField {...ids} value={1_280_000} onChange={setMinor} />}</Field>
        <Field label={t('ui.f.quantity')}>{(ids) => <QuantityField {...ids} value={12_500_000} onChange={setMinor} />}</Field>
        <Field label={t('ui.f.taxRate')}>{(ids) => <PercentField {...ids} value={13_000_000} onChange={setMinor} />}</Field>
        <Field label={t('ui.series.digits')}>{(ids) => <WholeField {...ids} value={5} onChange={setMinor} />}</Field>
        <Field label={t('ui.f.day')}>{(ids) => <DayField {...ids} value={day} onChange={setDay} />}</Field>
        <Field label={t('ui.f.state')}>{(ids) => <SelectField {...ids} none={t('ui.users.noTeam')} value={choice} options={options} onChange={setChoice} />}</Field>
        <Field label={t('ui.f.note')} span={6}>{(ids) => <TextArea {...ids} value={text} onChange={setText} />}</Field>
      </FieldRow>
    </ProblemsProvider>
  )
}

const choices: readonly Choice[] = [
  { id: '1', code: 'I00001', label: 'Amy', note: '128.00' },
  { id: '2', code: 'I00002', label: 'Li', note: '45.00' },
]
const search = async (text: string): Promise<readonly Choice[]> => choices.filter((c) => c.label.toLowerCase().includes(text.toLowerCase()))

/** A picker empty and filled. */
export function Pickers() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Choice | null>(choices[0]!)
  return (
    <FieldRow>
      <Field label={t('ui.f.customer')} span={6}>
        {(ids) => <EntityPicker {...ids} chosen={null} search={search} onPick={setChosen} placeholder={t('ui.party.find')} create={{ label: (text) => t('ui.party.create.customer', { name: text }), run: () => undefined }} />}
      </Field>
      <Field label={t('ui.kind.item')} span={6}>{(ids) => <EntityPicker {...ids} chosen={chosen} search={search} onPick={setChosen} onClear={() => setChosen(null)} />}</Field>
    </FieldRow>
  )
}

type Line = LineBase & { readonly name: string; readonly quantity_e6: number | null; readonly total_minor: number | null }
let lines = 3

/** Lines entered, one of them wrong, and lines that are only read. */
export function Lines() {
  const { t } = useTranslation()
  const format = useFormat()
  const [entered, setEntered] = useState<readonly Line[]>([
    { key: '1', name: 'Amy', quantity_e6: 8_000_000, total_minor: 288_000 },
    { key: '2', name: 'Li', quantity_e6: null, total_minor: null, wrong: { quantity: { text: 'x', is: 'unread' } } },
  ])
  const columns: readonly LineColumn<Line>[] = [
    { key: 'name', title: t('ui.kind.item'), width: 200, grow: 1, stop: 'enter', view: (l) => l.name, edit: ({ line, change, label }) => <TextField look="cell" aria-label={label} value={line.name} onChange={(name) => change({ name })} /> },
    { key: 'quantity', title: t('ui.f.quantity'), width: 100, align: 'end', stop: 'enter', wants: (l) => l.quantity_e6 === null, field: 'quantity_e6', view: (l) => format.quantity(l.quantity_e6), edit: ({ line, change, label }) => <QuantityField look="cell" aria-label={label} value={line.quantity_e6} onChange={(quantity_e6) => change({ quantity_e6 })} /> },
    { key: 'total', title: t('ui.f.gross'), width: 120, align: 'end', view: (l) => format.money(l.total_minor) },
  ]
  const newLine = (): Line => ({ key: String(++lines), name: '', quantity_e6: null, total_minor: null })
  const isBlank = (l: Line): boolean => l.name === ''
  const problems = [{ path: ['lines', 1, 'quantity_e6'], code: 'invalid_type', message: '' }]
  return (
    <>
      <LineGrid label={t('ui.keys.lines')} lines={entered} columns={columns} onChange={(update) => setEntered((now) => update(now))} newLine={newLine} isBlank={isBlank} problems={problems} />
      <LineGrid label={t('ui.documents')} lines={entered.slice(0, 1)} columns={columns} newLine={newLine} isBlank={isBlank} />
    </>
  )
}

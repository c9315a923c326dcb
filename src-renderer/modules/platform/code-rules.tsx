import { useState } from 'react'
import { Button } from 'antd'
import { ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { CodeRule } from '../../../src-main/kernel/codes.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { SelectField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { Table } from '../../ui/table.tsx'

type Part = CodeRule['parts'][number]

/** What each kind of record says of itself for a code. */
const KINDS = [
  { key: 'parties.customer_code', facts: ['name', 'region', 'country', 'level'] },
  { key: 'parties.supplier_code', facts: ['name', 'region', 'country', 'level'] },
  { key: 'catalog.item_code', facts: ['category', 'name'] },
] as const
type Kind = (typeof KINDS)[number]

const emptyPart: Part = { kind: 'text', text: '' }
const widthOf = (part: Part): number => (part.kind === 'text' ? part.text.length : part.kind === 'fact' ? part.letters : part.kind === 'year' ? part.digits : 2)
/** What the office would take: it says why not, but only after saving. */
const isWhole = ({ parts, digits }: CodeRule): boolean =>
  parts.length > 0 && parts.reduce((sum, part) => sum + widthOf(part), 1 + digits) <= 40 && digits >= 1 && digits <= 10 && parts.every((p) => p.kind !== 'text' || /^[\p{L}\p{N}\-_./]{1,20}$/u.test(p.text)) && parts.every((p) => p.kind !== 'fact' || (p.letters >= 1 && p.letters <= 12))

/** How records that have a code of their own get it: a rule per kind, in words, with the code that would come next. */
export function CodeRules({ canEdit }: { canEdit: boolean }) {
  const { t } = useTranslation()
  const [front, setFront] = useState<Kind | null>(null)
  const { data } = useAsk('platform.settings', {})
  const ruleOf = ({ key }: Kind): CodeRule | null => (data?.rows.find((row) => row.key === key)?.value ?? null) as CodeRule | null
  return (
    <Panel title={t('ui.codes.title')}>
      <p className="zg-soft">{t('ui.codes.text')}</p>
      <Table
        rows={data ? KINDS : undefined}
        keyOf={(kind) => kind.key}
        columns={[
          { key: 'kind', title: t('ui.f.kind'), render: (kind) => t(`ui.codes.kind.${kind.key}`) },
          { key: 'rule', title: t('ui.codes.rule'), render: (kind) => inWords(ruleOf(kind), t) },
          { key: 'next', title: t('ui.codes.example'), render: (kind) => <Next kind={kind} rule={ruleOf(kind)} /> },
          {
            key: 'actions',
            render: (kind) => (
              <Button size="small" disabled={!canEdit} aria-label={`${t('ui.codes.edit')} ${t(`ui.codes.kind.${kind.key}`)}`} onClick={() => setFront(kind)}>
                {t('ui.codes.edit')}
              </Button>
            ),
          },
        ]}
      />
      {front === null ? null : <RuleDialog kind={front} first={ruleOf(front)} onClose={() => setFront(null)} />}
    </Panel>
  )
}

function inWords(rule: CodeRule | null, t: TFunction): string {
  if (rule === null) return t('ui.codes.none')
  const words = rule.parts.map((part) => (part.kind === 'text' ? part.text : t(`ui.codes.${choiceOf(part)}`)))
  return [...words, t('ui.codes.counterPart', { digits: rule.digits })].join(' + ')
}

/** The code that an example would get under a rule, saved or not. */
function useNext({ kind, rule }: { kind: Kind; rule: CodeRule | null }): { name: string; code: string | undefined } {
  const { t } = useTranslation()
  const isItem = kind.key === 'catalog.item_code'
  const name = t(isItem ? 'ui.codes.sampleItem' : 'ui.codes.sampleParty')
  const ready = rule === null || isWhole(rule)
  const categories = useAsk('catalog.categories', {}, { enabled: isItem })
  const party = useAsk('parties.nextCode', { name, region: t('ui.codes.sampleRegion'), country: 'CN', is_customer: kind.key === 'parties.customer_code' ? 1 : 0, rule: rule as never }, { enabled: !isItem && ready, keeps: 'previous' })
  const item = useAsk('catalog.nextCode', { name, category_id: categories.data?.rows[0]?.category_id ?? null, rule: rule as never }, { enabled: isItem && ready && categories.data !== undefined, keeps: 'previous' })
  return { name, code: (isItem ? item : party).data?.code }
}

function Next({ kind, rule }: { kind: Kind; rule: CodeRule | null }) {
  return <span className="zg-figures">{useNext({ kind, rule }).code ?? ''}</span>
}

/** A part as one choice of a list: its kind, with the width of a year and the name of a fact. */
const choiceOf = (part: Part): string => (part.kind === 'fact' ? `fact.${part.fact}` : part.kind === 'year' ? `year${part.digits}` : part.kind === 'text' ? 'text_part' : 'month')

function partOf(choice: string): Part {
  if (choice.startsWith('fact.')) return { kind: 'fact', fact: choice.slice('fact.'.length), letters: 4 }
  if (choice === 'year4' || choice === 'year2') return { kind: 'year', digits: choice === 'year4' ? 4 : 2 }
  return choice === 'month' ? { kind: 'month' } : emptyPart
}

function RuleDialog({ kind, first, onClose }: { kind: Kind; first: CodeRule | null; onClose(): void }) {
  const { t } = useTranslation()
  const set = useRun('platform.setSetting')
  const reset = useRun('platform.resetSetting')
  const [parts, setParts] = useState<readonly Part[]>(first?.parts ?? [emptyPart])
  const [digits, setDigits] = useState<number | null>(first?.digits ?? 4)
  const rule: CodeRule = { parts, digits: digits ?? 0 }
  const { name, code } = useNext({ kind, rule })
  const change = (index: number, part: Part): void => setParts(parts.with(index, part))
  const up = (index: number): void => setParts(parts.toSpliced(index - 1, 2, parts[index]!, parts[index - 1]!))
  const save = async (): Promise<void> => {
    const said = await set.run({ key: kind.key, value: { digits: rule.digits, parts: [...rule.parts] } })
    if (said?.ok) onClose()
  }
  const clear = async (): Promise<void> => {
    const said = await reset.run({ key: kind.key })
    if (said?.ok) onClose()
  }
  const isReady = isWhole(rule)
  return (
    <FormDialog title={`${t('ui.codes.edit')} · ${t(`ui.codes.kind.${kind.key}`)}`} width={720} maskClosable={false} isReady={isReady} no={set.no ?? reset.no} isRunning={set.isRunning} onOk={save} onClose={onClose}>
      <h3 className="zg-card-sub">{t('ui.codes.parts')}</h3>
      {parts.map((part, index) => (
        <PartRow key={index} part={part} no={index + 1} facts={kind.facts} onChange={(next) => change(index, next)} onUp={() => up(index)} onRemove={() => setParts(parts.toSpliced(index, 1))} isOnly={parts.length === 1} />
      ))}
      <div>
        <Button size="small" disabled={parts.length >= 8} onClick={() => setParts([...parts, emptyPart])}>
          {t('ui.codes.add')}
        </Button>
      </div>
      <FieldRow>
        <Field label={t('ui.codes.counter')} path="value.digits" span={3}>
          {(ids) => <WholeField {...ids} value={digits} onChange={setDigits} />}
        </Field>
      </FieldRow>
      <p role="status">{isReady ? (code === undefined ? '' : t('ui.codes.preview', { name, code })) : t('ui.codes.wrong')}</p>
      {first === null ? null : (
        <div>
          <Button size="small" loading={reset.isRunning} onClick={() => void clear()}>
            {t('ui.codes.clear')}
          </Button>
        </div>
      )}
    </FormDialog>
  )
}

type RowProps = { readonly part: Part; readonly no: number; readonly facts: readonly string[]; readonly isOnly: boolean; onChange(part: Part): void; onUp(): void; onRemove(): void }

function PartRow({ part, no, facts, isOnly, onChange, onUp, onRemove }: RowProps) {
  const { t } = useTranslation()
  const choices = ['text_part', ...facts.map((fact) => `fact.${fact}`), 'year4', 'year2', 'month']
  const label = t('ui.codes.part', { no })
  return (
    <FieldRow>
      <Field label={label} path={`value.parts.${no - 1}`} span={5}>
        {(ids) => <SelectField {...ids} value={choiceOf(part)} options={choices.map((value) => ({ value, label: t(`ui.codes.${value}`) }))} onChange={(choice) => onChange(partOf(choice ?? 'text_part'))} />}
      </Field>
      {part.kind === 'text' ? (
        <Field label={t('ui.codes.text_value')} path={`value.parts.${no - 1}.text`} span={4}>
          {(ids) => <TextField {...ids} maxLength={20} value={part.text} onChange={(text) => onChange({ ...part, text })} />}
        </Field>
      ) : part.kind === 'fact' ? (
        <Field label={t('ui.codes.letters')} path={`value.parts.${no - 1}.letters`} span={4}>
          {(ids) => <WholeField {...ids} value={part.letters} onChange={(letters) => onChange({ ...part, letters: letters ?? 0 })} />}
        </Field>
      ) : (
        <div style={{ gridColumn: 'span 4' }} />
      )}
      <div style={{ gridColumn: 'span 3', alignSelf: 'end' }}>
        <Button type="text" size="small" icon={<ArrowUpOutlined aria-hidden />} disabled={no === 1} aria-label={t('ui.codes.up', { no })} onClick={onUp} />
        <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} disabled={isOnly} aria-label={t('ui.codes.remove', { no })} onClick={onRemove} />
      </div>
    </FieldRow>
  )
}

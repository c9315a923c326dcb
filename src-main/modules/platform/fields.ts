import { pinyin } from 'pinyin-pro'
import { isFigure, keyWithUnit, type CustomField, type FieldKind } from '../../kernel/custom-fields.ts'
import { isFormula, parseFormula } from '../../kernel/field-formula.ts'
import { answer, handle, type CommandCtx, type CustomFieldTarget, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { extraValue } from '../../storage/extra-value.ts'
import { createField, listFields, removeField, updateField } from './contract-fields.ts'
import { deleteField, insertField, patchField } from './field.store.ts'

/** More than anybody wants to see in one form. */
const MOST_FIELDS = 40
const STEP = 10

export const createFieldHandler = handle(createField, async (ctx, { target, label, key: word, position, choices, ...rest }) => {
  const on = targetOf(ctx, target)
  const fields = ctx.customFields(target)
  if (fields.length >= MOST_FIELDS) throw new Refusal('platform.tooManyFields', { limit: MOST_FIELDS })
  assertLabelFree(fields, label)
  const key = word === undefined ? freeKey(fields, { label, kind: rest.kind }) : keyWithUnit(word, rest.kind)
  if (fields.some((f) => f.key === key)) throw new Refusal('platform.fieldKeyTaken', { key })
  const last = fields.reduce((most, f) => Math.max(most, f.position), 0)
  const made: CustomField = { target, key, label, ...rest, choices, position: position ?? last + STEP, is_active: 1 }
  if (made.formula !== null) assertFormula([...fields, made], { on, made })
  await insertField(ctx, { ...made, choices: JSON.stringify(choices) })
  return { target, key }
})

export const updateFieldHandler = handle(updateField, async (ctx, { target, key, kind, choices, ...patch }) => {
  const on = targetOf(ctx, target)
  const fields = ctx.customFields(target)
  const before = fieldOf(fields, { target, key })
  if (kind !== undefined && kind !== before.kind) throw new Refusal('platform.fieldKindFixed', { label: before.label, kind: before.kind })
  const others = fields.filter((f) => f !== before)
  if (patch.label !== undefined) assertLabelFree(others, patch.label)
  if (patch.is_active === 0) assertNotNamed(others, before)
  if (choices !== undefined && before.kind === 'choice') await assertChoicesStay(ctx, { on, before, choices })
  const after: CustomField = { ...before, ...said(patch), ...(choices && before.kind === 'choice' ? { choices } : {}) }
  // Only a formula has arithmetic, and nobody is asked for its result.
  const formula = before.kind === 'formula' ? after.formula : null
  if (formula !== null && patch.formula !== undefined) assertFormula([...others, after], { on, made: after })
  const is_required = before.kind === 'formula' ? 0 : after.is_required
  const { label, is_listed, is_printed, position, is_active } = after
  await patchField(ctx, { target, key }, { label, formula, is_required, is_listed, is_printed, position, is_active, choices: JSON.stringify(after.choices) })
  return { target, key }
})

export const removeFieldHandler = handle(removeField, async (ctx, { target, key }) => {
  const on = targetOf(ctx, target)
  const fields = ctx.customFields(target)
  const field = fieldOf(fields, { target, key })
  assertNotNamed(fields.filter((f) => f !== field), field)
  const value = valueSql(ctx, field)
  const used = await ctx.db.get<{ n: number }>(`select count(*) as n from ${on.table} d where ${value} is not null`)
  if (used!.n > 0) throw new Refusal('platform.fieldInUse', { label: field.label, count: used!.n })
  await deleteField(ctx, { target, key })
  return {}
})

export const listFieldsHandler = answer(listFields, async (ctx, { target }) => {
  const targets = [...ctx.contributions.customFieldTargets.values()].filter((t) => target === undefined || t.kind === target)
  return {
    rows: targets.flatMap((t) => ctx.customFields(t.kind).map((f) => ({ ...f, choices: [...f.choices] }))),
    targets: targets.map((t) => ({ target: t.kind, figures: [...t.figures] })),
  }
})

function targetOf(ctx: Pick<CommandCtx, 'contributions'>, kind: string): CustomFieldTarget {
  const target = ctx.contributions.customFieldTargets.get(kind)
  if (!target) throw new Refusal('platform.fieldTargetUnknown', { target: kind })
  return target
}

function fieldOf(fields: readonly CustomField[], { target, key }: { target: string; key: string }): CustomField {
  const field = fields.find((f) => f.key === key)
  if (!field) throw new Refusal('platform.fieldNotFound', { target, key })
  return field
}

const said = <T extends object>(patch: T): T => Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T

function assertLabelFree(others: readonly CustomField[], label: string): void {
  if (others.some((f) => f.label === label)) throw new Refusal('platform.fieldNameTaken', { label })
}

/** A key out of the label: its Latin words, or its pinyin. */
function freeKey(fields: readonly CustomField[], { label, kind }: { label: string; kind: FieldKind }): string {
  const spelled = pinyin(label, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).join(' ')
  const word = spelled.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 30).replace(/_+$/, '')
  const first = keyWithUnit(word === '' ? 'field' : word, kind)
  const taken = new Set(fields.map((f) => f.key))
  for (let n = 1; ; n++) {
    const key = n === 1 ? first : keyWithUnit(`${word === '' ? 'field' : word}_${n}`, kind)
    if (!taken.has(key)) return key
  }
}

const valueSql = ({ db }: Pick<QueryCtx | CommandCtx, 'db'>, field: CustomField): string =>
  extraValue({ dialect: db.dialect, column: 'd.extra', key: field.key, as: isFigure(field) ? 'number' : 'text' })

/** Refuses to drop a word that a record still has. */
async function assertChoicesStay(ctx: CommandCtx, { on, before, choices }: { on: CustomFieldTarget; before: CustomField; choices: readonly string[] }): Promise<void> {
  const value = valueSql(ctx, before)
  for (const choice of before.choices.filter((word) => !choices.includes(word))) {
    const used = await ctx.db.get<{ n: number }>(`select count(*) as n from ${on.table} d where ${value} = ?`, [choice])
    if (used!.n > 0) throw new Refusal('platform.fieldChoiceUsed', { label: before.label, choice, count: used!.n })
  }
}

/** The names that a field's formula speaks of; none where it is none. */
function namesIn({ formula }: CustomField): readonly string[] {
  const parsed = formula === null ? undefined : parseFormula(formula)
  return parsed && isFormula(parsed) ? parsed.names : []
}

function assertNotNamed(others: readonly CustomField[], field: CustomField): void {
  const by = others.find((f) => f.is_active === 1 && namesIn(f).includes(field.key))
  if (by) throw new Refusal('platform.fieldNamedByFormula', { label: field.label, by: by.label })
}

/** A formula must be one, speak of figures that there are, and not of itself by a detour. */
function assertFormula(fields: readonly CustomField[], { on, made }: { on: CustomFieldTarget; made: CustomField }): void {
  const parsed = parseFormula(made.formula ?? '')
  if (!isFormula(parsed)) throw new Refusal('platform.formulaBroken', { at: parsed.at + 1, found: parsed.found })
  const byKey = new Map(fields.filter(isFigure).map((f) => [f.key, f]))
  const unknown = parsed.names.find((name) => !on.figures.includes(name) && byKey.get(name)?.is_active !== 1)
  if (unknown !== undefined) throw new Refusal('platform.formulaNameUnknown', { name: unknown })
  const seen = new Set<string>()
  const reaches = (key: string): boolean => {
    const field = byKey.get(key)
    if (!field || seen.has(key)) return false
    seen.add(key)
    const names = namesIn(field)
    return names.includes(made.key) || names.some(reaches)
  }
  if (reaches(made.key)) throw new Refusal('platform.formulaCircular', { label: made.label })
}

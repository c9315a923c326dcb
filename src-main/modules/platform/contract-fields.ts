import { z } from 'zod'
import { command, flag, name, query } from '../../kernel/contract.ts'
import { fieldKinds, linkKinds } from '../../kernel/custom-fields.ts'

// The fields that a company adds to its records: the part of platform's contract that an owner's set-up screen uses.

const target = () => z.string().regex(/^[a-z]+\.[a-zA-Z]+$/).max(60)
const key = () => z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const formula = () => name(300)
const choices = () =>
  z
    .array(name(60))
    .max(100)
    .refine((words) => new Set(words).size === words.length, 'a word twice')
const position = () => z.int().min(0).max(10_000)

/** How a field is shown and asked for; all of it may be changed at any time. */
const shown = {
  /** 1: nobody saves a record without it. */
  is_required: flag(),
  /** 1: a column of the list from the start; others are there to choose. */
  is_listed: flag(),
  /** 1: on the record's paper, where it has a value. */
  is_printed: flag(),
}

/** Adds a field to the records of one kind. Records that there are have no value in it, formulas neither until they are saved again. */
export const createField = command({
  name: 'platform.createField',
  permission: 'platform.settings',
  input: z
    .strictObject({
      target: target(),
      label: name(40),
      /** Its name in data; left out: made from the label. Its unit is put at its end where it is not there. */
      key: key().optional(),
      kind: z.enum(fieldKinds),
      choices: choices().default([]),
      link_kind: z.enum(linkKinds).nullable().default(null),
      /** Names of figures in braces, + − * / ( ), round, abs, min, max. */
      formula: formula().nullable().default(null),
      is_required: shown.is_required.default(0),
      is_listed: shown.is_listed.default(1),
      is_printed: shown.is_printed.default(0),
      /** Left out: behind the others. */
      position: position().optional(),
    })
    .refine((f) => (f.kind === 'choice') === (f.choices.length > 0), { path: ['choices'], message: 'words for a choice, and for nothing else' })
    .refine((f) => (f.kind === 'link') === (f.link_kind !== null), { path: ['link_kind'], message: 'where a link leads to' })
    .refine((f) => (f.kind === 'formula') === (f.formula !== null), { path: ['formula'], message: 'the arithmetic of a formula' })
    .refine((f) => f.kind !== 'formula' || f.is_required === 0, { path: ['is_required'], message: 'nobody enters a formula' }),
  output: z.object({ target: z.string(), key: z.string() }),
  refusals: [
    'platform.fieldTargetUnknown',
    'platform.fieldNameTaken',
    'platform.fieldKeyTaken',
    'platform.tooManyFields',
    'platform.formulaBroken',
    'platform.formulaNameUnknown',
  ],
})

/** Changes a field; its key and kind are for good, since its values lie under them. `is_active: 0` retires it: its values stay. */
export const updateField = command({
  name: 'platform.updateField',
  permission: 'platform.settings',
  input: z.strictObject({
    target: target(),
    key: key(),
    label: name(40).optional(),
    kind: z.enum(fieldKinds).optional(),
    choices: choices().min(1).optional(),
    formula: formula().optional(),
    is_required: shown.is_required.optional(),
    is_listed: shown.is_listed.optional(),
    is_printed: shown.is_printed.optional(),
    position: position().optional(),
    is_active: flag().optional(),
  }),
  output: z.object({ target: z.string(), key: z.string() }),
  refusals: [
    'platform.fieldNotFound',
    'platform.fieldNameTaken',
    'platform.fieldKindFixed',
    'platform.fieldChoiceUsed',
    'platform.fieldNamedByFormula',
    'platform.formulaBroken',
    'platform.formulaNameUnknown',
    'platform.formulaCircular',
  ],
})

/** Takes a field away that was made by mistake: only while no record has a value in it. */
export const removeField = command({
  name: 'platform.removeField',
  permission: 'platform.settings',
  input: z.strictObject({ target: target(), key: key() }),
  output: z.object({}),
  refusals: ['platform.fieldNotFound', 'platform.fieldInUse', 'platform.fieldNamedByFormula'],
})

/** The fields that the company added, retired ones too, and the kinds of records to which it can add some. */
export const listFields = query({
  name: 'platform.fields',
  permission: 'platform.use',
  input: z.strictObject({ target: target().optional() }),
  output: z.object({
    rows: z.array(
      z.object({
        target: z.string(),
        key: z.string(),
        label: z.string(),
        kind: z.enum(fieldKinds),
        choices: z.array(z.string()),
        link_kind: z.enum(linkKinds).nullable(),
        formula: z.string().nullable(),
        ...shown,
        position: z.int(),
        is_active: flag(),
      }),
    ),
    /** `figures`: what formulas may speak of besides the fields. */
    targets: z.array(z.object({ target: z.string(), figures: z.array(z.string()) })),
  }),
  reads: ['platform_field'],
  scope: 'shared',
})

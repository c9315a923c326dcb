import { z } from 'zod'
import { command, flag, id, line, name, query, text } from '../../kernel/contract.ts'
import { PRINT_PARTS, paperNames } from '../../kernel/papers.ts'
import { locale } from './contract-forms.ts'

// How papers are printed: the part of platform's contract that the designer and the printing itself use.

const printKind = () => z.string().regex(/^[a-z]+\.[a-zA-Z]+$/).max(60)
/** A template: one of the company's own by its id, or a ready-made one by the name of its paper. */
const templateRef = () => z.union([id(), z.enum(paperNames)])
const mm = ({ min, max }: { min: number; max: number }) => z.number().min(min).max(max)
const margin = () => mm({ min: 0, max: 100 })
const fieldKey = () => z.string().regex(/^[a-z][a-z0-9_.]{0,59}$/)
/** A caption of one's own; empty: the usual word. */
const caption = () => line(40).default('')
const fields = <S extends z.ZodRawShape>(more: S) =>
  z
    .array(z.strictObject({ key: fieldKey(), caption: caption(), ...more }))
    .max(60)
    .refine((list) => new Set(list.map((f) => (f as { key: string }).key)).size === list.length, 'a field twice')

/** Labels on a sheet: `paper` is one label then, and this says what they lie on. */
const labelSheet = z.strictObject({
  width_mm: mm({ min: 50, max: 420 }),
  height_mm: mm({ min: 50, max: 600 }),
  columns: z.int().min(1).max(20),
  rows: z.int().min(1).max(50),
  left_mm: margin(),
  top_mm: margin(),
  gap_x_mm: margin(),
  gap_y_mm: margin(),
})

/** What a template says. Fields are printed in their order; those that are not named are not printed. */
export const printDefinition = z.strictObject({
  /** Height 0: a roll, as long as what is printed. */
  paper: z.strictObject({ width_mm: mm({ min: 20, max: 420 }), height_mm: z.union([z.literal(0), mm({ min: 15, max: 600 })]) }),
  /** Null: each label is a page of its own. */
  sheet: labelSheet.nullable().default(null),
  margins: z.strictObject({ top_mm: margin(), right_mm: margin(), bottom_mm: margin(), left_mm: margin() }),
  /** Shifts everything to the right and down, so that it meets what is printed on the paper already. */
  offset: z.strictObject({ x_mm: mm({ min: -50, max: 50 }), y_mm: mm({ min: -50, max: 50 }) }),
  font_pt: z.number().min(5).max(16),
  /** Null: the language asked for when printing. */
  language: locale.nullable(),
  /** Empty: the document's own. */
  title: line(60),
  parts: z.array(z.enum(PRINT_PARTS)).max(PRINT_PARTS.length),
  facts: fields({}),
  columns: fields({ /** 0: shares what the others leave. */ width_mm: mm({ min: 0, max: 300 }) }),
  signatures: fields({}),
  copies: z.array(name(20)).max(6),
  /** Each copy on pages of its own, or one print that names its copies at the foot (the layers of one form). */
  copies_as: z.enum(['pages', 'line']),
  terms: text(2000),
  /** On labels: bars, a QR code, or none. */
  barcode: z.enum(['bars', 'qr', 'none']),
})

/** Keeps a template: a new one, or by `template_id` one that there is. */
export const savePrintTemplate = command({
  name: 'platform.savePrintTemplate',
  permission: 'platform.printTemplates',
  input: z.strictObject({ template_id: id().optional(), kind: printKind(), name: name(60), definition: printDefinition }),
  output: z.object({ template_id: id() }),
  refusals: [
    'platform.printKindUnknown', 'platform.printFieldUnknown', 'platform.printTooWide', 'platform.printTooHigh', 'platform.labelsOffSheet', 'platform.printTemplateNotFound',
    'platform.printTemplateNameTaken', 'platform.tooManyPrintTemplates',
  ],
})

/** Takes a template away; what was printed with it at first is printed with the ready-made one again. */
export const removePrintTemplate = command({
  name: 'platform.removePrintTemplate',
  permission: 'platform.printTemplates',
  input: z.strictObject({ template_id: id() }),
  output: z.object({}),
  refusals: ['platform.printTemplateNotFound'],
})

/** With which template a kind of paper is printed at first. */
export const setPrintDefault = command({
  name: 'platform.setPrintDefault',
  permission: 'platform.printTemplates',
  input: z.strictObject({ kind: printKind(), template: templateRef() }),
  output: z.object({}),
  refusals: ['platform.printKindUnknown', 'platform.printTemplateNotFound'],
})

/** The templates of all kinds, or of one: ready-made ones first, then the company's own by name. */
export const listPrintTemplates = query({
  name: 'platform.printTemplates',
  permission: 'platform.use',
  input: z.strictObject({ kind: printKind().optional() }),
  output: z.object({
    rows: z.array(
      z.object({
        template: z.string(),
        kind: z.string(),
        /** Null for a ready-made one: `paper` names it. */
        name: z.string().nullable(),
        paper: z.enum(paperNames).nullable(),
        is_default: flag(),
        definition: printDefinition,
      }),
    ),
    /** What a template of each kind may show. */
    printables: z.array(
      z.object({
        kind: z.string(),
        facts: z.array(z.string()),
        columns: z.array(z.object({ key: z.string(), width_mm: z.number() })),
        signatures: z.array(z.string()),
        parts: z.array(z.enum(PRINT_PARTS)),
      }),
    ),
    /** The picture that templates show as the company's logo: the newest PNG or JPEG attached to it. */
    logo_sha256: z.string().nullable(),
  }),
  reads: ['platform_print_template', 'platform_print_default', 'platform_attachment'],
  scope: 'shared',
})

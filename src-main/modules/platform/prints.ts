import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { type PaperName, type Printable } from '../../kernel/papers.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { listPrintTemplates, printDefinition, removePrintTemplate, savePrintTemplate, setPrintDefault } from './contract-prints.ts'
import { deleteTemplate, insertTemplate, patchTemplate, putPrintDefault } from './print.store.ts'
import { readyMade, type PrintDefinition } from './print-ready.ts'

/** More than anybody can tell apart in a menu. */
const MOST_TEMPLATES = 50
/** What must remain between the margins for anything to be printed. */
const LEAST_MM = 10

type Ctx = Pick<QueryCtx | CommandCtx, 'db' | 'contributions'>
type Row = { readonly id: string; readonly kind: string; readonly name: string; readonly definition: string }

function printableOf(ctx: Ctx, kind: string): Printable {
  const printable = ctx.contributions.printables.get(kind)
  if (!printable) throw new Refusal('platform.printKindUnknown', { kind })
  return printable
}

/** Every field must be one that this kind of paper has, and what is to stand side by side must fit between the margins. */
export function assertPrintable(printable: Printable, { paper, sheet, margins, facts, columns, signatures }: PrintDefinition): void {
  const known = [
    [facts, printable.facts],
    [columns, printable.columns.map((c) => c.key)],
    [signatures, printable.signatures],
  ] as const
  for (const [fields, keys] of known) {
    const stranger = fields.find((f) => !keys.includes(f.key))
    if (stranger) throw new Refusal('platform.printFieldUnknown', { field: stranger.key })
  }
  const width_mm = paper.width_mm - margins.left_mm - margins.right_mm
  const wanted_mm = Math.max(LEAST_MM, columns.reduce((sum, c) => sum + c.width_mm, 0))
  if (wanted_mm > width_mm) throw new Refusal('platform.printTooWide', { wanted_mm: tenths(wanted_mm), width_mm: tenths(width_mm) })
  const height_mm = paper.height_mm - margins.top_mm - margins.bottom_mm
  if ((paper.height_mm !== 0 || sheet) && height_mm < LEAST_MM) throw new Refusal('platform.printTooHigh', { height_mm: tenths(height_mm) })
  if (!sheet) return
  const sides = [
    { wanted_mm: sheet.left_mm + sheet.columns * paper.width_mm + (sheet.columns - 1) * sheet.gap_x_mm, paper_mm: sheet.width_mm },
    { wanted_mm: sheet.top_mm + sheet.rows * paper.height_mm + (sheet.rows - 1) * sheet.gap_y_mm, paper_mm: sheet.height_mm },
  ]
  const beyond = sides.find((side) => tenths(side.wanted_mm) > tenths(side.paper_mm))
  if (beyond) throw new Refusal('platform.labelsOffSheet', { wanted_mm: tenths(beyond.wanted_mm), paper_mm: tenths(beyond.paper_mm) })
}

const tenths = (mm: number): number => Math.round(mm * 10) / 10

async function templateOf(ctx: Ctx, template_id: string): Promise<Row> {
  const row = await ctx.db.get<Row>('select id, kind, name, definition from platform_print_template where id = ?', [template_id])
  if (!row) throw new Refusal('platform.printTemplateNotFound', { template_id })
  return row
}

export const savePrintTemplateHandler = handle(savePrintTemplate, async (ctx, { template_id, kind, name, definition }) => {
  assertPrintable(printableOf(ctx, kind), definition)
  const known = template_id === undefined ? undefined : await templateOf(ctx, template_id)
  // A template belongs to its kind: another one has other fields.
  if (known && known.kind !== kind) throw new Refusal('platform.printTemplateNotFound', { template_id: known.id })
  const own = await ctx.db.all<{ id: string; name: string }>('select id, name from platform_print_template where kind = ? order by id', [kind])
  if (own.some((o) => o.name === name && o.id !== known?.id)) throw new Refusal('platform.printTemplateNameTaken', { name })
  const row = { name, definition: JSON.stringify(definition) }
  if (known) {
    await patchTemplate(ctx, known.id, row)
    return { template_id: known.id }
  }
  if (own.length >= MOST_TEMPLATES) throw new Refusal('platform.tooManyPrintTemplates', { limit: MOST_TEMPLATES })
  const id = ctx.newId()
  await insertTemplate(ctx, { id, kind, ...row })
  return { template_id: id }
})

export const removePrintTemplateHandler = handle(removePrintTemplate, async (ctx, { template_id }) => {
  await templateOf(ctx, template_id)
  await deleteTemplate(ctx, template_id)
  return {}
})

export const setPrintDefaultHandler = handle(setPrintDefault, async (ctx, { kind, template }) => {
  const printable = printableOf(ctx, kind)
  const isThere = printable.papers.includes(template as PaperName) || (await ctx.db.get('select id from platform_print_template where id = ? and kind = ?', [template, kind]))
  if (!isThere) throw new Refusal('platform.printTemplateNotFound', { template_id: template })
  await putPrintDefault(ctx, { kind, template })
  return {}
})

export const listPrintTemplatesHandler = answer(listPrintTemplates, async (ctx, { kind }) => {
  const printables = [...ctx.contributions.printables.values()].filter((p) => kind === undefined || p.kind === kind)
  const own = await ctx.db.all<Row>('select id, kind, name, definition from platform_print_template order by kind, name, id')
  const defaults = new Map(
    (await ctx.db.all<{ kind: string; template: string }>('select kind, template from platform_print_default order by kind')).map((d) => [d.kind, d.template]),
  )
  const rows = printables.flatMap((printable) => {
    const first = defaults.get(printable.kind) ?? printable.papers[0]!
    const flags = (template: string) => ({ template, kind: printable.kind, is_default: template === first ? (1 as const) : (0 as const) })
    return [
      ...printable.papers.map((paper) => ({ ...flags(paper), name: null, paper, definition: readyMade(printable, { paper, locale: ctx.company.locale }) })),
      ...own
        .filter((o) => o.kind === printable.kind)
        .map((o) => ({ ...flags(o.id), name: o.name, paper: null, definition: printDefinition.parse(JSON.parse(o.definition)) })),
    ]
  })
  const logo = await ctx.db.get<{ sha256: string }>(
    `select sha256 from platform_attachment where source_kind = 'platform.company' and mime in ('image/png', 'image/jpeg') order by added_at desc, id desc limit 1`,
  )
  return {
    rows,
    printables: printables.map(({ kind: of, facts, columns, signatures, parts }) => ({
      kind: of, facts: [...facts], columns: columns.map(({ key, width_mm }) => ({ key, width_mm })), signatures: [...signatures], parts: [...parts],
    })),
    logo_sha256: logo?.sha256 ?? null,
  }
})

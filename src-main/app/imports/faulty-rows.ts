import { rm } from 'node:fs/promises'
import type { Cell } from '../../files/cells.ts'
import { createStaging, openStaging } from '../../files/staging.ts'
import { writeXlsx } from '../../files/write-xlsx.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { RowProblem } from '../import-types.ts'
import { textsOf, type Locale, type Texts } from '../texts.ts'
import type { Job } from './job.ts'
import { foldHeader, proposeMapping } from './mapping.ts'
import { newStagingId, stagingFile } from './staged.ts'
import { headerIn } from './template.ts'

/** More problems than this are not kept, and nobody mends them row by row. */
export const MOST_PROBLEMS = 10_000

/** Kinds whose rows stand alone: each can be taken or left without changing what another means. Rows of documents belong together. */
export const aloneKinds: ReadonlySet<string> = new Set(['parties', 'items', 'leads'])

/** Stages the good rows of a job anew, without some: gives the id of the new staging file and how many rows it holds. */
export async function stageWithout(job: Job, { folder, leftOut }: { folder: string; leftOut: ReadonlySet<number> }): Promise<{ staging_id: string; rows: number }> {
  const staging_id = newStagingId(job.sha256)
  const reader = openStaging(stagingFile(folder, job.staging_id!))
  const file = stagingFile(folder, staging_id)
  const staging = createStaging(file, reader.meta)
  try {
    for await (const chunk of reader.chunks()) for (const { source_row, value } of chunk) if (!leftOut.has(source_row)) staging.add({ source_row, value })
    return { staging_id, rows: staging.finish().rows }
  } catch (error) {
    staging.discard()
    await rm(file, { force: true })
    throw error
  } finally {
    reader.close()
  }
}

/**
 * Writes the rows that could not be taken into a workbook as they stood, with a last column that says in words what is wrong. Mended there, the
 * file is imported again: its columns map by themselves, and the last one means nothing to the import. Refuses 'import.noFaultyRows'.
 */
export async function writeFaultyRows(job: Job, { locale, path }: { locale: Locale; path: string }): Promise<void> {
  if (job.faulty.length === 0) throw new Refusal('import.noFaultyRows', { name: job.file_name })
  const byRow = Map.groupBy(job.faulty, (problem) => problem.source_row)
  const words = wordsIn(locale)
  const columns = columnsOf(job, locale)
  const cell = (text: string): Cell => (text === '' ? { kind: 'empty' } : { kind: 'text', text })
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const { row, cells } of job.table.rows()) {
      const problems = byRow.get(row)
      if (problems) yield [...columns.map(({ index }) => cell(cells[index] ?? '')), cell(problems.map(words).join('\n'))]
    }
  }
  const message = textsOf(locale, 'import')('ui.import.faulty.column')
  await writeXlsx({ path, sheets: [{ name: textsOf(locale, 'import')('ui.import.faulty.sheet'), columns: [...columns.map(({ title }) => ({ title })), { title: message, width: 60 }], rows: rows() }] })
}

/** The file's own columns, those that were matched by hand under a name that is known, and without the messages of an earlier round. */
function columnsOf({ table, mapping, importer }: Job, locale: Locale): { title: string; index: number }[] {
  const messages = new Set((['zh-CN', 'en'] as const).map((l) => foldHeader(textsOf(l, 'import')('ui.import.faulty.column'))))
  const byItself = proposeMapping(importer.fields, table.headers)
  const known = new Map(importer.fields.flatMap((field) => {
    const header = mapping[field.key]
    return header === undefined ? [] : [[header, byItself[field.key] === header ? header : headerIn(field, locale)] as const]
  }))
  const taken = new Set([...known.values()].map(foldHeader))
  return table.headers.flatMap((header, index) => {
    if (messages.has(foldHeader(header))) return []
    const title = known.get(header)
    if (title !== undefined) return [{ title, index }]
    // A column that means nothing to the import must not pass for one that was matched.
    return [{ title: taken.has(foldHeader(header)) ? `${header} *${index + 1}` : header, index }]
  })
}

/** What is wrong, with the column it is about, as the screen says it. */
function wordsIn(locale: Locale): (problem: RowProblem) => string {
  const modules = new Map<string, Texts>()
  const textsFor = (module: string): Texts => {
    const known = modules.get(module) ?? textsOf(locale, module)
    modules.set(module, known)
    return known
  }
  const plain = (details: RowProblem['details']): Record<string, string | number> =>
    Object.fromEntries(Object.entries(details).filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number'))
  return ({ column, reason_code, details }) => {
    const words = textsFor(reason_code.split('.')[0]!)(`refusal.${reason_code}`, plain(details))
    return column === '' ? words : `${column}${locale === 'zh-CN' ? '：' : ': '}${words}`
  }
}

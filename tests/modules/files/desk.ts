import { zipSync, strToU8 } from 'fflate'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Refusal } from '../../../src-main/kernel/refusal.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhanggui-files-'))

let count = 0

/** A path of its own for each call. */
export function place(name: string): string {
  return join(folder, `${++count}-${name}`)
}

/** Puts bytes or text into a file of its own and gives its path. */
export function put(name: string, content: string | Uint8Array): string {
  const path = place(name)
  writeFileSync(path, content)
  return path
}

export async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const row of rows) found.push(row)
  return found
}

/** The refusal that the work ends in; anything else fails the test. */
export async function refusalOf(work: () => Promise<unknown>): Promise<{ code: string; details: Record<string, unknown> }> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, details: error.details }
    throw error
  }
  throw new Error('nothing was refused')
}

/** Holds that the work is refused so, with at least these details. */
export async function refused(work: () => Promise<unknown>, code: string, details: Record<string, unknown> = {}): Promise<void> {
  expect(await refusalOf(work)).toMatchObject({ code, details })
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** What a hand-made workbook is made of. `sheets` are the insides of sheetData; `parts` replace or (undefined) leave out whole parts. */
export type Made = {
  readonly sheets?: Readonly<Record<string, string>>
  readonly shared?: string
  readonly formats?: string
  readonly styles?: readonly number[]
  readonly bookExtra?: string
  readonly before?: string
  readonly parts?: Readonly<Record<string, string | undefined>>
}

/** A workbook by hand, so that tests can hold what no writer would make. */
export function workbook(made: Made): Uint8Array {
  const sheets = Object.entries(made.sheets ?? { Sheet1: '' })
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const parts: Record<string, string | undefined> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}">${made.bookExtra ?? ''}<sheets>`
      + `${sheets.map(([name], i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': '<Relationships>'
      + sheets.map((_, i) => relation(`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')
      + `${relation('st', 'styles', 'styles.xml')}${relation('sh', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts>${made.formats ?? ''}</numFmts><cellXfs>`
      + `${(made.styles ?? [0]).map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${made.shared ?? ''}</sst>`,
  }
  for (const [i, [, inside]] of sheets.entries()) {
    parts[`xl/worksheets/sheet${i + 1}.xml`] = '<?xml version="1.0" encoding="UTF-8"?>'
      + `<worksheet xmlns="${main}">${made.before ?? ''}<sheetData>${inside}</sheetData></worksheet>`
  }
  const files: Record<string, Uint8Array> = {}
  for (const [name, xml] of Object.entries({ ...parts, ...made.parts })) if (xml !== undefined) files[name] = strToU8(xml)
  return zipSync(files, { level: 6, mtime: '2020-01-01T00:00:00' })
}

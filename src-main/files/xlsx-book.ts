import { basename } from 'node:path'
import { attribute, readXml, type XmlReader } from './xml.ts'
import { clip, refuse } from './refusals.ts'
import { shapeOfBuiltIn, shapeOfFormat, unescapeText, wholeNumber, type NumberShape } from './xlsx-values.ts'
import type { Limits } from './limits.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { ZipFile } from './zip-reader.ts'

type Sheet = { readonly name: string; readonly part: string; readonly isHidden: boolean }

/** What a workbook says before its sheets: their names and parts, and how its dates count. */
export type Book = {
  readonly sheets: readonly Sheet[]
  readonly epoch: 1900 | 1904
  readonly stylesPart: string | undefined
  readonly sharedTextsPart: string | undefined
}

/** The refusal for one part of a workbook that is not as the format wants it. */
export function brokenPart(path: string, part: string): (reason: string, place?: Record<string, unknown>) => Refusal {
  return (reason, place = {}) => refuse('files.brokenWorkbook', { name: basename(path), part, reason: clip(reason), ...place })
}

type Relation = { readonly id: string; readonly type: string; readonly target: string }

/**
 * Finds the workbook, its sheets, styles and shared texts by their relations, so that parts may have any name and order.
 * Chart and macro sheets are left out. Refuses `files.brokenWorkbook` when the workbook or all of its sheets are missing.
 */
export async function readBook(path: string, zip: ZipFile): Promise<Book> {
  const roots = await readRelations(path, zip, '')
  const part = roots.find((r) => r.type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const bookPart = zip.find(part)
  if (bookPart === undefined) throw brokenPart(path, part)('missing')
  const relations = await readRelations(path, zip, bookPart)
  const named: { name: string; relation: string; isHidden: boolean }[] = []
  let epoch: 1900 | 1904 = 1900
  const broken = brokenPart(path, bookPart)
  await readXml(zip.read(bookPart), reader((name, attributes) => {
    if (name === 'workbookPr' && /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')) epoch = 1904
    if (name !== 'sheet') return
    if (named.length >= 2_000) throw broken('sheets')
    const state = attribute(attributes, 'state') ?? 'visible'
    const sheetName = unescapeText(attribute(attributes, 'name') ?? '')
    named.push({ name: sheetName, relation: attribute(attributes, 'id') ?? '', isHidden: state !== 'visible' })
  }), broken)
  const partOf = (type: string) => relations.find((r) => r.type === type)?.target
  const sheets = named.flatMap(({ name, relation, isHidden }) => {
    const target = relations.find((r) => r.id === relation && r.type === 'worksheet')?.target
    return target === undefined ? [] : [{ name, part: target, isHidden }]
  })
  if (sheets.length === 0) throw broken('sheets')
  return { sheets, epoch, stylesPart: partOf('styles'), sharedTextsPart: partOf('sharedStrings') }
}

function reader(open: XmlReader['open']): XmlReader {
  return { open, text: () => {}, close: () => {} }
}

/** The relations of a part ('' for the package); types by their last word, as the strict and the common dialect differ before it. */
async function readRelations(path: string, zip: ZipFile, part: string): Promise<Relation[]> {
  const folder = part.includes('/') ? part.slice(0, part.lastIndexOf('/') + 1) : ''
  const file = zip.find(`${folder}_rels/${part.slice(folder.length)}.rels`)
  if (file === undefined) return []
  const relations: Relation[] = []
  const broken = brokenPart(path, file)
  await readXml(zip.read(file), reader((name, attributes) => {
    if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
    if (relations.length >= 10_000) throw broken('relations')
    const type = attribute(attributes, 'Type') ?? ''
    const target = resolvePart(folder, attribute(attributes, 'Target') ?? '')
    const id = attribute(attributes, 'Id') ?? ''
    relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: zip.find(target) ?? target })
  }), broken)
  return relations
}

function resolvePart(folder: string, target: string): string {
  const steps: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

/** The shape of each cell style, by its index. A workbook without styles has none, and all its numbers are plain. */
export async function readShapes(path: string, zip: ZipFile, part: string | undefined): Promise<readonly NumberShape[]> {
  const file = part === undefined ? undefined : zip.find(part)
  if (file === undefined) return []
  const broken = brokenPart(path, file)
  const own = new Map<number, NumberShape>()
  const formats: number[] = []
  let isInCellFormats = false
  await readXml(zip.read(file), {
    open(name, attributes) {
      const id = wholeNumber(attribute(attributes, 'numFmtId') ?? '0')
      if (name === 'numFmt') own.set(id, shapeOfFormat((attribute(attributes, 'formatCode') ?? '').slice(0, 500)))
      if (name === 'cellXfs') isInCellFormats = true
      if (name !== 'xf' || !isInCellFormats) return
      if (formats.length >= 100_000) throw broken('styles')
      formats.push(id)
    },
    text: () => {},
    close(name) {
      if (name === 'cellXfs') isInCellFormats = false
    },
  }, broken)
  return formats.map((id) => own.get(id) ?? shapeOfBuiltIn(id))
}

type SharedTextsSource = { readonly path: string; readonly zip: ZipFile; readonly part: string | undefined; readonly limits: Limits }

/**
 * The texts that cells share, in order. Rich text is joined; the phonetic guides of East Asian text are not part of it.
 * Refuses `files.tooLarge` beyond `maxSharedChars`, as they are held in memory.
 */
export async function readSharedTexts(args: SharedTextsSource): Promise<readonly string[]> {
  const file = args.part === undefined ? undefined : args.zip.find(args.part)
  if (file === undefined) return []
  const broken = brokenPart(args.path, file)
  const texts: string[] = []
  const runs = textRuns(() => broken('text too long'))
  let chars = 0
  await readXml(args.zip.read(file), {
    open(name) {
      if (name === 'si') runs.start()
      runs.open(name)
    },
    text: (text) => runs.text(text),
    close(name) {
      runs.close(name)
      if (name !== 'si') return
      const text = runs.take()
      // A short text costs memory beside its characters.
      chars += text.length + 16
      const limit = args.limits.maxSharedChars
      if (chars > limit) throw refuse('files.tooLarge', { name: basename(args.path), limit_bytes: limit })
      texts.push(text)
    },
  }, broken)
  return texts
}

/** Excel allows 32,767 characters in a cell; other programs are given some room. */
const maxTextChars = 200_000

/** Gathers the `t` elements of one text, plain or rich, leaving out what stands in phonetic guides (`rPh`). */
export function textRuns(tooLong: () => Refusal) {
  let text = ''
  let isInText = false
  let guides = 0
  return {
    start() {
      text = ''
      isInText = false
      guides = 0
    },
    open(name: string) {
      if (name === 'rPh') guides++
      if (name === 't') isInText = guides === 0
    },
    text(piece: string) {
      if (!isInText) return
      text += piece
      if (text.length > maxTextChars) throw tooLong()
    },
    close(name: string) {
      if (name === 'rPh') guides--
      if (name === 't') isInText = false
    },
    take: () => unescapeText(text),
  }
}

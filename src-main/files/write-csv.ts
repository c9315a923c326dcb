import iconv from 'iconv-lite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkedDay, checkedDecimal, checkedMoment, checkWidth, percentOf, type Cell, type Column, type Rows } from './cells.ts'
import { escapeFormula } from '../kernel/formula.ts'
import { writeWhole } from './write-file.ts'

export type CsvTarget = {
  readonly path: string
  readonly columns: readonly Column[]
  readonly rows: Rows
  /** Excel in Chinese needs UTF-8 with a mark to open the file by a double click; GB18030 is for programs that know nothing else. */
  readonly encoding?: 'utf-8-bom' | 'utf-8' | 'gb18030'
  readonly delimiter?: ',' | '\t' | ';'
}

/**
 * Writes a table as delimited text (RFC 4180, lines end in CR LF) at constant memory, whole or not at all. Figures are written as
 * the exact text they came as; text that a spreadsheet would run as a formula gets an apostrophe in front, which reading takes off
 * again. Gives the rows below the header and the bytes. Refuses `files.diskFull`, `files.cannotWrite`.
 */
export async function writeCsv(target: CsvTarget): Promise<{ rows: number; bytes: number }> {
  const { columns, delimiter = ',', encoding = 'utf-8-bom' } = target
  const encode = encoding === 'gb18030' ? (text: string) => iconv.encode(text, 'gb18030') : (text: string) => Buffer.from(text, 'utf8')
  return writeWhole(target.path, async (sink) => {
    let text = encoding === 'utf-8-bom' ? '\ufeff' : ''
    text += lineOf(columns.map((column) => escapeFormula(column.title)), delimiter)
    let rows = 0
    for await (const cells of target.rows) {
      checkWidth(cells, columns)
      text += lineOf(cells.map(plainText), delimiter)
      rows++
      if (text.length < 64 * 1024) continue
      await sink.write(encode(text))
      text = ''
      // Rows that come from memory never wait: the event loop gets its turn here.
      await nextTurn()
    }
    await sink.write(encode(text))
    return { rows, bytes: sink.bytes }
  })
}

function lineOf(cells: readonly string[], delimiter: string): string {
  return `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`
}

function quoted(text: string, delimiter: string): string {
  const isPlain = !/["\r\n]|^\s|\s$/.test(text) && !text.includes(delimiter)
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`
}

function plainText(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return escapeFormula(cell.text)
    case 'number':
    case 'money':
      return checkedDecimal(cell.number)
    case 'rate':
      return `${percentOf(cell.number)}%`
    case 'day':
      return checkedDay(cell.day)
    case 'moment':
      return checkedMoment(cell.moment).replace('T', ' ')
    case 'empty':
      return ''
  }
}

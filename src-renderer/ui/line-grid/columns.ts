import type { ReactNode } from 'react'
import type { How } from '../draft/desk.ts'

/** A pasted text that did not become a value: 'unread' is none, 'unknown' names nothing that we have, 'asked' is being looked up. */
export type Wrong = { readonly text: string; readonly is: 'unread' | 'unknown' | 'asked' }

export type LineBase = { readonly key: string; /** By column, what was pasted and could not be taken. */ readonly wrong?: Readonly<Record<string, Wrong>> }

/** Changes the lines as they stand when it runs: answers that come late change what is there then. */
export type ChangeLines<L> = (update: (lines: readonly L[]) => readonly L[], how?: How) => void

export type Editing<L> = {
  readonly line: L
  readonly index: number
  change(changes: Partial<L>): void
  /** Goes on to the next cell that Enter walks to: for editors that take Enter themselves, such as pickers. */
  advance(): void
  readonly label: string
  readonly isInvalid: boolean
}

export type LineColumn<L extends LineBase> = {
  readonly key: string
  readonly title: string
  readonly width: number
  readonly grow?: number
  readonly align?: 'start' | 'end'
  /** The cell as text, in every line but the one being edited. */
  view(line: L): ReactNode
  /** The cell's editor; without one it is shown only. */
  edit?(editing: Editing<L>): ReactNode
  /** Enter stops here on its way through a line. */
  readonly stop?: 'enter'
  /** Does this cell want input? Tab stops where it is so, and where something is wrong; it passes what is filled already and what may stay empty. */
  wants?(line: L): boolean
  /** Its field in the command's input line, for problems. */
  readonly field?: string
  /** What a pasted text means for the line: changes, a text to be looked up, or undefined when it cannot be read. */
  paste?(text: string, line: L): Partial<L> | 'ask' | undefined
  /** Further words that head this column in a table, in lower case. */
  readonly names?: readonly string[]
  /** What `=` writes into the lines below: the cell's value, undefined while it has none. */
  fill?(line: L): Partial<L> | undefined
}

/** The line without what was wrong in a column. */
export function mended<L extends LineBase>(line: L, column: string): L {
  if (line.wrong?.[column] === undefined) return line
  const { [column]: _, ...wrong } = line.wrong
  return { ...line, wrong }
}

/** What could not be taken stands in the line until it is mended. */
export const wronged = <L extends LineBase>(line: L, column: string, wrong: Wrong): L => ({ ...line, wrong: { ...line.wrong, [column]: wrong } })

import { Refusal } from './refusal.ts'

/**
 * A state machine as a table of allowed moves: it feeds the button, the guard and the CHECK (style rule 2).
 * Keys are states, values the states that may follow.
 */
export type StateTable<S extends string> = Readonly<Record<S, readonly S[]>>

/** May a row in `from` go to `to`? Buttons ask this. */
export const mayMove = <S extends string>(table: StateTable<S>, { from, to }: { from: S; to: S }): boolean => table[from].includes(to)

/** The guard: refuses an illegal move loudly with the caller's own refusal code and both states. */
export function assertMove<S extends string>(table: StateTable<S>, { from, to, refusal }: { from: S; to: S; refusal: string }): void {
  if (!mayMove(table, { from, to })) throw new Refusal(refusal, { from, to })
}

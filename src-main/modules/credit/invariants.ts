import type { Invariant } from '../../kernel/operation.ts'

/** Truths about credit; each query must return no rows. */
export const creditInvariants: readonly Invariant[] = [
  {
    name: 'credit: a release reaches at least to the day on which it was given',
    sql: `select id from credit_release where until_on < released_on`,
  },
]

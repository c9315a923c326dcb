import { keepPreviousData, useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query'
import { ask } from './client.ts'
import type { AskInput, AskName, AskOutput } from './operations.ts'

/** The key under which an answer is kept: its first part is what `changes` finds it by. */
export const askKey = (name: string, input: unknown) => [name, input] as const

type Options = {
  /** False while the input is not yet known. */
  readonly enabled?: boolean
  /** Keep the last answer on screen while the next one comes: lists that are typed into. */
  readonly keeps?: 'previous'
}

/** Asks a query and asks again when a table that it reads has changed. */
export function useAsk<N extends AskName>(name: N, input: AskInput<N>, options: Options = {}): UseQueryResult<AskOutput<N>> {
  return useQuery({
    queryKey: askKey(name, input),
    queryFn: () => ask(name, input),
    enabled: options.enabled ?? true,
    placeholderData: options.keeps === 'previous' ? keepPreviousData : undefined,
  })
}

export type FetchAhead = <N extends AskName>(name: N, input: AskInput<N>) => void

/** Asks what a screen is about to ask. What is known and fresh is not asked again; a no is heard by who really wants to know. */
export const fetchAhead =
  (cache: QueryClient): FetchAhead =>
  (name, input) =>
    void cache.prefetchQuery({ queryKey: askKey(name, input), queryFn: () => ask(name, input) })

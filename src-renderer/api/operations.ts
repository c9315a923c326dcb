import type * as accounting from '../../src-main/modules/accounting/contract.ts'
import type * as catalog from '../../src-main/modules/catalog/contract.ts'
import type * as contracts from '../../src-main/modules/contracts/contract.ts'
import type * as credit from '../../src-main/modules/credit/contract.ts'
import type * as crm from '../../src-main/modules/crm/contract.ts'
import type * as insights from '../../src-main/modules/insights/contract.ts'
import type * as marketing from '../../src-main/modules/marketing/contract.ts'
import type * as service from '../../src-main/modules/service/contract.ts'
import type * as forecast from '../../src-main/modules/forecast/contract.ts'
import type * as inventory from '../../src-main/modules/inventory/contract.ts'
import type * as parties from '../../src-main/modules/parties/contract.ts'
import type * as platform from '../../src-main/modules/platform/contract.ts'
import type * as sales from '../../src-main/modules/sales/contract.ts'
import type * as promotions from '../../src-main/modules/promotions/contract.ts'
import type * as purchasing from '../../src-main/modules/purchasing/contract.ts'
import type { CommandContract, OutputOf, QueryContract, SentInputOf } from '../../src-main/kernel/contract.ts'

/** The contracts that a module exports: what else its contract file says falls away. */
type In<M> = { [K in keyof M]: M[K] extends CommandContract | QueryContract ? M[K] : never }[keyof M]
type Contracts = In<typeof accounting> | In<typeof catalog> | In<typeof contracts> | In<typeof credit> | In<typeof crm> | In<typeof forecast> | In<typeof insights> | In<typeof marketing> | In<typeof inventory> | In<typeof parties> | In<typeof platform> | In<typeof promotions> | In<typeof purchasing> | In<typeof sales> | In<typeof service>
type Commands = Extract<Contracts, { kind: 'command' }>
type Queries = Extract<Contracts, { kind: 'query' }>

type CommandsByName = { readonly [C in Commands as C['name']]: C }
type QueriesByName = { readonly [C in Queries as C['name']]: C }

// The typed client is a mapped type over the contracts: nothing of them is in the bundle.
export type RunName = keyof CommandsByName & string
export type RunInput<N extends RunName> = SentInputOf<CommandsByName[N]>
export type RunOutput<N extends RunName> = OutputOf<CommandsByName[N]>
export type AskName = keyof QueriesByName & string
export type AskInput<N extends AskName> = SentInputOf<QueriesByName[N]>
export type AskOutput<N extends AskName> = OutputOf<QueriesByName[N]>
/** One row of a list query's answer. */
export type RowOf<N extends AskName> = AskOutput<N> extends { readonly rows: readonly (infer R)[] } ? R : never

import type { CustomField } from '../kernel/custom-fields.ts'
import type { Importer } from '../kernel/operation.ts'
import type { Answer, Caller, Office, Progress } from './office-types.ts'
import type { DescribedOperation } from './transports/openapi.ts'

/** What the shell shows of an open company before anybody has signed in. */
export type CompanyCard = { readonly name: string; readonly is_sample: 0 | 1; readonly currency: string }

/** An office as the shell holds it: the card, and which operations there are. */
export interface HostedOffice extends Office {
  readonly card: CompanyCard
  /** Is there a command or a query of this name? */
  kindOf(name: string): 'command' | 'query' | undefined
  /** The tables whose change makes each query's answer stale, by its name. */
  readonly reads: Readonly<Record<string, readonly string[]>>
  /** The fields that the company added to its records. */
  customFields(): Promise<readonly CustomField[]>
  /** Every command and query of the program, with the company's own fields, as documents and clients want to know it. */
  describe(): Promise<readonly DescribedOperation[]>
  /** What can be imported, by kind. */
  readonly importers: ReadonlyMap<string, Importer>
  /** The names of the invariants that were found broken after opening; null while the books are still being looked through. */
  readonly brokenInvariants: readonly string[] | null
  /** Backs the company up into its own folder, for who may change its settings. */
  backup(caller: Caller): Promise<Answer>
  /** The backups in the company's own folder, newest first. */
  backups(caller: Caller): Promise<Answer>
  /** How far a running command is; undefined when it says nothing or is not running. */
  progressOf(commandId: string): Progress | undefined
  /** Asks a running command to stop at its next breath: it is rolled back as cancelled. */
  cancel(commandId: string): Promise<void>
}

/** The five questions of a new company, and the language in which it is founded. */
export type CompanyAnswers = {
  readonly name: string
  readonly profile: 'cn-small' | 'international'
  /** ISO 4217, three letters. */
  readonly currency: string
  /** First day of the books, YYYY-MM-DD. */
  readonly first_day: string
  readonly taxpayer: 'small' | 'general' | 'none'
  readonly locale: 'zh-CN' | 'en'
}

/**
 * How the shell gets at companies. `data` is a folder or a postgres:// address.
 * Every way refuses with a `Refusal`: a company that is missing is never made, one that exists is never overwritten.
 */
export interface OfficeDoor {
  open(input: { data: string; onProgress?: (progress: Progress) => void }): Promise<HostedOffice>
  create(input: CompanyAnswers & { data: string }): Promise<void>
  /** Brings a backup back into a place where nothing is. */
  restore(input: { from: string; data: string }): Promise<void>
  buildSample(input: { data: string; locale: 'zh-CN' | 'en'; onProgress: (progress: Progress) => void }): Promise<void>
}

import type { z } from 'zod'
import type { OutputOf } from '../../kernel/contract.ts'
import { Invalid } from '../../kernel/refusal.ts'
import type { me } from '../../modules/platform/contract.ts'
import type { PaperLocale } from './words.ts'

/** Whose books are printed. */
export type PrintingCompany = OutputOf<typeof me>['company']

/** What a paper is made from: the input of the request, and the office to ask on behalf of who prints. */
export type Asked = {
  /** Throws the office's no. */
  readonly ask: (name: string, input: object) => Promise<unknown>
  readonly input: Readonly<Record<string, unknown>>
  readonly locale: PaperLocale
  company(): Promise<PrintingCompany>
}

/** The value in the form that is wanted; what does not have it is invalid at its field. */
export function parsedAs<T>(schema: z.ZodType<T>, { value, field }: { value: unknown; field: string }): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Invalid('platform.invalidInput', result.error.issues.map((i) => ({ path: [field, ...i.path.map(String)], code: i.code, message: i.message })))
}

export const parsedInput = <T>(schema: z.ZodType<T>, input: unknown): T => parsedAs(schema, { value: input, field: 'input' })

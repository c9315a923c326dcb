/** What a refusal or an invalid answer may tell besides its name: plain JSON. */
export type Details = Record<string, unknown>

/**
 * A named business reason to say no. The bus rolls the transaction back and returns it as a value;
 * the renderer translates `refusal.<code>` with `details`. The code must be listed in the contract.
 */
export class Refusal extends Error {
  readonly code: string
  readonly details: Details
  constructor(code: string, details: Details = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}

/** One field that is not as the contract wants it. `path` leads to it in the input. */
export type FieldProblem = { readonly path: readonly (string | number)[]; readonly code: string; readonly message: string }

/** The input does not have the contract's form: shown at the fields, nothing was run. */
export class Invalid extends Error {
  readonly code: string
  readonly problems: readonly FieldProblem[]
  constructor(code: string, problems: readonly FieldProblem[]) {
    super(`${code}: ${problems.map((p) => `${p.path.join('.')}: ${p.message}`).join('; ')}`)
    this.name = 'Invalid'
    this.code = code
    this.problems = problems
  }
}

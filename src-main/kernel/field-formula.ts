import { divide, powerOfTen } from './math.ts'

// Arithmetic that people write for a formula field: '{weight_e6} * 1.2 + round({gross_minor} / 100, 1)'. Exact fractions all the way; only the result is rounded.

type Fraction = { readonly n: bigint; readonly d: bigint }
/** A figure as data keeps it: a whole number of 10^−scale. */
export type Figure = { readonly value: number; readonly scale: number }
/** Nothing for a division by zero: a formula then has no value. */
type Value = Fraction | undefined
type Names = (name: string) => Fraction

export type Formula = {
  /** The names in braces, each once. */
  readonly names: readonly string[]
  /** The value in millionths, half up; null when it divides by zero, is beyond what a number field holds, or no name has a figure. */
  value(figureOf: (name: string) => Figure | null): number | null
}
/** Why a text is no formula, and at which character. */
export type FormulaProblem = { readonly at: number; readonly found: string }

const RESULT_SCALE = 6
const LARGEST_E6 = 1_000_000_000_000_000n
const MOST_DIGITS = 6n
const DEEPEST = 40

const whole = (n: bigint): Fraction => ({ n, d: 1n })
const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
const minus = (a: Fraction): Fraction => ({ n: -a.n, d: a.d })
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d })
const isLess = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d

function over(a: Fraction, b: Fraction): Value {
  if (b.n === 0n) return undefined
  return b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n }
}

function rounded(x: Fraction, digits: Fraction): Value {
  const places = digits.n / digits.d
  if (places < 0n || places > MOST_DIGITS) return undefined
  const unit = powerOfTen(Number(places))
  return { n: divide({ dividend: x.n * unit, divisor: x.d, rounding: 'halfUp' }), d: unit }
}

const FUNCTIONS: Readonly<Record<string, { readonly least: number; readonly most: number; of(args: readonly Fraction[]): Value }>> = {
  abs: { least: 1, most: 1, of: ([x]) => (x!.n < 0n ? minus(x!) : x) },
  min: { least: 1, most: 10, of: (args) => args.reduce((a, b) => (isLess(b, a) ? b : a)) },
  max: { least: 1, most: 10, of: (args) => args.reduce((a, b) => (isLess(a, b) ? b : a)) },
  round: { least: 1, most: 2, of: ([x, digits]) => rounded(x!, digits ?? whole(0n)) },
}

type Node = (names: Names) => Value
const TOKENS = /\s*(?:(\d{1,15}(?:\.\d{1,9})?)|\{([^{}]{1,60})\}|([a-z]+)|([-+*/(),]))/y

class Wrong extends Error {
  readonly at: number
  constructor(at: number) {
    super('no formula')
    this.at = at
  }
}

/** Reads a formula; what is no formula is told by the place where it stops being one. Full-width signs, × and ÷ count as theirs. */
export function parseFormula(text: string): Formula | FormulaProblem {
  const plain = text.normalize('NFKC').replaceAll('×', '*').replaceAll('÷', '/').replaceAll('−', '-')
  try {
    const names = new Set<string>()
    const node = new Parser(plain, names).whole()
    return { names: [...names], value: (figureOf) => valueOf(node, { names, figureOf }) }
  } catch (error) {
    if (error instanceof Wrong) return { at: error.at, found: plain.slice(error.at, error.at + 12) }
    throw error
  }
}

export const isFormula = (parsed: Formula | FormulaProblem): parsed is Formula => 'names' in parsed

/** A name without a figure counts as 0, as in a spreadsheet, unless none has one. */
function valueOf(node: Node, { names, figureOf }: { names: ReadonlySet<string>; figureOf: (name: string) => Figure | null }): number | null {
  const figures = new Map([...names].map((name) => [name, figureOf(name)]))
  if (names.size > 0 && [...figures.values()].every((figure) => figure === null)) return null
  const result = node((name) => {
    const figure = figures.get(name)
    return figure ? { n: BigInt(figure.value), d: powerOfTen(figure.scale) } : whole(0n)
  })
  if (result === undefined) return null
  const e6 = divide({ dividend: result.n * powerOfTen(RESULT_SCALE), divisor: result.d, rounding: 'halfUp' })
  return e6 > LARGEST_E6 || e6 < -LARGEST_E6 ? null : Number(e6)
}

/** sum = product (± product)*; product = factor (×÷ factor)*; factor = number, name, function or sum in parentheses, with its sign. */
class Parser {
  private readonly text: string
  private readonly names: Set<string>
  private at = 0
  private depth = 0

  constructor(text: string, names: Set<string>) {
    this.text = text
    this.names = names
  }

  whole(): Node {
    const node = this.sum()
    if (this.text.slice(this.at).trim() !== '') throw new Wrong(this.at)
    return node
  }

  /** The next token without taking it. */
  private peek(): { readonly number?: string; readonly name?: string; readonly word?: string; readonly sign?: string; readonly end: number } {
    TOKENS.lastIndex = this.at
    const found = TOKENS.exec(this.text)
    if (!found) return { end: this.at }
    const [, number, name, word, sign] = found
    return { end: TOKENS.lastIndex, ...(number ? { number } : {}), ...(name ? { name } : {}), ...(word ? { word } : {}), ...(sign ? { sign } : {}) }
  }

  private take(sign: string): void {
    const next = this.peek()
    if (next.sign !== sign) throw new Wrong(this.at)
    this.at = next.end
  }

  private chain(part: () => Node, signs: Readonly<Record<string, (a: Fraction, b: Fraction) => Value>>): Node {
    let left = part()
    for (;;) {
      const { sign, end } = this.peek()
      const act = sign === undefined ? undefined : signs[sign]
      if (!act) return left
      this.at = end
      left = both(left, part(), act)
    }
  }

  private sum(): Node {
    if (++this.depth > DEEPEST) throw new Wrong(this.at)
    const node = this.chain(() => this.product(), { '+': plus, '-': (a, b) => plus(a, minus(b)) })
    this.depth--
    return node
  }

  private product(): Node {
    return this.chain(() => this.factor(), { '*': times, '/': over })
  }

  private factor(): Node {
    const { number, name, word, sign, end } = this.peek()
    const at = this.at
    this.at = end
    if (number !== undefined) {
      const [digits = '', decimals = ''] = number.split('.')
      const value = { n: BigInt(digits + decimals), d: powerOfTen(decimals.length) }
      return () => value
    }
    if (name !== undefined) {
      this.names.add(name)
      return (names) => names(name)
    }
    if (word !== undefined && Object.hasOwn(FUNCTIONS, word)) return this.call(FUNCTIONS[word]!)
    if (sign === '-' || sign === '+') {
      if (++this.depth > DEEPEST) throw new Wrong(at)
      const node = this.factor()
      this.depth--
      return sign === '+' ? node : (names) => negated(node(names))
    }
    if (sign === '(') {
      const node = this.sum()
      this.take(')')
      return node
    }
    throw new Wrong(at)
  }

  private call({ least, most, of }: (typeof FUNCTIONS)[string]): Node {
    this.take('(')
    const args = [this.sum()]
    while (this.peek().sign === ',') {
      this.take(',')
      args.push(this.sum())
    }
    if (args.length < least || args.length > most) throw new Wrong(this.at)
    this.take(')')
    return (names) => {
      const values = args.map((arg) => arg(names))
      return values.every((value) => value !== undefined) ? of(values) : undefined
    }
  }
}

const negated = (value: Value): Value => (value === undefined ? undefined : minus(value))

function both(left: Node, right: Node, act: (a: Fraction, b: Fraction) => Value): Node {
  return (names) => {
    const [a, b] = [left(names), right(names)]
    return a === undefined || b === undefined ? undefined : act(a, b)
  }
}

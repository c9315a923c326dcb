// The downhill simplex of Nelder & Mead (The Computer Journal 7, 1965), with the usual coefficients and the order of steps of Lagarias,
// Reeds, Wright & Wright (SIAM J. Optim. 9, 1998). Three or four parameters of a smooth likelihood: nothing heavier is needed.

type Corner = { readonly at: readonly number[]; readonly height: number }
export type Lowest = { readonly at: readonly number[]; readonly height: number; readonly isSettled: boolean }

const MOST_STEPS = 2_000

/** What a normal of standard deviation 2 around a point says against another: the negative logarithm of its density, but for a constant. */
export const farFrom = (point: readonly number[], at: readonly number[]): number => point.reduce((sum, x, i) => sum + (at[i]! - x) ** 2 / 8, 0)

/** What is worked out step by step, so that others get their turn between two. */
export type Steps<T> = Generator<void, T, void>

/** The point where `f` is lowest, looked for downhill from `from`. Begun anew from what was found until that gains nothing more. */
export function* lowest(f: (at: readonly number[]) => number, { from, size = 0.5, tolerance = 1e-10 }: { from: readonly number[]; size?: number; tolerance?: number }): Steps<Lowest> {
  let best = yield* descend(f, { from, size, tolerance })
  for (let again = 0; again < 5; again++) {
    const next = yield* descend(f, { from: best.at, size: size / 4, tolerance })
    const gain = best.height - next.height
    if (gain >= 0) best = { ...next, isSettled: best.isSettled || next.isSettled }
    if (gain < 1e-7) return best
  }
  return best
}

const mixed = (a: readonly number[], b: readonly number[], share: number): number[] => a.map((x, i) => x + share * (b[i]! - x))

function* descend(f: (at: readonly number[]) => number, { from, size, tolerance }: { from: readonly number[]; size: number; tolerance: number }): Steps<Lowest> {
  const heightOf = (at: readonly number[]): number => {
    const height = f(at)
    return Number.isNaN(height) ? Infinity : height
  }
  const cornerAt = (at: readonly number[]): Corner => ({ at, height: heightOf(at) })
  let corners = [from, ...from.map((_, i) => from.map((x, k) => (k === i ? x + size : x)))].map(cornerAt)
  for (let step = 0; step < MOST_STEPS; step++) {
    yield
    corners = corners.toSorted((a, b) => a.height - b.height)
    const [first, worst, second] = [corners[0]!, corners.at(-1)!, corners.at(-2)!]
    const isFlat = worst.height - first.height <= tolerance * (1 + Math.abs(first.height))
    const isSmall = Math.max(...worst.at.map((x, i) => Math.abs(x - first.at[i]!))) <= 1e-6
    if (isFlat && isSmall) return { ...first, isSettled: true }
    const others = corners.slice(0, -1)
    const middle = from.map((_, i) => others.reduce((sum, c) => sum + c.at[i]!, 0) / others.length)
    const reflected = cornerAt(mixed(middle, worst.at, -1))
    if (reflected.height < first.height) {
      const further = cornerAt(mixed(middle, worst.at, -2))
      corners = [...others, further.height < reflected.height ? further : reflected]
      continue
    }
    if (reflected.height < second.height) {
      corners = [...others, reflected]
      continue
    }
    const nearer = cornerAt(mixed(middle, (reflected.height < worst.height ? reflected : worst).at, 0.5))
    if (nearer.height < Math.min(reflected.height, worst.height)) corners = [...others, nearer]
    else corners = [first, ...corners.slice(1).map((c) => cornerAt(mixed(first.at, c.at, 0.5)))]
  }
  return { ...corners[0]!, isSettled: false }
}

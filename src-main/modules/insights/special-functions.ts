// Functions of mathematics that the models of customers stand on. Floats: these are estimates, never money.

const HALF_LN_2PI = 0.918938533204672742
/** Above this the series of Stirling is exact to the last digits. */
const FAR = 9

/** ln Γ(x) for x > 0, by Stirling's series after moving x up (Abramowitz & Stegun 6.1.41); good to about 13 digits. */
export function lnGamma(x: number): number {
  let product = 1
  let z = x
  while (z < FAR) {
    product *= z
    z += 1
  }
  const u = 1 / (z * z)
  const series = (1 / 12 - u * (1 / 360 - u * (1 / 1260 - u * (1 / 1680 - u / 1188)))) / z
  return (z - 0.5) * Math.log(z) - z + HALF_LN_2PI + series - Math.log(product)
}

/** ln(e^a + e^b) that neither overflows nor loses the smaller. */
export function lnSum(a: number, b: number): number {
  const most = Math.max(a, b)
  return most === -Infinity ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most))
}

const MOST_TERMS = 20_000

/** Gauss' hypergeometric function ₂F₁(a, b; c; z) for 0 ≤ z < 1 by its series (Abramowitz & Stegun 15.1.1). */
export function hypergeometric({ a, b, c, z }: { a: number; b: number; c: number; z: number }): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < MOST_TERMS; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) < 1e-15 * Math.abs(sum)) break
  }
  return sum
}

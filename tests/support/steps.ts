import type { Steps } from '../../src-main/modules/insights/simplex.ts'

/** Works something out in one go. */
export function whole<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

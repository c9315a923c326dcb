import { describe, expect, test } from 'vitest'
import { heard, newPulse, quietOf } from '../../../src-main/app/pulse.ts'

describe('what the program does by itself', () => {
  test('begins at once where nobody works, and waits for who has just called', async () => {
    const pulse = newPulse()
    await quietOf(pulse)()
    heard(pulse)
    let isQuiet = false
    const quiet = quietOf(pulse)().then(() => (isQuiet = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(isQuiet).toBe(false)
    const alive = setTimeout(() => undefined, 10_000)
    await quiet
    clearTimeout(alive)
    expect(isQuiet).toBe(true)
  })
})

import { afterEach } from 'vitest'
import { openOffices } from './open-offices.ts'

// Files share a process and its modules, so what shall happen in each of them is said here, which runs anew for every file.

/** Runs the invariants after every story and removes what the test made. */
afterEach(async () => {
  for (const t of [...openOffices]) {
    try {
      await t.verify()
    } finally {
      await t.close()
    }
  }
})

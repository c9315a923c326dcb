import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/{modules,stories,house,migrations,invariants}/**/*.test.ts'],
    // Each file gets a process of its own: the database is native code, and a crash must not take its neighbours along.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})

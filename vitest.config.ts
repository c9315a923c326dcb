import { defineConfig } from 'vitest/config'
import { isRightNode } from './src-main/right-node.mjs'
import { SlowFirst } from './tests/support/slow-first.ts'

// Under an older Node the database module kills the process without a word.
if (!isRightNode()) throw new Error(`Node ${process.version} is too old for the tests: run \`npm run test:stories\`, which brings its own Node.`)

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/{modules,stories,house,migrations,invariants,postgres}/**/*.test.ts'],
    // Two processes, not threads: the database is native code, and a crash takes one file along, not the run. Files that follow one another in a process
    // share its modules: to load the program anew for each would take as long as the tests.
    pool: 'forks',
    isolate: false,
    setupFiles: 'tests/support/each-story.ts',
    globalSetup: 'tests/support/before-all.ts',
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    // A machine under load is slow, not wrong.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})

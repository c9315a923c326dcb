import process from 'node:process'
import { runVerb } from './app/cli-verbs.ts'

// The same office without a window: `npm run -s zhanggui -- VERB …`. Scripts, tests and power users live on it.

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closed the pipe early (head) is no failure of ours.
  if (error.code === 'EPIPE') process.exit(0)
})
process.exitCode = await runVerb(process.argv.slice(2))

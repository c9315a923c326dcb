import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { appRoot } from '../places.ts'

/** `bench NAME`: the same as `npm run bench -- NAME`, which lives with the tests. */
export function benchVerb(args: readonly string[]): Promise<number> {
  const script = join(appRoot(), 'tests/bench/run.ts')
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}

import process from 'node:process'
import { registryWalls } from './registry-walls.ts'
import { checkSetup } from './setup.ts'
import { readTree, type Problem, type Wall } from './tree.ts'
import { sourceWalls } from './walls.ts'

// `npm run check`: the walls of the house, in under half a minute. Prints what is wrong and what to do instead.

const setup: Wall = { name: 'set-up: installs and runs with npm 10 and 11 without a compiler', judge: () => checkSetup().map((says) => ({ file: 'package.json', says })) }

const tree = readTree()
let failed = 0
const walls = [...sourceWalls, ...registryWalls, setup]
for (const wall of walls) {
  const problems: Problem[] = await wall.judge(tree)
  if (problems.length > 0) failed++
  process.stdout.write(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${wall.name}\n`)
  for (const { file, says } of problems.slice(0, 200)) process.stdout.write(`       ${file}: ${says}\n`)
}
process.stdout.write(`${walls.length - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

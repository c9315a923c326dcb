// Runs one script of the project in the right Node: node src-main/launch.mjs FILE args…
import { runScript } from './right-node.mjs'

const [file, ...args] = process.argv.slice(2)
if (file) runScript(file, args)
else {
  process.stderr.write('usage: node src-main/launch.mjs FILE [arguments]\n')
  process.exitCode = 2
}

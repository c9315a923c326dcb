// Runs one TypeScript file of the project in the right Node: node src-main/launch.mjs FILE args…
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { inRightNode } from './right-node.mjs'

const [file, ...args] = process.argv.slice(2)
if (!file) {
  console.error('usage: node src-main/launch.mjs FILE.ts [arguments]')
  process.exitCode = 2
} else if (inRightNode(fileURLToPath(import.meta.url), process.argv.slice(2))) {
  // The file sees the arguments as if it had been started directly.
  process.argv = [process.execPath, resolve(file), ...args]
  await import(pathToFileURL(resolve(file)).href)
}

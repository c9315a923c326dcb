// npm start: finds the right Node first, for nothing else may be loaded before.
import { fileURLToPath } from 'node:url'
import { inRightNode } from './right-node.mjs'

if (inRightNode(fileURLToPath(import.meta.url), process.argv.slice(2))) {
  const { start } = await import('./start/start.ts')
  process.exitCode = await start(process.argv.slice(2))
}

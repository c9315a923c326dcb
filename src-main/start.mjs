// npm start: finds the right Node first, for nothing else may be loaded before.
import { join } from 'node:path'
import { projectRoot, runScript } from './right-node.mjs'

runScript(join(projectRoot, 'src-main/start/start.ts'), process.argv.slice(2))

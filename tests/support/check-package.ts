import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { buildPart } from '../../src-main/start/build-part.ts'

// `npm run check:package`: packs the program around a stand-in for Electron, which needs no download, and looks into the archive.

const root = join(import.meta.dirname, '../..')
const scratch = mkdtempSync(join(tmpdir(), 'zhanggui-package-'))
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** A folder that looks like an unpacked Electron: its executable holds the place where the fuses are written. */
function standIn(): string {
  const folder = join(scratch, 'electron')
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  const fuses = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('111111111')])
  writeFileSync(join(folder, 'electron'), fuses, { mode: 0o755 })
  for (const locale of ['en-US', 'zh-CN']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '')
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(join(folder, file), '')
  return folder
}

function pack(): string {
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const settings = [`-c.electronDist=${standIn()}`, `-c.directories.output=${join(scratch, 'out')}`]
  const args = [builder, '--linux', 'dir', '--x64', '--publish', 'never', ...settings]
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`electron-builder ended with ${done.status}:\n${done.stdout}${done.stderr}`)
  return join(scratch, 'out/linux-unpacked/resources')
}

type Entry = { readonly files?: Record<string, Entry>; readonly offset?: string; readonly size?: number; readonly unpacked?: boolean }
type Archive = { readonly files: ReadonlySet<string>; readonly read: (path: string) => string }

/** Reads the archive's directory: two length-prefixed wrappers around JSON, then the contents of the files one after another. */
function openArchive(file: string): Archive {
  const bytes = readFileSync(file)
  const contents = 8 + bytes.readUInt32LE(4)
  const directory = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry
  const entries = new Map<string, Entry>()
  const walk = (path: string, entry: Entry): void => {
    if (path !== '') entries.set(path, entry)
    for (const [name, inner] of Object.entries(entry.files ?? {})) walk(`${path}/${name}`, inner)
  }
  walk('', directory)
  const read = (path: string): string => {
    const { offset = '0', size = 0 } = entries.get(path) ?? {}
    return bytes.toString('utf8', contents + Number(offset), contents + Number(offset) + size)
  }
  return { files: new Set(entries.keys()), read }
}

/** What must be in the archive, and what must not. */
const WANTED = [
  /^\/dist\/main\/main\.js$/,
  /^\/dist\/main\/office-worker\.js$/,
  /^\/dist\/main\/pdf-worker\.js$/,
  /^\/dist\/preload\/preload\.cjs$/,
  /^\/dist\/renderer\/index\.html$/,
  /^\/db\/migrations\/0001-\S+\.sqlite\.sql$/,
  /^\/db\/migrations\/0001-\S+\.postgres\.sql$/,
  /^\/assets\/locales\/zh-CN\/host\.json$/,
  /^\/node_modules\/pdfmake\/package\.json$/,
  /^\/node_modules\/pg\/package\.json$/,
  /^\/node_modules\/@expo-google-fonts\/noto-sans-sc\/400Regular\/.*\.ttf$/,
  /^\/node_modules\/@expo-google-fonts\/noto-sans-sc\/700Bold\/.*\.ttf$/,
]
const UNWANTED = [
  /^\/(src-main|src-renderer|tests|\.ci)\//,
  /^\/node_modules\/(node-linux|node-win|node-darwin|node-bin)/,
  /^\/node_modules\/(electron|vite|vitest|typescript|react|antd)\//,
  /^\/node_modules\/better-sqlite3\/(deps|src)\//,
  /noto-sans-sc\/(100|200|300|500|600|800|900)/,
  /\.map$/,
]

function judge(resources: string): string[] {
  const archive = openArchive(join(resources, 'app.asar'))
  const files = [...archive.files]
  const problems = WANTED.filter((w) => !files.some((f) => w.test(f))).map((w) => `missing in the archive: ${w.source}`)
  for (const unwanted of UNWANTED) {
    for (const file of files.filter((f) => unwanted.test(f)).slice(0, 3)) problems.push(`not wanted in the archive: ${file}`)
  }
  const unpacked = join(resources, 'app.asar.unpacked/node_modules')
  const prebuilds = join(unpacked, 'better-sqlite3/prebuilds')
  const builds = existsSync(prebuilds) ? readdirSync(prebuilds) : []
  if (builds.join() !== 'linux-x64.node') problems.push(`one build of SQLite must lie outside the archive: ${builds.join() || 'none'}`)
  if (!existsSync(join(unpacked, '@node-rs/argon2-linux-x64-gnu'))) problems.push('argon2 must lie outside the archive')
  const { main } = JSON.parse(archive.read('/package.json')) as { main: string }
  if (!archive.files.has(`/${main}`)) problems.push(`package.json starts ${main}, which is not in the archive`)
  return problems
}

/** Bare imports of the bundles must be found among the packed modules. */
function judgeImports(resources: string): string[] {
  const archive = openArchive(join(resources, 'app.asar'))
  const problems = new Set<string>()
  for (const file of [...archive.files].filter((f) => /^\/dist\/main\/.*\.js$/.test(f))) {
    const text = archive.read(file)
    for (const [, name] of text.matchAll(/^(?:import|export)\b[^"\n]*"((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[^"\n]*)?";$/gm)) {
      if (name === undefined || name === 'electron' || isBuiltin(name)) continue
      if (!archive.files.has(`/node_modules/${name}`)) problems.add(`${file} needs ${name}, which is not packed`)
    }
  }
  return [...problems]
}

for (const part of ['renderer', 'main', 'preload'] as const) await buildPart({ root, part })
let problems: string[]
try {
  const resources = pack()
  problems = [...judge(resources), ...judgeImports(resources)]
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
for (const problem of problems) say(`FAIL ${problem}`)
say(problems.length === 0 ? 'the package holds what it needs and nothing else' : `${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

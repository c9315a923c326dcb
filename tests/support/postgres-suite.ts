import { randomBytes } from 'node:crypto'
import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { quickFolder } from './scratch.ts'

// Runs the whole domain suite on PostgreSQL: `npm run test:postgres [-- vitest arguments]`.
// ZHANGGUI_TEST_POSTGRES names a server to use; otherwise Debian's is started in a temporary folder, as another user than root.

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** The folder of the newest installed server's programs, or undefined. */
export function serverPrograms(): string | undefined {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return undefined
  const versions = readdirSync(root).map(Number).filter((v) => v >= 15).sort((a, b) => b - a)
  return versions.map((v) => join(root, String(v), 'bin')).find((bin) => existsSync(join(bin, 'initdb')))
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const SUITES = ['tests/modules', 'tests/stories', 'tests/postgres', 'tests/migrations']
/** What has no books in it, or asks about files of this PC, is the same on every engine. */
const WITHOUT = ['tests/modules/{kernel,files,host,imports}/**', 'tests/stories/cli.test.ts', 'tests/migrations/migrations.test.ts']

type Server = { readonly url: string; readonly stop: () => void }

/** Starts a throw-away server on a free port of this PC. */
export async function startServer(bin: string): Promise<Server> {
  const folder = mkdtempSync(join(quickFolder(), 'zhanggui-postgres-'))
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim())
  const user = isRoot ? { uid: id('-u'), gid: id('-g') } : {}
  if (isRoot) chownSync(folder, id('-u'), id('-g'))
  const data = join(folder, 'data')
  const run = (program: string, args: string[]): void => {
    const done = spawnSync(join(bin, program), args, { ...user, cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
    if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr}${done.stdout}`)
  }
  run('initdb', ['-D', data, '-U', 'zhanggui', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'])
  // What a test server holds is thrown away, so nothing waits for the disk.
  const settings = [
    ...['listen_addresses=127.0.0.1', 'max_connections=300', 'autovacuum=off'],
    ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'jit=off', 'shared_buffers=512MB', 'wal_level=minimal', 'max_wal_senders=0', 'min_wal_size=32MB', 'max_wal_size=128MB'],
  ]
  const options = `-p ${port} -k ${folder} ${settings.map((s) => `-c ${s}`).join(' ')}`
  run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start'])
  return {
    url: `postgres://zhanggui@127.0.0.1:${port}/postgres`,
    stop: () => {
      spawnSync(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], { ...user, cwd: folder })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function main(): Promise<number> {
  const given = process.env['ZHANGGUI_TEST_POSTGRES']
  const bin = serverPrograms()
  if (!given && !bin) {
    say('PostgreSQL: skipped, no server of version 15 or newer is installed and ZHANGGUI_TEST_POSTGRES names none.')
    return 0
  }
  const server = given ? { url: given, stop: () => undefined } : await startServer(bin!)
  process.env['ZHANGGUI_TEST_RUN'] = randomBytes(4).toString('hex')
  try {
    const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')
    const asked = process.argv.slice(2)
    const whole = [...SUITES, ...WITHOUT.map((path) => `--exclude=${path}`)]
    const args = asked.some((a) => !a.startsWith('-')) ? asked : [...whole, ...asked]
    const child = spawn(process.execPath, [vitest, 'run', ...args], {
      stdio: 'inherit',
      env: { ...process.env, ZHANGGUI_TEST_POSTGRES: server.url },
    })
    return await new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
  } finally {
    if (given) await (await import('./postgres.ts')).sweepPostgres(given)
    server.stop()
  }
}

if (import.meta.main) process.exitCode = await main()

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { builtFile } from '../../src-main/start/build-part.ts'
import { projectRoot } from '../house/tree.ts'
import { dropPostgres, freshPostgres, onPostgres } from '../support/postgres.ts'

const CLI = builtFile(projectRoot, 'cli')
const PATIENT = { timeout: 180_000 }

onPostgres('the command line on a company at a server', (server) => {
  let url: string
  let folder: string
  beforeEach(async () => {
    url = await freshPostgres(server)
    folder = mkdtempSync(join(tmpdir(), 'zhanggui-cli-'))
  })
  afterEach(async () => {
    await dropPostgres(server, url)
    rmSync(folder, { recursive: true, force: true })
  })

  const start = (args: readonly string[]) =>
    spawn(process.execPath, [CLI, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ZHANGGUI_HOME: folder } })

  /** Runs one verb; gives its exit code and the JSON lines it printed. */
  async function verb(args: readonly string[], stdin = ''): Promise<{ code: number; lines: Record<string, unknown>[] }> {
    const child = start(args)
    child.stdin.end(stdin)
    let out = ''
    let complaints = ''
    child.stdout.on('data', (part: Buffer) => (out += part.toString()))
    child.stderr.on('data', (part: Buffer) => (complaints += part.toString()))
    const code = await new Promise<number>((resolve) => child.on('close', (c) => resolve(c ?? 1)))
    if (out === '') throw new Error(`${args.join(' ')} said nothing: ${complaints}`)
    return { code, lines: out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) }
  }

  const made = (): Promise<unknown> =>
    verb(['create', '--data', url, '--profile', 'international', '--currency', 'GBP', '--name', 'Bird & Co', '--first-day', '2026-01-01'])

  test('create, call, import, verify and export work as on a file', PATIENT, async () => {
    expect(await made()).toMatchObject({ code: 0, lines: [{ ok: true }] })
    expect(await made()).toMatchObject({ code: 1, lines: [{ ok: false, code: 'platform.companyFileExists' }] })
    const asked = [
      { name: 'parties.createParty', input: { name: 'Fish Ltd', is_customer: 1 } },
      { name: 'nobody.knowsThis' },
      { name: 'parties.list', input: { text: 'fish' } },
    ]
    const called = await verb(['call', '--data', url, '-'], asked.map((a) => JSON.stringify(a)).join('\n'))
    expect(called.lines).toMatchObject([{ ok: true }, { ok: false, code: 'platform.unknownOperation' }, { ok: true, output: { total: 1 } }])
    writeFileSync(join(folder, 'parties.csv'), 'name,code,is_customer\nAlpha,A1,yes\nBeta,B1,yes\n')
    const imported = await verb(['import', '--data', url, 'parties', join(folder, 'parties.csv')])
    expect(imported).toMatchObject({ code: 0, lines: [{ ok: true, output: [{ rows: 2 }] }] })
    expect(await verb(['verify', '--data', url])).toMatchObject({ code: 0, lines: [{ ok: true, broken: [] }] })
    const out = join(folder, 'journal.hledger')
    const exported = await verb(['export', '--data', url, 'journal', '--format', 'hledger', '--out', out])
    expect(exported).toMatchObject({ code: 0, lines: [{ ok: true }] })
    expect(readFileSync(out, 'utf8')).toContain('GBP')
  })

  test('what does not work there yet is refused by name: backup and restore', PATIENT, async () => {
    await made()
    const refused = { code: 1, lines: [{ ok: false, kind: 'refusal', code: 'platform.notOnServerYet', details: { what: 'backup' } }] }
    expect(await verb(['backup', '--data', url, '--out', join(folder, 'backup.db')])).toMatchObject(refused)
    expect(existsSync(join(folder, 'backup.db'))).toBe(false)
    expect(await verb(['restore', '--from', join(folder, 'backup.db'), '--data', url])).toMatchObject(refused)
  })

  test('a server or database that is not there is refused by name', PATIENT, async () => {
    expect(await verb(['verify', '--data', url])).toMatchObject({ code: 1, lines: [{ ok: false, code: 'platform.companyFileMissing' }] })
    const nobody = 'postgres://owner:secret@127.0.0.1:1/books'
    const { code, lines } = await verb(['call', '--data', nobody, 'platform.me', '{}'])
    expect({ code, lines }).toMatchObject({ code: 1, lines: [{ ok: false, code: 'platform.serverUnreachable' }] })
    expect(JSON.stringify(lines)).not.toContain('secret')
  })

  test('host serves it, its long questions too', PATIENT, async () => {
    await made()
    const child = start(['host', '--data', url])
    try {
      const link = await new Promise<string>((resolve) => {
        createInterface({ input: child.stderr }).on('line', (line) => line.startsWith('http') && resolve(line))
      })
      const entered = await fetch(link, { redirect: 'manual' })
      const cookie = entered.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
      const headers = { cookie, 'content-type': 'application/json' }
      const post = async (name: string, input: unknown) =>
        (await fetch(new URL(`/api/${name}`, link), { method: 'POST', headers, body: JSON.stringify(input) })).json()
      expect(await post('platform.me', {})).toMatchObject({ ok: true, output: { company: { name: 'Bird & Co' } } })
      expect(await post('accounting.trialBalance', { from: '2026-01-01', to: '2026-12-31' })).toMatchObject({ ok: true })
    } finally {
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('close', resolve))
    }
  })
})

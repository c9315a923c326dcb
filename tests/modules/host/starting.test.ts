import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { findChromium, hasDisplay } from '../../../src-main/app/browser.ts'
import { projectRoot } from '../../../src-main/right-node.mjs'
import { sourceHash } from '../../../src-main/start/build-part.ts'
import { fetchElectron } from '../../../src-main/start/electron-binary.ts'
import { startOptions } from '../../../src-main/start/options.ts'

describe('npm start', () => {
  it('reads its options and names one that it does not know', () => {
    expect(startOptions([])).toEqual({ data: undefined, port: undefined, show: 'window', company: 'chosen' })
    const all = ['--data', '/shop', '--port', '0', '--no-open', '--sample']
    expect(startOptions(all)).toEqual({ data: '/shop', port: 0, show: 'nothing', company: 'sample' })
    expect(startOptions(['--nonsense'])).toEqual({ wrong: 'start.unknownOption', values: { option: '--nonsense' } })
    for (const port of ['x', '-1', '65536', '1.5']) {
      expect(startOptions([`--port=${port}`])).toMatchObject({ wrong: 'start.badPort', values: { port } })
    }
  })

  it('knows where a window can be shown', () => {
    const linux = [{}, { DISPLAY: ':0' }, { WAYLAND_DISPLAY: 'w' }].map((env) => hasDisplay(env, 'linux'))
    expect(linux).toEqual([false, true, true])
    expect([hasDisplay({}, 'win32'), hasDisplay({}, 'darwin')]).toEqual([true, true])
    expect(findChromium({ PATH: '/nowhere' }, 'linux')).toBeUndefined()
    expect(findChromium({ PATH: '/nowhere', CHROMIUM: process.execPath }, 'linux')).toBe(process.execPath)
  })

  it('builds anew when a source changed, not when only its date did', () => {
    const root = mkdtempSync(join(tmpdir(), 'zhanggui-build-'))
    const file = join(root, 'src-renderer/shell/app.tsx')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, 'a')
    const first = sourceHash(root, 'renderer')
    utimesSync(file, new Date(0), new Date(0))
    expect(sourceHash(root, 'renderer')).toBe(first)
    writeFileSync(file, 'b')
    const second = sourceHash(root, 'renderer')
    writeFileSync(join(root, 'src-renderer/shell/new.tsx'), '')
    expect(new Set([first, second, sourceHash(root, 'renderer')]).size).toBe(3)
  })

  it('gives a download up that stands still, and does not try again on the same day', async () => {
    let asked = 0
    const mirror = createServer((_, answer) => {
      asked++
      answer.writeHead(200, { 'content-length': '1000000' })
      answer.write(Buffer.alloc(1000))
    })
    await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve))
    vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`)
    vi.stubEnv('electron_config_cache', mkdtempSync(join(tmpdir(), 'zhanggui-cache-')))
    try {
      const memory = join(mkdtempSync(join(tmpdir(), 'zhanggui-memory-')), 'electron.json')
      const attempt = () => fetchElectron({ root: projectRoot, memory, onProgress: () => undefined, patienceMs: 300 })
      await attempt()
      expect(JSON.parse(readFileSync(memory, 'utf8'))).toEqual({ failed_on: new Date().toDateString() })
      await attempt()
      expect(asked).toBe(1)
    } finally {
      vi.unstubAllEnvs()
      mirror.closeAllConnections()
      mirror.close()
    }
  })

  it('passes arguments, exit codes and signals through the launcher', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'zhanggui-launch-')), 'x.ts')
    writeFileSync(
      file,
      `const wait: string = process.argv[2]!
       if (wait === 'wait') { process.on('SIGTERM', () => process.exit(7)); process.stdout.write('waiting'); setInterval(() => 0, 1000) }
       else { process.stdout.write(JSON.stringify([process.argv.slice(2), import.meta.main])); process.exitCode = 5 }`,
    )
    const launch = (...args: string[]) => spawn(process.execPath, [join(projectRoot, 'src-main/launch.mjs'), file, ...args])
    const first = launch('a', '--b')
    let said = ''
    first.stdout.on('data', (part: Buffer) => (said += part.toString()))
    expect(await new Promise((resolve) => first.on('close', resolve))).toBe(5)
    expect(JSON.parse(said)).toEqual([['a', '--b'], true])
    const second = launch('wait')
    second.stdout.once('data', () => second.kill('SIGTERM'))
    expect(await new Promise((resolve) => second.on('close', resolve))).toBe(7)
  })
})

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { findChromium } from '../../src-main/app/browser.ts'
import { electronBinary } from '../../src-main/start/electron-binary.ts'
import { buildPart } from '../../src-main/start/build-part.ts'

// `npm run test:e2e [-- playwright arguments]`: builds the workbench when it is stale and runs the browser specs.

const root = join(import.meta.dirname, '../..')
const chromium = findChromium()
if (!chromium) {
  process.stdout.write('SKIPPED: no Chromium was found, so no browser specs ran; install one or set CHROMIUM\n')
} else {
  const onBuild = (): void => void process.stdout.write('building the workbench…\n')
  for (const part of ['main', 'renderer'] as const) await buildPart({ root, part, onBuild })
  if (!electronBinary(root)) process.stdout.write('SKIPPED: there is no Electron binary on this machine, so the desktop window was not tried\n')
  const child = spawn(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'test', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM: chromium },
  })
  process.exitCode = await new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}

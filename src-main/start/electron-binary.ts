import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readRemembered, remember } from '../app/home.ts'

/** A download that brings nothing for so long is given up. */
const PATIENCE_MS = 10_000

const electronFolder = (root: string): string => join(root, 'node_modules/electron')

/** Electron's executable, or undefined while it has not been downloaded. */
export function electronBinary(root: string): string | undefined {
  const folder = electronFolder(root)
  try {
    const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
    const name = readFileSync(join(folder, 'path.txt'), 'utf8')
    const binary = join(override ?? join(folder, 'dist'), name)
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}

type Download = (options: {
  version: string
  artifactName: string
  platform: string
  arch: string
  checksums: Record<string, string>
  downloadOptions: { quiet: true; signal: AbortSignal; getProgressCallback: (p: { percent: number }) => Promise<void> }
}) => Promise<string>

/**
 * Tries to bring Electron's executable: downloads it to npm's usual cache, checked against the checksums of the package,
 * and lets the package unpack it. Gives up after 10 s without progress, and then does not try again on the same day.
 * `memory` is the file that remembers the attempt.
 */
export async function fetchElectron({
  root,
  memory,
  onProgress,
  patienceMs = PATIENCE_MS,
}: Omit<Attempt, 'patienceMs'> & { readonly memory: string; readonly patienceMs?: number }): Promise<string | undefined> {
  const today = new Date().toDateString()
  if ((readRemembered(memory) as { failed_on?: string } | undefined)?.failed_on === today) return undefined
  try {
    await download({ root, onProgress, patienceMs })
    await unpack(root)
  } catch {
    remember(memory, { failed_on: today })
  }
  return electronBinary(root)
}

type Attempt = { readonly root: string; readonly onProgress: (percent: number) => void; readonly patienceMs: number }

async function download({ root, onProgress, patienceMs }: Attempt): Promise<void> {
  const require = createRequire(join(electronFolder(root), 'package.json'))
  const { downloadArtifact } = (await import(pathToFileURL(require.resolve('@electron/get')).href)) as { downloadArtifact: Download }
  const abort = new AbortController()
  let timer = setTimeout(() => abort.abort(), patienceMs)
  const gaveUp = new Promise<never>((_, reject) => abort.signal.addEventListener('abort', () => reject(new Error('no progress'))))
  try {
    await Promise.race([
      gaveUp,
      downloadArtifact({
        version: (require('./package.json') as { version: string }).version,
        artifactName: 'electron',
        platform: process.platform,
        arch: process.arch,
        checksums: require('./checksums.json') as Record<string, string>,
        downloadOptions: {
          quiet: true,
          signal: abort.signal,
          getProgressCallback: async ({ percent }) => {
            clearTimeout(timer)
            timer = setTimeout(() => abort.abort(), patienceMs)
            onProgress(Math.floor(percent * 100))
          },
        },
      }),
    ])
  } finally {
    clearTimeout(timer)
  }
}

/** The package's own script finds the file in the cache and unpacks it. */
function unpack(root: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(electronFolder(root), 'install.js')], { stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`install.js ended with ${code}`))))
  })
}

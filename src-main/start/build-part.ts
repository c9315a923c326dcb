import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Part = 'renderer' | 'main' | 'preload'

/** What each part is made from; a change in any of these files makes it stale. */
const SOURCES: Readonly<Record<Part, readonly string[]>> = {
  renderer: [
    'src-renderer/**/*',
    'src-main/kernel/**/*.ts',
    'src-main/modules/**/*.ts',
    'src-main/app/*-types.ts',
    'assets/locales/**/*.json',
    'assets/guide/**/*.md',
  ],
  main: ['src-main/**/*.ts', 'db/**/*.ts'],
  preload: ['src-main/preload.ts'],
}
const ALWAYS = ['vite.config.ts', 'package-lock.json', 'tsconfig.json']

/** A hash over the names and contents of a part's sources, so that clocks and checkouts do not matter. */
export function sourceHash(root: string, part: Part): string {
  const files = [...SOURCES[part], ...ALWAYS].flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }))
  const paths = files.filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name))
  const hash = createHash('sha256')
  for (const path of paths.sort()) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

/** A file of the main process's bundle, by its name in vite.config.ts. */
export const builtFile = (root: string, name: 'serve' | 'cli'): string => join(root, 'dist/main', `${name}.js`)

/** Builds a part when dist/PART is missing or older than its sources. `onBuild` is called before work starts. */
export async function buildPart({ root, part, onBuild }: { root: string; part: Part; onBuild?: () => void }): Promise<void> {
  const note = join(root, 'dist', `${part}.built-from`)
  const wanted = sourceHash(root, part)
  if (existsSync(note) && existsSync(join(root, 'dist', part)) && readFileSync(note, 'utf8') === wanted) return
  onBuild?.()
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), mode: part, logLevel: 'error' })
  writeFileSync(note, wanted)
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledNodes } from '../../src-main/right-node.mjs'
import { projectRoot } from './tree.ts'

type PackageFile = {
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
  readonly scripts?: Record<string, string>
}
type Locked = {
  readonly version?: string
  readonly resolved?: string
  readonly optional?: boolean
  readonly optionalDependencies?: Record<string, string>
}
type LockFile = { readonly packages: Record<string, Locked> }

/** What the check reads; tests hand in a broken one. */
export type SetupFiles = { readonly npmrc: string; readonly packageFile: PackageFile; readonly lock: LockFile }

/** The key under which `name`, needed by the package at `at`, stands in the lock file; undefined when it is not there. */
function lockedAs(packages: LockFile['packages'], { at, name }: { at: string; name: string }): string | undefined {
  for (let base = at; ; base = base.includes('/node_modules/') ? base.slice(0, base.lastIndexOf('/node_modules/')) : '') {
    const key = `${base === '' ? '' : `${base}/`}node_modules/${name}`
    if (packages[key]) return key
    if (base === '') return undefined
  }
}

/** Problems of installing: npm must need neither a compiler nor a newer Node than the machine has. */
export function judgeSetup({ npmrc, packageFile, lock }: SetupFiles): string[] {
  const problems: string[] = []
  if (!/^ignore-scripts\s*=\s*true$/m.test(npmrc)) {
    problems.push('.npmrc needs `ignore-scripts=true`: without it npm 10 builds better-sqlite3 and fails where there is no Python')
  }
  for (const name of new Set(Object.values(bundledNodes))) {
    if (!packageFile.optionalDependencies?.[name]) problems.push(`optionalDependencies needs ${name}: it brings Node 24 to its platform`)
    if (!lock.packages[`node_modules/${name}`]?.optional) problems.push(`package-lock.json needs ${name} as an optional package`)
  }
  const all = { ...packageFile.dependencies, ...packageFile.devDependencies, ...packageFile.optionalDependencies }
  for (const [name, range] of Object.entries(all)) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range)) problems.push(`${name} is not pinned (${range}): write the exact version`)
  }
  for (const [at, entry] of Object.entries(lock.packages)) {
    if (entry.resolved) problems.push(`package-lock.json: ${at} holds an address; install with --omit-lockfile-registry-resolved`)
    // npm 11 refuses a lock file that leaves out a package for another platform.
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (lockedAs(lock.packages, { at, name })) continue
      problems.push(`package-lock.json misses ${name}, optional for ${at}: npm 11 then refuses \`npm ci\``)
    }
  }
  for (const [script, line] of Object.entries(packageFile.scripts ?? {})) {
    const isBare = /\b(vitest|tsx|ts-node)\b/.test(line) && !line.includes('launch.mjs')
    if (isBare) problems.push(`script ${script} must go through src-main/launch.mjs, which finds Node 24`)
    if (/^(pre|post)/.test(script)) problems.push(`script ${script} never runs: ignore-scripts leaves pre and post scripts out`)
  }
  return problems
}

/** The set-up of this project. */
export function checkSetup(root = projectRoot): string[] {
  const text = (file: string): string => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '')
  return judgeSetup({
    npmrc: text('.npmrc'),
    packageFile: JSON.parse(text('package.json')) as PackageFile,
    lock: JSON.parse(text('package-lock.json')) as LockFile,
  })
}

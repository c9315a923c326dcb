import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** The project's files by path from its root, with forward slashes. Walls judge a tree, so that a test can plant a violation in one. */
export type Tree = ReadonlyMap<string, string>

/** What a wall found: where, and what to do instead. */
export type Problem = { readonly file: string; readonly says: string }

export type Wall = { readonly name: string; readonly judge: (tree: Tree) => Problem[] | Promise<Problem[]> }

const FOLDERS = ['src-main', 'src-renderer', 'db', 'tests', 'assets/locales']
const ROOT_FILES = ['package.json', 'package-lock.json', '.npmrc', 'README.md', 'electron-builder.yml', 'vite.config.ts', 'tsconfig.json']
const READ = /\.(ts|tsx|mjs|cjs|json|md|sql|css|html|yml)$/

export const projectRoot = join(import.meta.dirname, '../..')

/** Reads what the walls judge. */
export function readTree(root = projectRoot): Tree {
  const tree = new Map<string, string>()
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (entry.name !== 'output' && entry.name !== 'node_modules') walk(path)
      } else if (READ.test(entry.name)) tree.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'))
    }
  }
  for (const folder of FOLDERS) walk(join(root, folder))
  for (const file of ROOT_FILES) {
    try {
      tree.set(file, readFileSync(join(root, file), 'utf8'))
    } catch {
      // A missing file is for the wall that asks for it.
    }
  }
  return tree
}

export type Import = { readonly target: string; readonly isType: boolean; readonly spec: string }

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[\s\S]*?\sfrom\s+)?'([^']+)'/gm
const DYNAMIC = /import\('([^']+)'\)/g

/** Relative imports as paths from the root; packages as they are. */
export function importsOf(path: string, text: string): Import[] {
  const folder = path.split('/').slice(0, -1)
  const resolve = (spec: string): string => {
    if (!spec.startsWith('.')) return spec
    const parts = [...folder]
    for (const part of spec.split('/')) {
      if (part === '..') parts.pop()
      else if (part !== '.') parts.push(part)
    }
    return parts.join('/')
  }
  const found = [...text.matchAll(IMPORT)].map((m) => ({ target: resolve(m[2]!), isType: m[1] !== undefined, spec: m[2]! }))
  return [...found, ...[...text.matchAll(DYNAMIC)].map((m) => ({ target: resolve(m[1]!), isType: false, spec: m[1]! }))]
}

/** Text without comments and strings' insides would need a parser; this drops comments only. */
export const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')

export const filesUnder = (tree: Tree, prefix: string): [string, string][] => [...tree].filter(([path]) => path.startsWith(prefix))
export const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length

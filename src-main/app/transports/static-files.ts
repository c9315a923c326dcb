import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { refuse, type HostContext } from './answers.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
}

/** Tells the host that a page is open: one tab holds the line for all, because browsers allow six lines to a host. */
const ALIVE_SCRIPT = `navigator.locks.request('zhanggui-alive', () => new Promise(() => { new EventSource('/alive') }))\n`
const ALIVE_TAG = '<script async src="/alive.js"></script>'

/**
 * Serves the built workbench from `folder`. A path outside it is refused, also through links in the folder;
 * a path that is no file but looks like a page gets index.html, for the pages are routes of the workbench.
 */
export function staticFiles(folder: string): (c: HostContext) => Promise<Response> {
  return async (c) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return refuse(c, 405, 'host.noSuchPage', { path: c.req.path })
    if (c.req.path === '/alive.js') return c.body(ALIVE_SCRIPT, 200, { 'Content-Type': TYPES['.js']! })
    const path = decoded(c.req.path)
    if (path === undefined) return refuse(c, 400, 'host.noSuchPage', { path: c.req.path })
    const file = await fileWithin(folder, path)
    if (file !== undefined && extname(file) !== '.html') {
      // Built files carry a hash of their content in their name.
      const cache = path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache'
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      return c.body(await readFile(file), 200, { 'Content-Type': type, 'Cache-Control': cache })
    }
    const index = extname(path) === '' || extname(path) === '.html' ? await fileWithin(folder, '/index.html') : undefined
    if (index === undefined) return refuse(c, 404, 'host.noSuchPage', { path: c.req.path })
    const html = await readFile(index, 'utf8')
    return c.html(c.env?.window ? html : html.replace('</head>', `${ALIVE_TAG}</head>`), 200, { 'Cache-Control': 'no-store' })
  }
}

function decoded(path: string): string | undefined {
  try {
    const plain = decodeURIComponent(path)
    return /[\p{Cc}\\]/u.test(plain) || plain.split('/').includes('..') ? undefined : plain
  } catch {
    return undefined
  }
}

async function fileWithin(folder: string, path: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder)
    const file = await realpath(join(root, path))
    return file.startsWith(root + sep) && (await stat(file)).isFile() ? file : undefined
  } catch {
    return undefined
  }
}

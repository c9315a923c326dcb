import react from '@vitejs/plugin-react'
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig, type HtmlTagDescriptor, type Plugin, type UserConfig } from 'vite'

const root = import.meta.dirname
const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string }

/**
 * What the main process finds in node_modules at run time: native code, and what looks for its own files. Everything else is bundled,
 * because the many small files of drizzle and zod take longer to open than all the rest of the program.
 */
const atRunTime = ['better-sqlite3', '@node-rs/argon2', 'pdfmake', 'pg', '@expo-google-fonts/noto-sans-sc']
const external = [/^node:/, 'electron', ...builtinModules, ...atRunTime.map((name) => new RegExp(`^${name}(/|$)`))]

/** The workbench is fetched in the same breath as the few lines that ask the first questions, not after them. */
const workbenchAhead: Plugin = {
  name: 'workbench-ahead',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const files = new Set<string>()
      const take = (file: string): void => {
        const part = bundle[file]
        if (files.has(file) || part?.type !== 'chunk') return
        files.add(file)
        part.imports.forEach(take)
        part.viteMetadata?.importedCss.forEach((css) => files.add(css))
      }
      for (const part of Object.values(bundle)) if (part.type === 'chunk' && part.facadeModuleId?.endsWith('/workbench.tsx')) take(part.fileName)
      const tagOf = (href: string): HtmlTagDescriptor =>
        href.endsWith('.css') ? { tag: 'link', attrs: { rel: 'stylesheet', crossorigin: true, href } } : { tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href } }
      return [...files].map((file) => `/${file}`).filter((href) => !html.includes(href)).map((href) => ({ ...tagOf(href), injectTo: 'head' as const }))
    },
  },
}

/** The workbench: everything that a browser or a window loads. */
const renderer: UserConfig = {
  root: resolve(root, 'src-renderer'),
  base: '/',
  publicDir: false,
  plugins: [react(), workbenchAhead],
  define: { 'import.meta.env.ZHANGGUI_VERSION': JSON.stringify(version) },
  build: {
    outDir: resolve(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    chunkSizeWarningLimit: 2000,
    // What nearly every screen needs comes in two files: a hundred small ones wait for each other on the way.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'line', test: /node_modules[\\/]@orpc[\\/]|src-renderer[\\/]api[\\/](client|first-asks)/, priority: 1 },
            { name: 'libraries', test: /node_modules[\\/](?!recharts|d3-|victory|marked|@reduxjs|immer|redux|es-toolkit|decimal)/, minShareCount: 3 },
            { name: 'pieces', test: /src-renderer[\\/](ui|api|shell)[\\/]|src-main[\\/]kernel/, minShareCount: 4 },
          ],
        },
      },
    },
  },
}

/** Electron's main process and its worker threads, all side by side in dist/main so that each finds the other by a relative path. */
const main: UserConfig = {
  root,
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: resolve(root, 'dist/main'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external,
      input: {
        main: resolve(root, 'src-main/main.ts'),
        cli: resolve(root, 'src-main/cli.ts'),
        serve: resolve(root, 'src-main/start/serve.ts'),
        'office-worker': resolve(root, 'src-main/app/office-worker.ts'),
        'pdf-worker': resolve(root, 'src-main/app/print/pdf-worker.ts'),
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
}

/** The preload script: a sandboxed window loads CommonJS only. */
const preload: UserConfig = {
  root,
  publicDir: false,
  build: {
    ssr: true,
    outDir: resolve(root, 'dist/preload'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external: ['electron'],
      input: { preload: resolve(root, 'src-main/preload.ts') },
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
}

/** The page of all pieces: `npm run ui`. Fonts lie in node_modules, which may be a link to elsewhere. */
const gallery: UserConfig = {
  ...renderer,
  server: { open: '/gallery/', fs: { strict: false } },
  build: { ...renderer.build, outDir: resolve(root, 'dist/gallery'), rolldownOptions: { input: resolve(root, 'src-renderer/gallery/index.html') } },
}

const configs: Record<string, UserConfig> = { renderer, main, preload, gallery }

export default defineConfig(({ mode }) => {
  const config = configs[mode === 'development' || mode === 'production' ? 'renderer' : mode]
  if (!config) throw new Error(`unknown mode ${mode}: use --mode renderer, main, preload or gallery`)
  return config
})

import { filesUnder, importsOf, lineOf, withoutComments, type Problem, type Tree, type Wall } from './tree.ts'

/** The floors of house.md §2; 'roof' sees all. A module missing here is a problem of its own. */
export const FLOORS: Readonly<Record<string, number>> = {
  platform: 1,
  parties: 2,
  catalog: 3,
  accounting: 4,
  inventory: 5,
  promotions: 6,
  sales: 7,
  purchasing: 7,
  crm: 8,
  contracts: 9,
  credit: 9,
  forecast: 9,
  insights: 9,
  service: 8,
  migration: 9,
  marketing: 10,
}

const moduleOf = (path: string): string | undefined => /^src-main\/modules\/([^/]+)\//.exec(path)?.[1]
const moduleFiles = (tree: Tree): [string, string][] => filesUnder(tree, 'src-main/modules/').filter(([p]) => p.endsWith('.ts'))

const floors: Wall = {
  name: 'floors: a module calls the door of a lower floor only',
  judge: (tree) => {
    const problems: Problem[] = []
    for (const [file, text] of moduleFiles(tree)) {
      const own = moduleOf(file)!
      if (FLOORS[own] === undefined) problems.push({ file, says: `module ${own} has no floor: add it to FLOORS and to the picture in the README` })
      for (const { target } of importsOf(file, text)) {
        const other = moduleOf(target)
        if (other !== undefined && other !== own) {
          if ((FLOORS[other] ?? 99) >= FLOORS[own]!) problems.push({ file, says: `${own} may not see ${other}: react to an event, or meet on a lower floor` })
          if (!target.endsWith('/index.ts')) problems.push({ file, says: `${target}: come in by the door, index.ts` })
        }
        if (/^src-main\/(app|host|main|cli|preload)/.test(target)) problems.push({ file, says: `${target}: nobody sees the roof` })
        if (target.startsWith('src-renderer/')) problems.push({ file, says: 'the office does not know the workbench' })
      }
    }
    return problems
  },
}

const ownership: Wall = {
  name: 'table ownership: only *.store.ts writes, and only its own module\'s tables',
  judge: (tree) => {
    const problems: Problem[] = []
    for (const [file, text] of moduleFiles(tree)) {
      const own = moduleOf(file)!
      for (const { target, isType } of importsOf(file, text)) {
        const schema = /^db\/schema\/(\w+)\.ts$/.exec(target)?.[1]
        if (schema === undefined || isType) continue
        if (schema !== own) problems.push({ file, says: `tables of ${schema} are written by ${schema}: call its door` })
        else if (!file.endsWith('.store.ts')) problems.push({ file, says: 'only a *.store.ts may import tables: move the write there' })
      }
      for (const match of withoutComments(text).matchAll(/\b(?:insert into|update|delete from)\s+"?([a-z]+)_[a-z_]+/g)) {
        const owner = match[1]!
        if (FLOORS[owner] !== undefined && owner !== own) problems.push({ file, says: `writes a table of ${owner} in SQL: call its door` })
        else if (FLOORS[owner] !== undefined && !file.endsWith('.store.ts')) problems.push({ file, says: 'writes in SQL outside a *.store.ts' })
      }
    }
    return problems
  },
}

const PURE = /^(?:zod|pinyin-pro)$/

const purity: Wall = {
  name: 'kernel and contracts: pure, no Node, no DOM, no other package',
  judge: (tree) => {
    const problems: Problem[] = []
    const pure = [...tree].filter(([p]) => (p.startsWith('src-main/kernel/') && p.endsWith('.ts')) || /^src-main\/modules\/[^/]+\/contract(-[\w-]+)?\.ts$/.test(p))
    for (const [file, text] of pure) {
      for (const { target, isType, spec } of importsOf(file, text)) {
        if (isType) continue
        const isOwnContract = moduleOf(target) === moduleOf(file) && /\/contract(-[\w-]+)?\.ts$/.test(target)
        if (!target.startsWith('src-main/kernel/') && !isOwnContract && !PURE.test(spec)) problems.push({ file, says: `${spec}: the kernel and contracts import zod and the kernel only` })
      }
    }
    return problems
  },
}

const renderer: Wall = {
  name: 'renderer: sees contracts (as types) and the kernel only',
  judge: (tree) => {
    const problems: Problem[] = []
    for (const [file, text] of filesUnder(tree, 'src-renderer/').filter(([p]) => /\.tsx?$/.test(p))) {
      for (const { target, isType, spec } of importsOf(file, text)) {
        if (target.startsWith('db/')) problems.push({ file, says: `${spec}: the workbench knows contracts, not tables` })
        if (/^(node:|better-sqlite3|drizzle-orm|electron$|zod$|hono)/.test(spec)) problems.push({ file, says: `${spec} has no place in the workbench` })
        if (!target.startsWith('src-main/') || target.startsWith('src-main/kernel/')) continue
        const isContract = /^src-main\/modules\/[^/]+\/contract(-[\w-]+)?\.ts$/.test(target)
        const isWire = /^src-main\/app\/(office-types|office-door|lobby|transports\/wire|import-types|backups-folder)\.ts$/.test(target)
        if (!isContract && !isWire) problems.push({ file, says: `${spec}: only contracts and the wire's types are shared` })
        else if (!isType) problems.push({ file, says: `${spec}: import it as a type, or the bundle carries zod` })
      }
    }
    return problems
  },
}

const FORBIDDEN: readonly { pattern: RegExp; says: string; where: RegExp }[] = [
  { pattern: /\bDate\.now\b|\bnew Date\(\)/g, says: 'the time comes from ctx.now and ctx.today', where: /^src-main\/(modules|kernel)\// },
  { pattern: /\bMath\.random\b|\brandomUUID\b/g, says: 'ids come from ctx.newId()', where: /^src-main\/(modules|kernel)\// },
  { pattern: /\bselect\s+\*/gi, says: 'name the columns', where: /^src-main\/(modules|storage)\// },
  { pattern: /\bipcMain\b/g, says: 'the bus is the only way in', where: /^src-main\/modules\// },
  { pattern: /\bconsole\./g, says: 'nobody reads a console: answer, refuse or log a defect', where: /^src-(main|renderer)\// },
  { pattern: /\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b/g, says: 'handlers wait for nothing: use ctx.breathe or ctx.afterCommit', where: /^src-main\/(modules|kernel)\// },
  { pattern: /\bPromise\.all\b/g, says: 'one statement after the other: a transaction has one connection', where: /^src-main\/modules\// },
  { pattern: /\bparseFloat\b|\.toFixed\(/g, says: 'no floats near money, stock or tax: use the kernel', where: /^src-main\/(modules|kernel)\// },
  { pattern: /(?::|as|<)\s*any\b/g, says: 'say what it is', where: /^src-(main|renderer)\/.*\.tsx?$/ },
  { pattern: /\bifnull\s*\(|insert or (?:ignore|replace)/gi, says: 'must run on both engines', where: /^src-main\/modules\// },
  { pattern: /\/work\/(?:main|shared|tmp)\b|registry\.npmjs|\/root\//g, says: 'names a place of one machine', where: /^(?!tests\/house\/walls)/ },
]

const forbidden: Wall = {
  name: 'forbidden words: clocks, dice, select *, console, floats, any, places of one machine',
  judge: (tree) => {
    const problems: Problem[] = []
    for (const [file, raw] of tree) {
      if (!/\.(ts|tsx|md|json|yml|mjs)$/.test(file) || file === 'package-lock.json') continue
      const text = /\.tsx?$/.test(file) ? withoutComments(raw) : raw
      for (const rule of FORBIDDEN) {
        if (!rule.where.test(file)) continue
        for (const match of text.matchAll(rule.pattern)) problems.push({ file: `${file}:${lineOf(text, match.index)}`, says: `${match[0].trim()}: ${rule.says}` })
      }
    }
    return problems
  },
}

const LONGEST_FILE = 400

const size: Wall = {
  name: 'size: a file fits in a head (400 lines); no default export',
  judge: (tree) => {
    const problems: Problem[] = []
    for (const [file, text] of tree) {
      if (!/^src-(main|renderer)\/.*\.tsx?$/.test(file)) continue
      const lines = text.split('\n').length
      if (lines > LONGEST_FILE) problems.push({ file, says: `${lines} lines: rebuild the room` })
      if (/^export default /m.test(text)) problems.push({ file, says: 'no default exports' })
    }
    return problems
  },
}

const LANGUAGES = ['zh-CN', 'en'] as const
const HAN = /\p{Script=Han}/u

/** The texts of one language, over all files. */
export function textsIn(tree: Tree, language: string): Map<string, string> {
  const all = new Map<string, string>()
  for (const [, text] of filesUnder(tree, `assets/locales/${language}/`)) for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, string>)) all.set(key, value)
  return all
}

const languages: Wall = {
  name: 'languages: the same keys in both, none empty, none in the wrong language, same placeholders',
  judge: (tree) => {
    const problems: Problem[] = []
    for (const [path] of filesUnder(tree, 'assets/locales/zh-CN/')) {
      const twin = path.replace('/zh-CN/', '/en/')
      const [zh, en] = [path, twin].map((p) => JSON.parse(tree.get(p) ?? '{}') as Record<string, string>)
      for (const key of new Set([...Object.keys(zh!), ...Object.keys(en!)])) {
        const [a, b] = [zh![key], en![key]]
        if (!a || !b) problems.push({ file: path, says: `${key} is missing in ${a ? 'en' : 'zh-CN'}` })
        else if (HAN.test(b) && !/language|locale|profile|currency|中文/.test(key + b)) problems.push({ file: twin, says: `${key} is not English: ${b}` })
        else if (placeholders(a) !== placeholders(b)) problems.push({ file: path, says: `${key} has other placeholders than its English text` })
      }
    }
    return problems
  },
}

const placeholders = (text: string): string => [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map((m) => m[1]!))].sort().join()

const readmes: Wall = {
  name: 'readmes: every module says what it owns on one screen',
  judge: (tree) =>
    Object.keys(FLOORS)
      .filter((m) => [...tree.keys()].some((p) => p.startsWith(`src-main/modules/${m}/`)) && !tree.has(`src-main/modules/${m}/README.md`))
      .map((m) => ({ file: `src-main/modules/${m}`, says: 'README.md is missing' })),
}

export { LANGUAGES }
export const sourceWalls: readonly Wall[] = [floors, ownership, purity, renderer, forbidden, size, languages, readmes]

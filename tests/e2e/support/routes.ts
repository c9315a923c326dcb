import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'vite'

type Node = { readonly type: string; readonly [key: string]: unknown }

/** Every address that src-renderer/routes.tsx leads to, as React Router writes it: `/sales/orders/:order_id`. Read from its text, so that none is forgotten. */
export function routePatterns(): readonly string[] {
  const file = join(import.meta.dirname, '../../../src-renderer/routes.tsx')
  const program = parseAst(readFileSync(file, 'utf8'), { lang: 'tsx' }) as unknown as { body: readonly Node[] }
  const made = new Map<string, Node>()
  for (const statement of program.body) {
    const declaration = (statement.type === 'ExportNamedDeclaration' ? statement['declaration'] : statement) as Node | null
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration['declarations'] as { id: { name: string }; init: Node }[]) made.set(id.name, init)
  }
  const router = made.get('router')
  if (router?.type !== 'CallExpression') throw new Error('routes.tsx makes no router by a call')
  return [...new Set(patternsIn((router['arguments'] as Node[])[0]!, '', made))]
}

/** The addresses of a list of routes, or of a function that gives one. */
function patternsIn(list: Node, parent: string, made: ReadonlyMap<string, Node>): readonly string[] {
  if (list.type === 'CallExpression') {
    const maker = made.get((list['callee'] as { name: string }).name)
    if (maker?.type !== 'ArrowFunctionExpression') throw new Error('routes.tsx takes children from something that is no function of its own')
    return patternsIn(maker['body'] as Node, parent, made)
  }
  if (list.type !== 'ArrayExpression') throw new Error(`routes.tsx lists routes as ${list.type}, which is not understood here`)
  return (list['elements'] as Node[]).flatMap((route) => {
    if (route.type !== 'ObjectExpression') throw new Error(`routes.tsx holds a route written as ${route.type}, which is not understood here`)
    const parts = new Map((route['properties'] as { key: { name: string }; value: Node }[]).map((p) => [p.key.name, p.value]))
    const own = parts.get('path')?.['value']
    const path = typeof own === 'string' ? `${parent === '/' ? '' : parent}/${own}`.replace('//', '/') : parent
    const children = parts.get('children')
    return children ? patternsIn(children, path, made) : [path === '' ? '/' : path]
  })
}

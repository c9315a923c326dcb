import { workInThread } from '../../../src-main/app/office-serving.ts'
import type { Answer, Change } from '../../../src-main/app/office-types.ts'
import { Refusal } from '../../../src-main/kernel/refusal.ts'
import { told } from '../../../src-main/app/told.ts'

/** A thread whose office says where it runs and dies on request: what the tests of the threads need. */
await workInThread({
  openOffice: async ({ data, access, onProgress }) => {
    if (data.endsWith('missing')) throw new Refusal('platform.companyFileMissing', { file: data })
    if (data.endsWith('broken')) throw new Error('a defect while opening')
    const listeners = new Set<(change: Change) => void>()
    const says = (name: string): Answer => ({ ok: true, output: { name, access } })
    return {
      card: { name: data, is_sample: 0, currency: 'CNY' },
      importers: [],
      operations: [
        { name: 'write', kind: 'command', is_long: false },
        { name: 'short', kind: 'query', is_long: false },
        { name: 'long', kind: 'query', is_long: true },
      ],
      office: {
        run: async ({ name, commandId, input }) => {
          if (input === 'die') process.exit(3)
          if (input === 'long') await new Promise((resolve) => setTimeout(resolve, 1500))
          if (input === 'throw') throw new Error('not a value')
          onProgress({ done: 2, total: 5, phase: 'posting' }, commandId)
          for (const listener of listeners) listener({ tables: ['sales_order'] })
          return says(name)
        },
        ask: async ({ name, input }) => {
          if (input === 'die') process.exit(4)
          return says(name)
        },
        changes: (signal) =>
          told<Change>((tell) => {
            listeners.add(tell)
            return () => void listeners.delete(tell)
          }, signal),
        signIn: async () => ({ ok: true, output: { session: 's' } }),
        signOut: async () => undefined,
        onePerson: async () => true,
        describe: async () => [],
        customFields: async () => [],
        dailyDuties: async () => {
          if (data.endsWith('dutiful') && access === 'write') throw new Error('a duty')
        },
        checkBooks: async () => ({ broken: data.endsWith('unsound') ? [{ name: 'a truth' }] : [] }),
        backup: async () => says('backup'),
        backups: async () => says('backups'),
        cancel: () => undefined,
        close: async () => undefined,
      },
    }
  },
  createCompany: async ({ data }) => {
    if (data.endsWith('taken')) throw new Refusal('platform.companyFileExists', { file: data })
  },
  restoreCompany: async ({ from }) => {
    if (from.endsWith('damaged')) throw new Refusal('platform.backupDamaged', { file: from, reason: 'x' })
  },
  buildSample: async ({ onProgress }) => onProgress({ done: 12, total: 12, phase: 'sample' }),
})

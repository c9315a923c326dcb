import { restoreCompany } from './backup.ts'
import { describeAll } from './describe.ts'
import { workInThread } from './office-serving.ts'
import { createCompany, openOffice } from './office.ts'
import { quietOf } from './pulse.ts'

/** The thread in which a company is open: synchronous SQLite never holds up a window here. */
await workInThread({
  openOffice: async ({ data, access, onProgress, pulse }) => {
    const office = await openOffice({
      data,
      readonly: access === 'read' ? 1 : 0,
      backup_on_close: access === 'read' ? 0 : 1,
      posts: access === 'read' ? 0 : 1,
      quiet: quietOf(pulse),
      onProgress: (commandId, progress) => onProgress(progress, commandId),
    })
    const { name, is_sample, currency } = await office.bus.company()
    const { commands, queries, importers } = office.registry
    return {
      office: { ...office, describe: async () => describeAll(office.registry, await office.customFields()) },
      card: { name, currency, is_sample: is_sample === 1 ? 1 : 0 },
      operations: [
        ...[...commands.keys()].map((command) => ({ name: command, kind: 'command' as const, is_long: false })),
        ...[...queries.values()].map(({ contract }) => ({ name: contract.name, kind: 'query' as const, is_long: contract.long, reads: contract.reads })),
      ],
      importers: [...importers.values()],
    }
  },
  createCompany: async ({ data, ...founding }) => createCompany({ data, founding }),
  restoreCompany,
  // The sample is a long story that only one start in a lifetime needs.
  buildSample: async (sample) => void (await (await import('./sample.ts')).buildSample(sample)),
})

import { Refusal } from '../kernel/refusal.ts'
import { workInThread } from './office-serving.ts'
import { createCompany, openOffice } from './office.ts'

/** The thread in which a company is open: synchronous SQLite never holds up a window here. */
await workInThread({
  openOffice: async ({ data, access, onProgress }) => {
    const office = await openOffice({ data, readonly: access === 'read' ? 1 : 0, onProgress: (commandId, progress) => onProgress(progress, commandId) })
    const { name, is_sample } = await office.bus.company()
    const { commands, queries } = office.registry
    return {
      office: { ...office, noticed: () => office.bus.forget() },
      card: { name, is_sample: is_sample === 1 ? 1 : 0 },
      operations: [
        ...[...commands.keys()].map((command) => ({ name: command, kind: 'command' as const, is_long: false })),
        ...[...queries.values()].map(({ contract }) => ({ name: contract.name, kind: 'query' as const, is_long: contract.long })),
      ],
    }
  },
  createCompany: async ({ data, ...founding }) => createCompany({ data, founding }),
  buildSample: async () => {
    throw new Refusal('host.noSample')
  },
})

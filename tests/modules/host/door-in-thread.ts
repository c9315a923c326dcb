import type { HostedOffice, OfficeDoor } from '../../../src-main/app/office-door.ts'
import { openOffice, type OpenOffice } from '../../../src-main/app/office.ts'

/** The door to real offices in this thread, as the shell holds them; each one is handed to the test when it is opened. */
export const doorInThread = (onOpened: (office: OpenOffice) => void): OfficeDoor => ({
  open: async (input) => {
    const office = await openOffice({ data: input.data })
    onOpened(office)
    const hosted: Partial<HostedOffice> = {
      ...office,
      card: { name: 'shop', is_sample: 0, currency: 'CNY' },
      kindOf: (name) => (office.registry.commands.has(name) ? 'command' : office.registry.queries.has(name) ? 'query' : undefined),
      importers: office.registry.importers,
      brokenInvariants: null,
      cancel: async () => undefined,
      describe: async () => [],
    }
    return hosted as HostedOffice
  },
  create: async () => undefined,
  buildSample: async () => undefined,
  restore: async () => undefined,
})

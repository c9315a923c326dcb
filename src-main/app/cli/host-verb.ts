import process from 'node:process'
import { startHost } from '../../host.ts'
import { complain, needed } from '../cli-verbs.ts'
import { homeFolder } from '../home.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** `host`: serves the workbench and the HTTP API of one company until it is stopped (Ctrl+C). */
export async function hostVerb(values: Record<string, string | undefined>): Promise<number> {
  const port = values['port'] === undefined ? undefined : Number(values['port'])
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) throw new Refusal('platform.portInvalid', { port: values['port'] })
  const host = await startHost({
    lobbyHome: homeFolder(),
    data: needed(values, 'data'),
    whenAlone: 'stay',
    openBrowser: (link) => complain(link),
    ...(port === undefined ? {} : { port }),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void host.close())
  await host.closed
  return 0
}

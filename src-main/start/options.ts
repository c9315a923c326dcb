import { parseArgs } from 'node:util'

/** What may stand after `npm start --`. */
export type StartOptions = {
  readonly data: string | undefined
  readonly port: number | undefined
  readonly show: 'window' | 'nothing'
  readonly company: 'sample' | 'chosen'
}

/** The options, or the text key that says what is wrong with them. */
export function startOptions(args: readonly string[]): StartOptions | { readonly wrong: string; readonly values: Record<string, string> } {
  let values: { data?: string | undefined; port?: string | undefined; 'no-open'?: boolean | undefined; sample?: boolean | undefined }
  try {
    values = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, port: { type: 'string' }, 'no-open': { type: 'boolean' }, sample: { type: 'boolean' } },
    }).values
  } catch {
    return { wrong: 'start.unknownOption', values: { option: args.join(' ') } }
  }
  const port = values.port === undefined ? undefined : Number(values.port)
  const isPort = port === undefined || (Number.isInteger(port) && port >= 0 && port <= 65535)
  if (!isPort) return { wrong: 'start.badPort', values: { port: values.port! } }
  return { data: values.data, port, show: values['no-open'] ? 'nothing' : 'window', company: values.sample ? 'sample' : 'chosen' }
}

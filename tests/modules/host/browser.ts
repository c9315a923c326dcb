import { request, type IncomingHttpHeaders } from 'node:http'

export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string; readonly json: never }

/**
 * Sends one request exactly as written: fetch would correct the Host header and the path.
 * The body may be given in parts, which are then sent without a length.
 */
export function send(
  { port, cookie }: { port: number; cookie?: string | undefined },
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string | readonly Buffer[] } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method, headers: { ...(cookie ? { cookie } : {}), ...headers } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => (text += part))
      answer.on('error', reject)
      answer.on('end', () => {
        const isJson = (answer.headers['content-type'] ?? '').includes('json')
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json: (isJson ? JSON.parse(text) : undefined) as never })
      })
    })
    call.on('error', reject)
    if (typeof body === 'string') call.end(body)
    else {
      for (const part of body ?? []) call.write(part)
      call.end()
    }
  })
}

export const asJson = (value: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof value === 'string' ? value : JSON.stringify(value),
})

/** Enters by a link as a browser does and gives the cookie. */
export async function enter(link: string): Promise<string> {
  const { port, pathname, search } = new URL(link)
  const reply = await send({ port: Number(port) }, pathname + search)
  return (reply.headers['set-cookie']?.[0] ?? '').split(';')[0]!
}

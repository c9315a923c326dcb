import { isIP } from 'node:net'
import { Refusal } from '../../kernel/refusal.ts'
import type { Message } from './words.ts'

export type Endpoint = { readonly url: string; readonly model: string; readonly seconds: number; readonly key: string | undefined }

/** An answer of a few sentences is far smaller; whoever sends more is not listened to. */
const MOST_BYTES = 64 * 1024
const MOST_TOKENS = 600

/** This PC, the same house, or a name without a dot: where a line need not be encrypted. */
function isNear(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  if (isIP(name) === 4) return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(name)
  if (isIP(name) === 6) return name === '::1' || /^(f[cd]|fe80)/.test(name)
  return !name.includes('.') || /\.(local|lan|home|internal)$/.test(name)
}

/** The address of the conversation, from what somebody typed: with or without its last part. */
function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (!address || !/^https?:$/.test(address.protocol) || address.username !== '') throw new Refusal('insights.phrasingBadAddress', { url })
  if (address.protocol === 'http:' && !isNear(address.hostname)) throw new Refusal('insights.phrasingNotEncrypted', { host: address.host })
  if (!address.pathname.endsWith('/chat/completions')) address.pathname = `${address.pathname.replace(/\/+$/, '')}/chat/completions`
  return address
}

async function bodyOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    // Leaving the loop closes the line.
    if (size > MOST_BYTES) throw new Refusal('insights.phrasingTooLong')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function refusalOf({ status, model }: { status: number; model: string }): Refusal | undefined {
  if (status >= 200 && status < 300) return undefined
  if (status >= 300 && status < 400) return new Refusal('insights.phrasingLedElsewhere')
  if (status === 401 || status === 403) return new Refusal('insights.phrasingKeyRefused')
  if (status === 404) return new Refusal('insights.phrasingModelUnknown', { model })
  return status === 429 ? new Refusal('insights.phrasingBusy') : new Refusal('insights.phrasingFailed', { status })
}

/**
 * Asks the service once and gives its text. It is asked at the address that was typed and nowhere else: it may not lead elsewhere. Refuses by name what may go
 * wrong on the way; what the service said about it is not passed on.
 */
export async function askEndpoint({ url, model, seconds, key }: Endpoint, messages: readonly Message[]): Promise<string> {
  const address = addressOf(url)
  const patience = AbortSignal.timeout(seconds * 1000)
  try {
    const response = await fetch(address, {
      method: 'POST',
      redirect: 'manual',
      signal: patience,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify({ model, messages, temperature: 0.3, max_tokens: MOST_TOKENS, stream: false }),
    })
    const no = refusalOf({ status: response.status, model })
    if (no) {
      await response.body?.cancel()
      throw no
    }
    return textOf(await bodyOf(response))
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (patience.aborted) throw new Refusal('insights.phrasingTimedOut', { seconds })
    throw new Refusal('insights.phrasingUnreachable', { host: address.host })
  }
}

function textOf(body: string): string {
  try {
    const { choices } = JSON.parse(body) as { choices?: { message?: { content?: unknown } }[] }
    const content = choices?.[0]?.message?.content
    if (typeof content === 'string') return content
  } catch {
    // Said below.
  }
  throw new Refusal('insights.phrasingUnreadable')
}

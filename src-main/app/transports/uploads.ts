import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Lobby } from '../lobby.ts'
import { remember } from '../home.ts'
import { uploadsFolder, type Upload } from '../uploads-folder.ts'
import { refuse, reply, type HostContext } from './answers.ts'

/** Import files and attachments may be this large. */
const UPLOAD_LIMIT_BYTES = 200 * 1024 * 1024
const KEPT_MS = 24 * 60 * 60 * 1000

/** Takes a file's bytes as the whole body; its name comes in the header `X-File-Name`, percent-encoded. */
export function uploads(lobby: Lobby): (c: HostContext) => Promise<Response> {
  return async (c) => {
    const data = lobby.current()?.data
    if (data === undefined) return refuse(c, 409, 'host.noCompanyOpen')
    const upload = await takeUpload(c, data)
    return upload instanceof Response ? upload : reply(c, { ok: true, output: upload })
  }
}

/** Receives the body of a request as a file of the company; the refusal as an answer when it is empty or too large. */
export async function takeUpload(c: HostContext, data: string): Promise<Upload | Response> {
  const folder = uploadsFolder(data)
  const body = c.req.raw.body
  if (body === null) return refuse(c, 400, 'host.emptyUpload')
  if (Number(c.req.header('content-length') ?? 0) > UPLOAD_LIMIT_BYTES) return refuse(c, 413, 'host.fileTooLarge', { limit_mb: 200 })
  await sweep(folder)
  const upload = await store({ folder, body, file_name: fileName(c.req.header('x-file-name')) })
  return upload ?? refuse(c, 413, 'host.fileTooLarge', { limit_mb: 200 })
}

function fileName(header: string | undefined): string {
  let name = 'file'
  try {
    name = decodeURIComponent(header ?? 'file')
  } catch {
    // A name that is not percent-encoded text is not worth a refusal.
  }
  return plainName(name)
}

/** Only the last part of a name counts, and it is only ever shown, never used as a path. */
export const plainName = (name: string): string => basename(name.replaceAll('\\', '/')).replace(/\p{Cc}/gu, '').trim().slice(0, 200) || 'file'

type Incoming = { readonly folder: string; readonly body: ReadableStream<Uint8Array>; readonly file_name: string }

/** Writes the body to the folder, whole or not at all; undefined when it is too large. */
async function store({ folder, body, file_name }: Incoming): Promise<Upload | undefined> {
  const upload_id = randomUUID()
  const draft = join(folder, `${upload_id}.part`)
  const file = await open(draft, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  let isWhole = false
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength
      if (bytes > UPLOAD_LIMIT_BYTES) return undefined
      hash.update(chunk)
      await file.write(chunk)
    }
    isWhole = true
  } finally {
    await file.close()
    if (!isWhole) await rm(draft, { force: true })
  }
  const upload: Upload = { upload_id, file_name, bytes, sha256: hash.digest('hex') }
  remember(join(folder, `${upload_id}.json`), upload)
  await rename(draft, join(folder, upload_id))
  return upload
}

/** Removes what was left lying for a day: an upload is used at once or not at all. */
async function sweep(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > KEPT_MS) await rm(file, { force: true })
  }
}

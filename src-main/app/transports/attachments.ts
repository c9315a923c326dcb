import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import type { OutputOf } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { getAttachment } from '../../modules/platform/contract.ts'
import { placeOf } from '../company-place.ts'
import type { Lobby } from '../lobby.ts'
import { keepFile, stateOfFile, storedFile } from '../stored-files.ts'
import { findUpload, forgetUpload, type Upload } from '../uploads-folder.ts'
import { newCommandId, scratchFolder } from '../world.ts'
import { refuse, reply, replyFrom, type HostContext } from './answers.ts'
import { callerOf } from './desk.ts'
import { plainName, takeUpload } from './uploads.ts'

type Shell = { readonly lobby: Lobby; readonly desk: string }

/** What the common files of an office are; a browser's own word counts for the others. */
const MIMES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.heic': 'image/heic',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
  '.ofd': 'application/ofd',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

function mimeOf({ name, declared }: { name: string; declared: string }): string {
  const said = declared.split(';')[0]!.trim().toLowerCase()
  return MIMES[extname(name).toLowerCase()] ?? (/^[a-z]+\/[a-z0-9!#$&^_.+-]{1,80}$/.test(said) ? said : 'application/octet-stream')
}

/** The folder of the contents; a company on a server has none yet and refuses by name. */
function contentsOf(data: string): string {
  const place = placeOf(data, scratchFolder())
  if (place.kind !== 'folder') throw new Refusal('platform.notOnServerYet', { what: 'attachments' })
  return place.files
}

/**
 * POST /attachments?source_kind=sales.order&source_id=…&name=…: the file's bytes as the body, or none of them and `upload_id` of a file sent
 * to /files/upload. The content is on the disk before the command platform.addAttachment names it; its answer is the answer.
 */
export function attaching(shell: Shell): (c: HostContext) => Promise<Response> {
  return async (c) => {
    const open = shell.lobby.current()
    if (!open) return refuse(c, 409, 'host.noCompanyOpen')
    const upload_id = c.req.query('upload_id')
    let folder: string
    try {
      folder = contentsOf(open.data)
    } catch (error) {
      return replyFrom(c, () => Promise.reject(error))
    }
    const upload = upload_id === undefined ? await takeUpload(c, open.data) : findUpload({ data: open.data, upload_id })
    if (upload instanceof Response) return upload
    if (upload === undefined) return refuse(c, 409, 'host.uploadGone', { upload_id })
    if (upload.bytes === 0) return refuse(c, 409, 'platform.fileEmpty', { name: upload.file_name })
    const name = c.req.query('name') === undefined ? upload.file_name : plainName(c.req.query('name')!)
    await keepFile({ from: fileOf(open.data, upload), folder, sha256: upload.sha256 })
    await forgetUpload({ data: open.data, upload_id: upload.upload_id })
    const input = {
      source_kind: c.req.query('source_kind'),
      source_id: c.req.query('source_id'),
      upload_sha256: upload.sha256,
      name,
      mime: mimeOf({ name, declared: upload_id === undefined ? (c.req.header('content-type') ?? '') : '' }),
      size: upload.bytes,
    }
    const commandId = c.req.header('idempotency-key') ?? newCommandId()
    return reply(c, await open.office.run({ name: 'platform.addAttachment', input, commandId }, callerOf({ ticket: c.get('ticket'), ...shell })))
  }
}

const fileOf = (data: string, { upload_id }: Upload): string => findUpload({ data, upload_id })!.file

/** What a browser shows by itself without running anything in it. */
const isShowable = (mime: string): boolean => /^(application\/pdf|image\/(png|jpeg|gif|webp))$/.test(mime)

/** GET /attachments/ID: the file, for who may see the record it belongs to; one that is missing or no longer what it was is refused by name. With `?show=1` PDF and pictures come to be looked at. */
export function attached(shell: Shell): (c: HostContext) => Promise<Response> {
  return async (c) => {
    const open = shell.lobby.current()
    if (!open) return refuse(c, 409, 'host.noCompanyOpen')
    const attachment_id = c.req.path.split('/')[2] ?? ''
    const answer = await open.office.ask({ name: 'platform.attachment', input: { attachment_id } }, callerOf({ ticket: c.get('ticket'), ...shell }))
    if (!answer.ok) return reply(c, answer)
    const { sha256, name, mime, size } = answer.output as OutputOf<typeof getAttachment>
    const place = placeOf(open.data, scratchFolder())
    if (place.kind !== 'folder') return refuse(c, 409, 'platform.notOnServerYet', { what: 'attachments' })
    const content = { folder: place.files, sha256 }
    const state = await stateOfFile(content)
    if (state === 'missing') return refuse(c, 409, 'platform.attachmentFileMissing', { name })
    if (state === 'damaged') return refuse(c, 409, 'platform.attachmentFileDamaged', { name })
    return c.body(Readable.toWeb(createReadStream(storedFile(content))) as ReadableStream<Uint8Array>, 200, {
      'Content-Type': mime,
      'Content-Length': String(size),
      'Content-Disposition': `${c.req.query('show') === '1' && isShowable(mime) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'no-store',
    })
  }
}

import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keepFile } from '../../src-main/app/stored-files.ts'
import type { TestOffice } from './office.ts'

/** Files cannot be kept for a company on a server yet; the product says so by name. */
export const isOnServer = process.env['ZHANGGUI_TEST_POSTGRES'] !== undefined

/** Stores a text as the host stores an upload; gives what platform.addAttachment wants to know of it. */
export async function storedText(t: TestOffice, { text, name }: { text: string; name: string }) {
  if (t.office.place.kind !== 'folder') throw new Error('a company on a server keeps no files')
  const upload_sha256 = createHash('sha256').update(text).digest('hex')
  const from = join(t.scratch, `${upload_sha256}.part`)
  writeFileSync(from, text)
  await keepFile({ from, folder: t.office.place.files, sha256: upload_sha256 })
  return { upload_sha256, name, mime: 'application/pdf', size: Buffer.byteLength(text) }
}

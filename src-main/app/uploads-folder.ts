import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { placeOf } from './company-place.ts'
import { readRemembered } from './home.ts'
import { scratchFolder } from './world.ts'

/** A file that a page sent, waiting in the company's folder until a command or an import uses it. */
export type Upload = { readonly upload_id: string; readonly file_name: string; readonly bytes: number; readonly sha256: string }

/** Where uploads of a company wait: in its folder, or on this PC for a company on a server. */
export const uploadsFolder = (data: string): string => join(placeOf(data, scratchFolder()).staging, 'uploads')

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The file and the particulars of an upload; undefined when there is none of this id (they are kept for a day). */
export function findUpload({ data, upload_id }: { data: string; upload_id: string }): (Upload & { readonly file: string }) | undefined {
  if (!idForm.test(upload_id)) return undefined
  const file = join(uploadsFolder(data), upload_id)
  const upload = readRemembered(`${file}.json`) as Upload | undefined
  return upload && { ...upload, file }
}

/** Takes an upload away when it was used up. */
export async function forgetUpload({ data, upload_id }: { data: string; upload_id: string }): Promise<void> {
  const upload = findUpload({ data, upload_id })
  if (upload) for (const tail of ['', '.json']) await rm(upload.file + tail, { force: true })
}

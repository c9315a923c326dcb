import { mkdirSync } from 'node:fs'
import { newStagingId, stagingFile } from '../../src-main/app/imports/staged.ts'
import { createStaging } from '../../src-main/files/staging.ts'
import type { TestOffice } from './office.ts'

/** Stages rows as an import job would after checking a file: the first data row is row 2. Gives the id that the command takes. */
export function stageRows(t: TestOffice, { command, rows }: { command: string; rows: readonly Record<string, unknown>[] }): string {
  const stagingId = newStagingId('a'.repeat(64))
  mkdirSync(t.office.place.staging, { recursive: true })
  const meta = { source_name: 'rows.csv', sha256: 'a'.repeat(64), kind: 'test', mapping: {}, extra: { command } }
  const staging = createStaging(stagingFile(t.office.place.staging, stagingId), meta)
  rows.forEach((value, i) => staging.add({ source_row: i + 2, value }))
  staging.finish()
  return stagingId
}

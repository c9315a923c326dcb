import { Hono } from 'hono'
import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { currencyOf } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { placeOf } from '../company-place.ts'
import { ImportService } from '../import-service.ts'
import { withOwnColumns } from '../imports/custom-columns.ts'
import type { Reading } from '../imports/job.ts'
import { writeTemplate } from '../imports/template.ts'
import type { Lobby } from '../lobby.ts'
import type { HostedOffice } from '../office-door.ts'
import { textsOf } from '../texts.ts'
import { findUpload } from '../uploads-folder.ts'
import { scratchFolder } from '../world.ts'
import { jsonBody, languageOf, refuse, reply, replyFrom, type HostContext, type HostEnv } from './answers.ts'
import { callerOf } from './desk.ts'
import { malformed } from './wire.ts'

const readingForm = z.object({
  sheet: z.string().max(200).optional(),
  header_row: z.int().min(1).max(1000).optional(),
  encoding: z.enum(['utf-8', 'gb18030', 'utf-16le', 'utf-16be']).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
})
const readingOf = ({ header_row, ...rest }: z.output<typeof readingForm>): Reading =>
  header_row === undefined ? rest : { ...rest, headerRow: header_row }
const jobForm = z.object({ job_id: z.string().max(60) })
const startForm = z.object({ upload_id: z.string().max(60), kind: z.string().max(60), reading: readingForm.optional() })
const mappingForm = jobForm.extend({ mapping: z.record(z.string().max(100), z.string().max(1000)) })
const problemsForm = jobForm.extend({ limit: z.int().min(1).max(500).default(100), offset: z.int().min(0).max(10_000_000).default(0) })

type At = { readonly office: HostedOffice; readonly data: string; readonly imports: ImportService; readonly c: HostContext }

/**
 * /import/…: the steps of the import wizard, each a POST with JSON; answers have the form of every other answer.
 * Jobs end with the office in which they were begun.
 */
export function importRoutes({ lobby, desk }: { lobby: Lobby; desk: string }): Hono<HostEnv> {
  const routes = new Hono<HostEnv>()
  const services = new WeakMap<HostedOffice, ImportService>()
  const serviceOf = (office: HostedOffice, data: string): ImportService => {
    const known = services.get(office)
    if (known) return known
    const digits = async (): Promise<number> => currencyOf(office.card.currency).digits
    const staging = placeOf(data, scratchFolder()).staging
    const made = new ImportService({ office, importers: office.importers, customFields: () => office.customFields(), staging, digits })
    services.set(office, made)
    return made
  }

  const action = <T>(path: string, form: z.ZodType<T>, act: (input: T, at: At) => unknown): void => {
    routes.post(path, async (c) => {
      const open = lobby.current()
      if (!open) return refuse(c, 409, 'host.noCompanyOpen')
      const body = await jsonBody(c)
      if (body === undefined) return refuse(c, 400, 'host.malformedJson')
      const input = form.safeParse(body.value)
      if (!input.success) return reply(c, malformed(input.error))
      return replyFrom(c, () => act(input.data, { ...open, imports: serviceOf(open.office, open.data), c }))
    })
  }

  action('/kinds', z.object({}), async (_, { office }) => {
    const own = await office.customFields()
    return [...office.importers.values()].map((importer) => withOwnColumns(importer, own)).map(({ kind, permission, fields }) => ({ kind, permission, fields }))
  })
  action('/start', startForm, ({ upload_id, kind, reading }, { imports, data }) => {
    const upload = findUpload({ data, upload_id })
    if (!upload) throw new Refusal('host.uploadGone', { upload_id })
    return imports.start({ path: upload.file, file_name: upload.file_name, kind, ...(reading ? { reading: readingOf(reading) } : {}) })
  })
  action('/read', jobForm.extend({ reading: readingForm }), ({ job_id, reading }, { imports }) =>
    imports.read({ job_id, reading: readingOf(reading) }),
  )
  action('/map', mappingForm, (input, { imports }) => imports.setMapping(input))
  action('/check', jobForm, ({ job_id }, { imports }) => imports.check(job_id))
  action('/post', jobForm, ({ job_id }, { imports, c }) => {
    const caller = callerOf({ ticket: c.get('ticket'), lobby, desk })
    return imports.post({ job_id, caller })
  })
  action('/post-good', jobForm, ({ job_id }, { imports, c }) => imports.postGood({ job_id, caller: callerOf({ ticket: c.get('ticket'), lobby, desk }) }))
  action('/job', jobForm, ({ job_id }, { imports }) => imports.job(job_id))
  action('/problems', problemsForm, (input, { imports }) => imports.problems(input))
  action('/cancel', jobForm, ({ job_id }, { imports }) => imports.cancel(job_id))
  action('/drop', jobForm, ({ job_id }, { imports }) => imports.drop(job_id))
  routes.get('/template/:file', (c) => template(c, lobby.current()?.office))
  routes.get('/faulty/:file', (c) => {
    const open = lobby.current()
    return open ? faulty(c, serviceOf(open.office, open.data)) : refuse(c, 409, 'host.noCompanyOpen')
  })
  return routes
}

/** GET /import/template/KIND.xlsx?lang=zh-CN: an empty workbook whose columns are understood when it comes back. */
async function template(c: HostContext, office: HostedOffice | undefined): Promise<Response> {
  if (!office) return refuse(c, 409, 'host.noCompanyOpen')
  const kind = decodeURIComponent(c.req.path.split('/').at(-1) ?? '').replace(/\.xlsx$/, '')
  const importer = office.importers.get(kind)
  if (!importer) return refuse(c, 404, 'host.noSuchPage', { path: c.req.path })
  const own = await office.customFields()
  return workbook(c, { name: kind, write: (path) => writeTemplate({ importer: withOwnColumns(importer, own), locale: languageOf(c), path }) })
}

/** GET /import/faulty/JOB_ID.xlsx?lang=zh-CN: the rows that could not be taken, each with what is wrong with it, to mend and import again. */
async function faulty(c: HostContext, imports: ImportService): Promise<Response> {
  const job_id = (c.req.path.split('/').at(-1) ?? '').replace(/\.xlsx$/, '')
  try {
    const { file_name } = imports.job(job_id)
    const name = `${file_name.replace(/\.[^.]*$/, '')} - ${textsOf(languageOf(c), 'import')('ui.import.faulty.sheet')}`
    return await workbook(c, { name, write: (path) => imports.writeFaulty({ job_id, locale: languageOf(c), path }) })
  } catch (error) {
    if (error instanceof Refusal) return refuse(c, 404, error.code)
    throw error
  }
}

async function workbook(c: HostContext, { name, write }: { name: string; write(path: string): Promise<void> }): Promise<Response> {
  const path = join(tmpdir(), `zhanggui-${randomUUID()}.xlsx`)
  try {
    await write(path)
    return c.body(await readFile(path), 200, {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}.xlsx`,
    })
  } finally {
    await rm(path, { force: true })
  }
}

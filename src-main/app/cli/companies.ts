import { rmSync } from 'node:fs'
import type { Founding } from '../../modules/platform/founding.ts'
import { complain, needed, print } from '../cli-verbs.ts'
import { createCompany, openOffice } from '../office.ts'
import { placeOf } from '../company-place.ts'
import { shown as shownPlace } from '../lobby.ts'
import { localDay, scratchFolder } from '../world.ts'

type Values = Record<string, string | undefined>

/** `create`: an empty company with sensible defaults. */
export async function createVerb(values: Values): Promise<number> {
  const profile = needed(values, 'profile')
  const isChinese = profile === 'cn-small'
  const locale = values['locale'] ?? (isChinese ? 'zh-CN' : 'en')
  const founding = {
    name: values['name'] ?? (locale === 'zh-CN' ? '我的公司' : 'My company'),
    profile,
    currency: values['currency'] ?? (isChinese ? 'CNY' : 'USD'),
    first_day: values['first-day'] ?? `${localDay(Date.now()).slice(0, 4)}-01-01`,
    taxpayer: values['taxpayer'] ?? (isChinese ? 'small' : 'none'),
    locale,
  } as Founding
  const data = needed(values, 'data')
  await withoutLeftovers(data, () => createCompany({ data, founding }))
  print({ ok: true, output: { data: shownPlace(data), name: founding.name, profile } })
  return 0
}

/** A founding that fails leaves no file behind; a company that was there before is never touched. */
async function withoutLeftovers(data: string, work: () => Promise<void>): Promise<void> {
  const { hasCompany } = await import('../office.ts')
  const wasThere = hasCompany(data)
  try {
    await work()
  } catch (error) {
    const place = placeOf(data, scratchFolder())
    if (!wasThere && place.kind === 'folder') for (const tail of ['', '-wal', '-shm']) rmSync(place.file + tail, { force: true })
    throw error
  }
}

/** `demo`: the sample company, a year of lively trade made through commands. */
export async function demoVerb(values: Values): Promise<number> {
  const { buildSample } = await import('../sample.ts')
  const data = needed(values, 'data')
  const locale = values['locale'] === 'en' ? 'en' : 'zh-CN'
  let shown = -1
  const result = await buildSample({
    data,
    locale,
    onProgress: ({ done, total }) => {
      const percent = Math.floor((done * 10) / total) * 10
      if (percent !== shown) complain(`${(shown = percent)} %`)
    },
  })
  print({ ok: true, output: { data: shownPlace(data), ...result } })
  return 0
}

/** `verify`: every invariant; exit 0 only if all hold. */
export async function verifyVerb(values: Values): Promise<number> {
  const office = await openOffice({ data: needed(values, 'data') })
  try {
    const report = await office.verify()
    print(report)
    return report.ok ? 0 : 1
  } finally {
    await office.close()
  }
}

/** `backup`: a verified copy of the whole company in one file. */
export async function backupVerb(values: Values): Promise<number> {
  const { backupCompany } = await import('../backup.ts')
  const made = await backupCompany({ data: needed(values, 'data'), out: needed(values, 'out') })
  print({ ok: true, output: made })
  return 0
}

/** `restore`: checks the backup first, and never writes over a live company. */
export async function restoreVerb(values: Values): Promise<number> {
  const { restoreCompany } = await import('../backup.ts')
  const restored = await restoreCompany({ from: needed(values, 'from'), data: needed(values, 'data') })
  print({ ok: true, output: restored })
  return 0
}

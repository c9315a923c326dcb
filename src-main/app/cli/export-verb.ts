import { Refusal } from '../../kernel/refusal.ts'
import { needed, print } from '../cli-verbs.ts'
import { exportJournal } from '../export-journal.ts'
import { openOffice } from '../office.ts'

/** `export journal`: the journal as csv, xlsx or hledger. */
export async function exportVerb({ values, positionals }: { values: Record<string, string | undefined>; positionals: string[] }): Promise<number> {
  if (positionals[0] !== 'journal') throw new Refusal('platform.exportUnknown', { what: positionals[0] ?? '' })
  const [format, out] = [needed(values, 'format'), needed(values, 'out')]
  const office = await openOffice({ data: needed(values, 'data') })
  try {
    const company = await office.bus.company()
    const userId = (await office.bus.people()).ownerId ?? ''
    const locale = company.locale === 'en' ? 'en' : 'zh-CN'
    const target = { office, caller: { desk: 'cli', userId }, format, out, locale, currency: company.currency } as const
    print({ ok: true, output: await exportJournal({ ...target, from: values['from'], to: values['to'] }) })
    return 0
  } finally {
    await office.close()
  }
}

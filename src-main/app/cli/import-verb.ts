import process from 'node:process'
import { Refusal } from '../../kernel/refusal.ts'
import { complain, needed, print } from '../cli-verbs.ts'
import { answerToFailure, importFiles } from '../imports/import-files.ts'
import { openOffice } from '../office.ts'

/** `import KIND FILE...`: looks, maps, checks and posts, all or nothing; Ctrl+C leaves nothing. */
export async function importVerb({ values, positionals }: { values: Record<string, string | undefined>; positionals: string[] }): Promise<number> {
  const [kind, ...files] = positionals
  if (kind === undefined || files.length === 0) throw new Refusal('platform.optionMissing', { option: 'KIND FILE...' })
  const office = await openOffice({ data: needed(values, 'data') })
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  try {
    const imported = await importFiles({ office, place: office.place, kind, files, signal: stop.signal, onProgress: (pace) => complain(JSON.stringify(pace)) })
    print({ ok: true, output: imported })
    return 0
  } catch (error) {
    const answer = answerToFailure(error)
    if (!answer) throw error
    print(answer)
    return 1
  } finally {
    await office.close()
  }
}

import { newCommandId } from '../../src-main/app/world.ts'
import { duplicatePairs, weighDuplicates } from '../../src-main/modules/parties/contract.ts'
import { likenessKeysOf } from '../../src-main/modules/parties/resemblance.ts'
import { nameKeyOf } from '../../src-main/kernel/text.ts'
import { phoneKeyOf } from '../../src-main/modules/parties/party.ts'
import { alias, likeness, party, unweighed } from '../../db/schema/parties.ts'
import { booksWithDuplicates } from '../support/duplicates.ts'
import { profile } from '../support/duplicates-measured.ts'
import { benchCompany, benchOffice } from './company.ts'
import { benchFolder, note, option, percentile, say } from './figure.ts'

// 100,000 parties of which every tenth is a duplicate: how long somebody waits for the list of duplicates.

const DAY = '2026-06-30'
const PORTION = 10_000
const id = (no: number): string => `019b0000-0002-7000-8000-${no.toString(16).padStart(12, '0')}`

export async function bench(args: readonly string[]): Promise<void> {
  const parties = option(args, 'parties', 100_000)
  const { folder, remove } = benchFolder()
  try {
    await benchCompany(folder, DAY)
    const desk = await benchOffice(folder, DAY)
    for (let from = 0; from < parties; from += PORTION) {
      const books = booksWithDuplicates({ seed: 1000 + from / PORTION }).slice(0, PORTION)
      await desk.office.engine.write(async (db) => {
        await db.insertMany(party, books.map((p, i) => ({
          id: id(from + i), same_as: id(from + i), code: `B${from + i}`, name: p.name, name_key: nameKeyOf(p.name), short_name: p.short_name, kind: p.kind, is_customer: 1, is_active: 1, phone: p.phone, phone_key: phoneKeyOf(p.phone), tax_no: p.tax_no, created_at: 1,
        })))
        await db.insertMany(alias, books.flatMap((p, i) => [...new Set(p.aliases)].map((name) => ({ party_id: id(from + i), name, name_key: nameKeyOf(name) }))))
        await db.insertMany(likeness, books.flatMap((p, i) => likenessKeysOf(profile(p)).map((key) => ({ key, party_id: id(from + i) }))))
        await db.insertMany(unweighed, books.map((_, i) => ({ party_id: id(from + i) })))
      })
    }
    note(`${parties} parties are there`)
    const userId = (await desk.office.bus.people()).ownerId!
    const ask = async (): Promise<number> => {
      const began = performance.now()
      const { total, unweighed: left } = await desk.ask(duplicatePairs, {})
      const ms = performance.now() - began
      note(`list: ${total} pairs, ${left} parties to be compared, ${Math.round(ms)} ms`)
      return ms
    }
    await ask()
    const runs: number[] = []
    for (let left = parties; left > 0; ) {
      const began = performance.now()
      const answer = await desk.office.run({ name: weighDuplicates.name, input: {}, commandId: newCommandId() }, { desk: 'bench', userId })
      if (!answer.ok) throw new Error(JSON.stringify(answer))
      runs.push(performance.now() - began)
      left = (answer.output as { unweighed: number }).unweighed
    }
    say({ name: 'duplicates/weigh 5,000', figure: percentile(runs, 0.95), unit: 'ms', bar: 'told, not judged', ok: true, runs: runs.length })
    const times: number[] = []
    for (let round = 0; round < 5; round++) times.push(await ask())
    say({ name: 'duplicates/list', figure: percentile(times, 0.95), unit: 'ms', bar: '< 1000', ok: percentile(times, 0.95) < 1000, parties })
    await desk.office.close()
  } finally {
    remove()
  }
}

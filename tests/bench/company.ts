import { createCompany, openOffice, type OpenOffice } from '../../src-main/app/office.ts'
import type { OutputOf, QueryContract, SentInputOf } from '../../src-main/kernel/contract.ts'

export type BenchOffice = { readonly office: OpenOffice; readonly ask: <C extends QueryContract>(contract: C, input: SentInputOf<C>) => Promise<OutputOf<C>> }

const clockOf = (day: string) => ({ now: () => Date.parse(`${day}T02:00:00Z`), today: () => day })

/** Founds a company for a benchmark. */
export const benchCompany = (folder: string, day: string): Promise<void> =>
  createCompany({ data: folder, founding: { name: 'Bench', profile: 'cn-small', first_day: '2026-01-01', taxpayer: 'general', locale: 'en' }, ...clockOf(day) })

/** Opens it on a fixed day with its owner at the desk. */
export async function benchOffice(folder: string, day: string): Promise<BenchOffice> {
  const clock = clockOf(day)
  const office = await openOffice({ data: folder, ...clock })
  const userId = (await office.bus.people()).ownerId!
  const ask = async <C extends QueryContract>(contract: C, input: SentInputOf<C>): Promise<OutputOf<C>> => {
    const answer = await office.ask({ name: contract.name, input }, { desk: 'bench', userId })
    if (!answer.ok) throw new Error(`${contract.name}: ${JSON.stringify(answer)}`)
    return answer.output as OutputOf<C>
  }
  return { office, ask }
}

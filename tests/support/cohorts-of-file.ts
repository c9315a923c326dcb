import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { daysBetween } from '../../src-main/kernel/day.ts'

// The Online Retail file read once more, without the program: who bought on which day, and what each month came to for each customer.

/** Invoice number, day, unit price and customer; the description between may hold anything. */
const LINE = /^([^,]+),.*,(-?\d+),(\d{4}-\d\d-\d\d) [\d:]+,(-?[\d.]+(?:e-?\d+)?),(\d+)\.0,[^,]+$/

type Cohorts = {
  /** Of who first bought in `cohort`: how many bought in `month`, and what they came to in it, in pence, credits included. */
  cell(cohort: string, month: string): { readonly customers: number; readonly net_minor: number }
  /** How many of a cohort bought again on another day within so many days. */
  back(cohort: string, within_days: number): number
}

export async function cohortsOfFile(path: string): Promise<Cohorts> {
  const child = spawn('xz', ['-dc', '--', path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const days = new Map<string, Set<string>>()
  const money = new Map<string, number>()
  for await (const line of createInterface({ input: child.stdout })) {
    const [, invoice, quantity, day, price, customer] = LINE.exec(line) ?? []
    if (!customer || !day) continue
    // Credits begin with C, write-offs with A: they are no purchase.
    if (/^\d/.test(invoice!)) days.set(customer, (days.get(customer) ?? new Set()).add(day))
    const key = `${customer} ${day.slice(0, 7)}`
    money.set(key, (money.get(key) ?? 0) + Math.sign(Number(quantity)) * Math.round(Math.abs(Number(quantity)) * Number(price) * 100))
  }
  const ordered = [...days].map(([customer, on]) => ({ customer, days: [...on].sort() }))
  const of = (cohort: string) => ordered.filter((c) => c.days[0]!.startsWith(cohort))
  return {
    cell: (cohort, month) => ({
      customers: of(cohort).filter((c) => c.days.some((day) => day.startsWith(month))).length,
      net_minor: of(cohort).reduce((sum, c) => sum + (money.get(`${c.customer} ${month}`) ?? 0), 0),
    }),
    back: (cohort, within_days) => of(cohort).filter((c) => c.days.length > 1 && daysBetween({ from: c.days[0]!, to: c.days[1]! }) <= within_days).length,
  }
}

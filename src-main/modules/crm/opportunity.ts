import type { StageField } from './contract.ts'

// Pure decisions about opportunities: what a stage lacks, what a funnel says.

export type Filled = { readonly amount_minor: number; readonly expected_on: string | null; readonly contact_name: string | null; readonly line_count: number; readonly rival_count: number }

const isThere: Readonly<Record<StageField, (o: Filled) => boolean>> = {
  amount_minor: (o) => o.amount_minor > 0,
  expected_on: (o) => o.expected_on !== null,
  contact_name: (o) => o.contact_name !== null,
  lines: (o) => o.line_count > 0,
  rivals: (o) => o.rival_count > 0,
}

/** What the stage asks and the opportunity does not have. */
export const missingFor = (required: readonly StageField[], opportunity: Filled): StageField[] => required.filter((field) => !isThere[field](opportunity))

/** What lines come to in minor units: price e4 × quantity e6 at `digits` decimals, each line rounded half up, then summed. Prices as entered. */
export function linesAmount(lines: readonly { readonly price_e4: number; readonly quantity_e6: number }[], digits: number): bigint {
  const scale = 10n ** BigInt(10 - digits)
  return lines.reduce((sum, line) => sum + (BigInt(line.price_e4) * BigInt(line.quantity_e6) + scale / 2n) / scale, 0n)
}

/** An amount times its probability (e8), rounded half up. */
export const weighted = (amount_minor: number, probability_e8: number): number => Number((BigInt(amount_minor) * BigInt(probability_e8) + 50_000_000n) / 100_000_000n)

/** One stay of an opportunity in a stage; `days` is empty while it stands there. */
export type Stay = { readonly opportunity_id: string; readonly position: number; readonly days: number | null }
export type Told = { readonly opportunity_id: string; readonly state: string; readonly amount_minor: number; readonly position: number; readonly highest: number }

export type FunnelStage = {
  reached: number
  reached_minor: number
  advanced: number
  lost: number
  open: number
  open_minor: number
  conversion_e8: number | null
  days_e1: number | null
}

/**
 * What each stage saw, in their order. An opportunity reached every stage up to the highest it stood in (stages may be skipped), went on
 * from those below it, and from that one too when it was won. Conversion is what went on of what left (open ones have not decided yet).
 */
export function funnelOf(positions: readonly number[], { told, stays }: { told: readonly Told[]; stays: readonly Stay[] }): FunnelStage[] {
  return positions.map((position) => {
    const reached = told.filter((o) => o.highest >= position)
    const advanced = reached.filter((o) => o.highest > position || o.state === 'won').length
    const lost = told.filter((o) => o.state === 'lost' && o.highest === position).length
    const here = told.filter((o) => o.state === 'open' && o.position === position)
    const left = advanced + lost
    const days = stays.flatMap((s) => (s.position === position && s.days !== null ? [s.days] : []))
    return {
      reached: reached.length,
      reached_minor: sumOf(reached),
      advanced,
      lost,
      open: here.length,
      open_minor: sumOf(here),
      conversion_e8: left === 0 ? null : Math.round((advanced * 100_000_000) / left),
      days_e1: days.length === 0 ? null : Math.round((days.reduce((sum, d) => sum + d, 0) * 10) / days.length),
    }
  })
}

const sumOf = (rows: readonly Told[]): number => rows.reduce((sum, o) => sum + o.amount_minor, 0)

/** So many must have left a stage before it is called narrow. */
const ENOUGH = 3

/** The place of the stage from which the smallest share goes on; of equals the one in which they stay longest. */
export function bottleneckOf(stages: readonly FunnelStage[]): number | null {
  let narrow: number | null = null
  for (const [i, stage] of stages.entries()) {
    if (stage.conversion_e8 === null || stage.advanced + stage.lost < ENOUGH || stage.conversion_e8 === 100_000_000) continue
    const before = narrow === null ? null : stages[narrow]!
    if (before === null || stage.conversion_e8 < before.conversion_e8! || (stage.conversion_e8 === before.conversion_e8 && (stage.days_e1 ?? 0) > (before.days_e1 ?? 0))) narrow = i
  }
  return narrow
}

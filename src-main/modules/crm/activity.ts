import { addDays, weekday } from '../../kernel/day.ts'
import type { ActivityKind, ActivityResult, Channel, proposals, StepKind } from './contract.ts'

// Pure decisions about follow-ups: the usual channel, what might come next, how somebody is best reached.

const usual: Readonly<Record<ActivityKind, Channel | null>> = { call: 'phone', visit: 'in_person', message: 'wechat', email: 'email', note: null }

/** The channel as said, or the usual one of the kind; a note has none. */
export const channelOf = (kind: ActivityKind, said: Channel | null | undefined): Channel | null => (said === undefined ? usual[kind] : said)

/** The day itself, or the Monday after where it falls on a weekend. */
export function workingDay(day: string): string {
  const no = weekday(day)
  return no <= 5 ? day : addDays(day, 8 - no)
}

export type Suggestion = { readonly step: (typeof proposals)[number]; readonly kind: StepKind; readonly due_on: string }

/** What might come next after a follow-up, by its result: [step, kind, days from today]. */
const following: Readonly<Record<ActivityResult, readonly [Suggestion['step'], StepKind, number]>> = {
  no_answer: ['callAgain', 'call', 1],
  interested: ['sendOffer', 'todo', 2],
  promised: ['askForPromise', 'call', 3],
  reached: ['followUp', 'call', 7],
  not_now: ['keepInTouch', 'message', 30],
  declined: ['keepInTouch', 'message', 90],
}

/** The next step that a follow-up calls for; none after a note that says nothing of a result. */
export function suggestionAfter({ result, today }: { result: ActivityResult | null; today: string }): Suggestion | null {
  if (result === null) return null
  const [step, kind, days] = following[result]
  return { step, kind, due_on: workingDay(addDays(today, days)) }
}

type Tried = { readonly channel: Channel | null; readonly result: ActivityResult | null; readonly minute: number | null }

/** Somebody was there: everything but a call that nobody took. */
const wasReached = ({ result }: Tried): boolean => result !== 'no_answer'
/** So often must an hour have worked before it is called the best. */
const ENOUGH = 2

/** How somebody is best reached: the channel and the hour that worked most often, the later one of equals losing. */
export function habitsOf(tries: readonly Tried[]): { channel: Channel | null; best_hour: number | null; reached: number; tried: number } {
  const asked = tries.filter((a) => a.channel !== null)
  const good = asked.filter(wasReached)
  const channel = most(good.map((a) => a.channel!), 1)
  const best_hour = most(good.flatMap((a) => (a.minute === null ? [] : [Math.floor(a.minute / 60)])), ENOUGH)
  return { channel, best_hour, reached: good.length, tried: asked.length }
}

/** What stands in a list most often, at least so often; of equals the first that stands there. */
function most<T>(list: readonly T[], least: number): T | null {
  const counts = new Map<T, number>()
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1)
  let best: T | null = null
  for (const [one, count] of counts) if (count >= least && (best === null || count > counts.get(best)!)) best = one
  return best
}

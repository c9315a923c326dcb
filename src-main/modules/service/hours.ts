import { z } from 'zod'
import { isDay } from '../../kernel/day.ts'
import { setting, type QueryCtx } from '../../kernel/operation.ts'
import { afterWorking, isZone, workingMinutes, type WorkingHours } from '../../kernel/working-time.ts'

const permission = 'service.configure'
const clock = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const days = z.string().max(4000).refine((text) => listed(text).every(isDay), 'days as 2026-10-01, with commas between them')

/** 1 Monday to 7 Sunday, with commas. */
export const workDays = setting({ key: 'service.work_weekdays', schema: z.string().regex(/^[1-7](,[1-7]){0,6}$/), fallback: '1,2,3,4,5', permission })
export const workFrom = setting({ key: 'service.work_from', schema: clock(), fallback: '09:00', permission })
/** Not later than it begins: a day of one minute, so that the clock still goes. */
export const workTo = setting({ key: 'service.work_to', schema: clock(), fallback: '18:00', permission })
export const daysOff = setting({ key: 'service.holidays', schema: days, fallback: '', permission })
export const daysOn = setting({ key: 'service.extra_work', schema: days, fallback: '', permission })
/** Empty: China for books by Chinese rules, else UTC. */
export const timeZone = setting({ key: 'service.time_zone', schema: z.string().max(60).refine((zone) => zone === '' || isZone(zone), 'a time zone, as Asia/Shanghai'), fallback: '', permission })

const minutes = (key: string, fallback: number) => setting({ key, schema: z.int().min(1).max(100_000), fallback, permission })
/** Working minutes until the answer and until the solution, by priority: high, usual, low. */
export const respondMinutes = [minutes('service.respond_minutes_high', 60), minutes('service.respond_minutes_usual', 240), minutes('service.respond_minutes_low', 540)] as const
export const resolveMinutes = [minutes('service.resolve_minutes_high', 540), minutes('service.resolve_minutes_usual', 1620), minutes('service.resolve_minutes_low', 2700)] as const
/** What an hour of work costs, minor units of the currency. */
export const hourCost = setting({ key: 'service.hour_cost_minor', schema: z.int().min(0).max(100_000_000), fallback: 0, permission })

export const serviceSettings = [workDays, workFrom, workTo, daysOff, daysOn, timeZone, ...respondMinutes, ...resolveMinutes, hourCost]

type Ctx = Pick<QueryCtx, 'setting' | 'company'>

function listed(text: string): string[] {
  return text.split(/[\s,，;；]+/).filter((day) => day !== '')
}
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** When the company works, by its settings. */
export function hoursOf(ctx: Ctx): WorkingHours {
  const from = minuteOf(ctx.setting(workFrom))
  return {
    zone: ctx.setting(timeZone) || (ctx.company.profile === 'cn-small' ? 'Asia/Shanghai' : 'UTC'),
    weekdays: new Set(ctx.setting(workDays).split(',').map(Number)),
    from,
    to: Math.max(from + 1, minuteOf(ctx.setting(workTo))),
    off: new Set(listed(ctx.setting(daysOff))),
    on: new Set(listed(ctx.setting(daysOn))),
  }
}

/** Until when a ticket of this priority has to be answered and solved: the solution later by what the clock stood. */
export function duesOf(ctx: Ctx, { created_at, priority, waited_minutes }: { created_at: number; priority: number; waited_minutes: number }): { respond_due_at: number; resolve_due_at: number } {
  const hours = hoursOf(ctx)
  return {
    respond_due_at: afterWorking(created_at, { minutes: ctx.setting(respondMinutes[priority - 1]!), hours }),
    resolve_due_at: afterWorking(created_at, { minutes: ctx.setting(resolveMinutes[priority - 1]!) + waited_minutes, hours }),
  }
}

/** Working minutes from `from` to `to`, less what the clock stood. */
export const minutesTaken = (hours: WorkingHours, { from, to, waited_minutes = 0 }: { from: number; to: number; waited_minutes?: number }): number =>
  Math.max(0, workingMinutes({ from, to }, hours) - waited_minutes)

import { useRef, type KeyboardEvent } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { addDays, addMonths, firstOfMonth, lastOfMonth, monthOf, weekday } from '../../../src-main/kernel/day.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListPage, useFilters } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { clockText } from './clock.ts'
import './crm.css'

type Entry = AskOutput<'crm.calendar'>['entries'][number]
/** A month's cell shows so many entries; a week's all. */
const IN_A_CELL = 4

/** Tasks and expected orders by the day, a month or a week at a time; the arrow keys walk the days, Enter makes a task. */
export function CalendarPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const { values, set } = useFilters({ day: today, by: 'month', whose: 'mine' })
  const isWeek = values.by === 'week'
  const monday = (day: string): string => addDays(day, 1 - weekday(day))
  const from = monday(isWeek ? values.day : firstOfMonth(values.day))
  const end = isWeek ? from : lastOfMonth(values.day)
  const to = addDays(monday(end), 6)
  const { data, error } = useAsk('crm.calendar', { from, to, whose: values.whose === 'all' ? 'all' : 'mine' }, { keeps: 'previous' })
  const go = (by: 1 | -1): void => set({ day: isWeek ? addDays(values.day, 7 * by) : firstOfMonth(addMonths(firstOfMonth(values.day), by)) })
  const month = new Intl.DateTimeFormat(format.locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${values.day}T00:00:00Z`))
  return (
    <ListPage
      title={t('ui.nav.calendar')}
      filters={
        <>
          <Button aria-label={t(isWeek ? 'ui.crm.cal.weekBefore' : 'ui.crm.cal.monthBefore')} onClick={() => go(-1)}>‹</Button>
          <Button onClick={() => set({ day: today })}>{t('ui.crm.task.show.today')}</Button>
          <Button aria-label={t(isWeek ? 'ui.crm.cal.weekAfter' : 'ui.crm.cal.monthAfter')} onClick={() => go(1)}>›</Button>
          <h2 className="zg-cal-month" aria-live="polite">{month}</h2>
          <SelectField
            aria-label={t('ui.crm.cal.by')}
            value={values.by}
            options={[{ value: 'month', label: t('ui.crm.cal.month') }, { value: 'week', label: t('ui.crm.cal.week') }]}
            onChange={(by) => set({ by: by ?? 'month' })}
          />
          <SelectField
            aria-label={t('ui.crm.task.whose')}
            value={values.whose}
            options={[{ value: 'mine', label: t('ui.crm.task.mine') }, { value: 'all', label: t('ui.all') }]}
            onChange={(whose) => set({ whose: whose ?? 'mine' })}
          />
        </>
      }
    >
      {error ? <NoMessage error={error} /> : null}
      {data ? (
        <>
          {data.has_more ? <p className="zg-soft">{t('ui.crm.cal.more')}</p> : null}
          <Days from={from} to={to} month={isWeek ? null : monthOf(values.day)} entries={data.entries} isAll={values.whose === 'all'} onDay={(day) => set({ day, by: 'week' })} />
        </>
      ) : error ? null : (
        <div aria-busy />
      )}
    </ListPage>
  )
}

type DaysProps = { readonly from: string; readonly to: string; readonly month: string | null; readonly entries: readonly Entry[]; readonly isAll: boolean; onDay(day: string): void }

function Days({ from, to, month, entries, isAll, onDay }: DaysProps) {
  const { t } = useTranslation()
  const { today, may } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const box = useRef<HTMLTableElement>(null)
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(i * 7, i * 7 + 7))
  const of = Map.groupBy(entries, (e) => e.day)
  const named = (day: string, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(format.locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
  const onKey = (event: KeyboardEvent, day: string): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key]
    const next = by === undefined ? null : box.current?.querySelector<HTMLElement>(`[data-day="${addDays(day, by)}"]`)
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <table ref={box} className="zg-cal" data-by={month === null ? 'week' : 'month'}>
      <caption className="zg-sr">{t('ui.crm.cal.how')}</caption>
      <thead>
        <tr>
          {days.slice(0, 7).map((day) => (
            <th key={day} scope="col">{named(day, { weekday: 'short' })}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const all = of.get(day) ?? []
              const shown = month === null ? all : all.slice(0, all.length > IN_A_CELL ? IN_A_CELL - 1 : IN_A_CELL)
              return (
                <td key={day} data-other={month !== null && monthOf(day) !== month} data-today={day === today}>
                  <button
                    type="button"
                    className="zg-cal-day zg-figures"
                    data-day={day}
                    title={may('crm.log') ? t('ui.nav.newTask') : undefined}
                    aria-label={`${named(day, { month: 'long', day: 'numeric', weekday: 'long' })} ${t('ui.crm.cal.count', { count: all.length })}`}
                    onKeyDown={(event) => onKey(event, day)}
                    onClick={() => (may('crm.log') ? void navigate(`/crm/tasks/new?due_on=${day}`) : onDay(day))}
                  >
                    {Number(day.slice(8))}
                  </button>
                  {all.length > 0 ? (
                    <ul>
                      {shown.map((e) => (
                        <li key={e.id}>
                          <Link to={e.kind === 'task' ? `/crm/tasks/${e.id}` : `/crm/deals/${e.id}`} className="zg-cal-entry" data-kind={e.kind} data-state={e.state} data-late={e.is_overdue === 1}>
                            {e.minute === null ? null : <span className="zg-figures">{clockText(e.minute)} </span>}
                            {e.kind === 'opportunity' ? `${t('ui.crm.cal.expected')} ` : null}
                            {e.title}
                            {e.subject_name ? <span className="zg-soft"> {e.subject_name}</span> : null}
                            {isAll ? <span className="zg-soft"> · {e.user_name}</span> : null}
                          </Link>
                        </li>
                      ))}
                      {shown.length < all.length ? (
                        <li>
                          <Button type="link" size="small" onClick={() => onDay(day)}>{t('ui.crm.cal.others', { count: all.length - shown.length })}</Button>
                        </li>
                      ) : null}
                    </ul>
                  ) : null}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useFormat } from '../../ui/format.ts'

type Day = AskOutput<'sales.home'>['days'][number]

const HEIGHT = 132

/** Sales of the last days as bars; the same numbers stand in a table for those who cannot see them. */
export function DayBars({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const highest = Math.max(1, ...days.map((d) => d.gross_minor))
  const slot = 100 / Math.max(1, days.length)
  return (
    <figure className="zg-bars">
      <div className="zg-bars-top zg-soft zg-figures" aria-hidden>
        {highest > 1 ? format.money(highest) : ''}
      </div>
      <svg viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('ui.home.days')}>
        {days.map((d, i) => {
          const height = Math.max(d.gross_minor > 0 ? 1.5 : 0.6, (Math.max(0, d.gross_minor) / highest) * (HEIGHT - 4))
          return (
            <rect key={d.day} x={i * slot + slot * 0.15} width={slot * 0.7} y={HEIGHT - height} height={height} className={i === days.length - 1 ? 'zg-bar-today' : 'zg-bar'}>
              <title>{`${d.day} ${format.money(d.gross_minor)}`}</title>
            </rect>
          )
        })}
      </svg>
      <div className="zg-bars-days zg-soft zg-figures" aria-hidden>
        <span>{days[0]?.day.slice(5)}</span>
        <span>{days[Math.floor(days.length / 2)]?.day.slice(5)}</span>
        <span>{days.at(-1)?.day.slice(5)}</span>
      </div>
      <table className="zg-sr">
        <caption>{t('ui.home.days')}</caption>
        <tbody>
          {days.map((d) => (
            <tr key={d.day}>
              <th scope="row">{d.day}</th>
              <td>{format.money(d.gross_minor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { TableOutlined } from '@ant-design/icons'
import { useFormat } from '../format.ts'
import { Table, type TableColumn } from '../table.tsx'
import type { ChartData, ChartRow } from './chart-types.ts'
import './chart.css'

// Drawing takes a library of its own: it comes when the first chart is shown, never with the first screen.
const DrawnChart = lazy(async () => ({ default: (await import('./drawn-chart.tsx')).DrawnChart }))

type Props = ChartData & {
  /** What is shown, for those who hear it. */
  readonly caption: string
  /** What the rows are: the head of the table's first column. */
  readonly axis: string
}

/** A chart with its table behind it: a switch shows the table instead, and screen readers always have it. */
export function Chart({ caption, axis, ...data }: Props) {
  const { series } = data
  const { t } = useTranslation()
  const [isTable, setIsTable] = useState(false)
  return (
    <figure className="zg-chart" aria-label={caption}>
      <div className="zg-chart-head">
        <ul className="zg-chart-keys" aria-hidden={isTable}>
          {series.length < 2 || isTable ? null : series.map((s) => (
            <li key={s.key}>
              <i className={`zg-chart-key zg-chart-key-${s.look}`} style={{ color: `var(--zg-${s.colour})` }} /> {s.title}
            </li>
          ))}
        </ul>
        <button type="button" className="zg-chart-switch" aria-pressed={isTable} title={t('home.asTable')} aria-label={`${t('home.asTable')} ${caption}`} onClick={() => setIsTable(!isTable)}>
          <TableOutlined aria-hidden />
        </button>
      </div>
      {isTable ? (
        <div className="zg-chart-box zg-chart-scroll" role="region" aria-label={caption} tabIndex={0}>
          <Figures caption={caption} axis={axis} {...data} leads="by link" />
        </div>
      ) : (
        <>
          <div className="zg-chart-box" aria-hidden>
            <Suspense fallback={null}>
              <DrawnChart {...data} />
            </Suspense>
          </div>
          <div className="zg-sr">
            <Figures caption={caption} axis={axis} {...data} />
          </div>
        </>
      )}
    </figure>
  )
}

/** The table behind a chart. Only where it is seen does it hold links: nobody should land on one that is not there. */
function Figures({ caption, axis, series, rows, unit, leads }: Props & { leads?: 'by link' }) {
  const format = useFormat()
  const columns: readonly TableColumn<ChartRow>[] = [
    { key: 'axis', title: axis, figures: 'tabular', render: (row) => (leads && row.path ? <Link to={row.path}>{row.title}</Link> : row.title) },
    ...series.map((s): TableColumn<ChartRow> => ({ key: s.key, title: s.title, align: 'end', render: (row) => (unit === 'count' ? row.values[s.key] : format.money(row.values[s.key])) })),
  ]
  return <Table columns={columns} rows={rows} keyOf={(row) => row.key} caption={caption} look="bare" />
}

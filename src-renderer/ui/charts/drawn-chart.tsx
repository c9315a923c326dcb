import { Area, Bar, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import { useNavigate } from 'react-router'
import { useFormat } from '../format.ts'
import { shortMoney } from './short-money.ts'
import type { ChartData, ChartRow, Series } from './chart-types.ts'

const colourOf = (series: Series): string => `var(--zg-${series.colour})`
const small = { fontSize: 12, fill: 'var(--zg-text-soft)' } as const

/** One series, without movement: figures stand still. */
function drawn(series: Series) {
  const common = { key: series.key, dataKey: (row: ChartRow) => row.values[series.key] ?? null, name: series.title, isAnimationActive: false } as const
  const colour = colourOf(series)
  switch (series.look) {
    case 'bar':
      return <Bar {...common} fill={colour} maxBarSize={34} radius={[2, 2, 0, 0]} />
    case 'area':
      return <Area {...common} type="stepAfter" stroke={colour} strokeWidth={2} fill={colour} fillOpacity={0.14} dot={false} activeDot={{ r: 3 }} />
    default:
      return <Line {...common} type="linear" stroke={colour} strokeWidth={series.look === 'dashes' ? 1.5 : 2} strokeDasharray={series.look === 'dashes' ? '4 3' : undefined} dot={false} activeDot={{ r: 3 }} />
  }
}

/** The picture of a chart; loaded when the first one is shown. Those who cannot see it have the table. */
export function DrawnChart({ series, rows, unit }: ChartData) {
  const format = useFormat()
  const navigate = useNavigate()
  const leads = rows.some((row) => row.path)
  const open = (index: unknown): void => {
    const path = index == null ? undefined : rows[Number(index)]?.path
    if (path) void navigate(path)
  }
  return (
    <ComposedChart
      responsive
      data={[...rows]}
      accessibilityLayer={false}
      margin={{ top: 6, right: 6, bottom: 0, left: 0 }}
      barCategoryGap="18%"
      style={{ width: '100%', height: '100%', cursor: leads ? 'pointer' : 'default' }}
      onClick={({ activeTooltipIndex }) => open(activeTooltipIndex)}
    >
      <CartesianGrid vertical={false} stroke="var(--zg-border-soft)" />
      <XAxis dataKey="label" tick={small} tickLine={false} axisLine={{ stroke: 'var(--zg-border)' }} interval="equidistantPreserveStart" minTickGap={10} height={22} />
      <YAxis tick={small} tickLine={false} axisLine={false} width={52} tickCount={4} {...(unit === 'count' ? { allowDecimals: false } : { tickFormatter: (minor: number) => shortMoney(minor, format) })} />
      <Tooltip isAnimationActive={false} cursor={{ fill: 'var(--zg-hover)', stroke: 'var(--zg-border)' }} content={({ active, payload }) => (active ? <Tip row={payload?.[0]?.payload as ChartRow | undefined} series={series} figure={unit === 'count' ? String : format.money} /> : null)} />
      {/* Heights say something only above a zero that is seen. */}
      <ReferenceLine y={0} stroke="var(--zg-border-strong)" ifOverflow="extendDomain" />
      {series.map(drawn)}
    </ComposedChart>
  )
}

/** What stands beside the pointer: each series in full. */
function Tip({ row, series, figure }: { row: ChartRow | undefined; series: readonly Series[]; figure(value: number): string }) {
  if (!row) return null
  return (
    <div className="zg-chart-tip">
      <strong>{row.title}</strong>
      {series.map((s) =>
        row.values[s.key] == null ? null : (
          <span key={s.key}>
            <i className="zg-chart-key" style={{ background: colourOf(s) }} /> {s.title} <b className="zg-figures">{figure(row.values[s.key]!)}</b>
          </span>
        ),
      )}
    </div>
  )
}

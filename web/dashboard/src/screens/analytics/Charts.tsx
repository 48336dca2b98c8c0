/** The charts of analytics. Their library is loaded with them alone. */
import { BarChart, LineChart } from '@mantine/charts'
import '@mantine/charts/styles.layer.css'
import '@mantine/core/styles/ColorSwatch.layer.css'
import { formatDuration } from '../../components/Time'
import { countTicks, durationTicks, scaleOf } from '../../components/ticks'

const HEIGHT = 220
const WHOLE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 })
const STILL = { isAnimationActive: false }
/** The label of the uppermost line stands beside it, not below. */
const CHART = { accessibilityLayer: false, margin: { top: 8 } }
const EVEN = { interval: 'equidistantPreserveStart' } as const

export interface TimesRow {
  at: string
  median: number | null
  slow: number | null
  [key: string]: string | number | null
}

/** Median and 90th percentile over time. */
export function TimesChart({ rows }: { rows: TimesRow[] }) {
  return (
    <LineChart
      h={HEIGHT}
      data={rows}
      dataKey="at"
      series={[
        { name: 'median', label: 'Median', color: 'var(--accent)' },
        { name: 'slow', label: '90% within', color: 'var(--orange)', strokeDasharray: '6 3' },
      ]}
      curveType="linear"
      connectNulls
      withLegend
      strokeWidth={2}
      dotProps={{ r: 3 }}
      valueFormatter={formatDuration}
      xAxisProps={EVEN}
      yAxisProps={{
        width: 76,
        ...scaleOf(
          rows.flatMap(one => [one.median, one.slow]),
          durationTicks,
        ),
      }}
      lineProps={STILL}
      lineChartProps={CHART}
    />
  )
}

/** How many incidents came when. */
export function IncidentsChart({ rows }: { rows: { at: string; incidents: number }[] }) {
  return (
    <BarChart
      h={HEIGHT}
      data={rows}
      dataKey="at"
      series={[{ name: 'incidents', label: 'Incidents', color: 'var(--accent)' }]}
      valueFormatter={WHOLE.format}
      xAxisProps={EVEN}
      yAxisProps={{
        width: 32,
        ...scaleOf(
          rows.map(one => one.incidents),
          countTicks,
        ),
      }}
      barProps={STILL}
      barChartProps={CHART}
    />
  )
}

/** Pages by hour of the day, those of the night apart. */
export function HoursChart({ rows }: { rows: { hour: string; day: number; night: number }[] }) {
  return (
    <BarChart
      h={HEIGHT}
      data={rows}
      dataKey="hour"
      type="stacked"
      series={[
        { name: 'day', label: 'By day', color: 'var(--accent)' },
        { name: 'night', label: 'At night', color: 'var(--orange)' },
      ]}
      withLegend
      valueFormatter={WHOLE.format}
      xAxisProps={EVEN}
      yAxisProps={{
        width: 32,
        ...scaleOf(
          rows.map(one => one.day + one.night),
          countTicks,
        ),
      }}
      barProps={STILL}
      barChartProps={CHART}
    />
  )
}

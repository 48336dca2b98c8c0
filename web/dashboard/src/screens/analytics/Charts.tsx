/** The charts of analytics. Their library is loaded with them alone. */
import { BarChart, LineChart } from '@mantine/charts'
import '@mantine/charts/styles.layer.css'
import '@mantine/core/styles/ColorSwatch.layer.css'
import { formatDuration } from '../../components/Time'

const HEIGHT = 220
const WHOLE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 })
const STILL = { isAnimationActive: false }
const NO_LAYER = { accessibilityLayer: false }

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
        { name: 'slow', label: '90 % within', color: 'var(--orange)', strokeDasharray: '6 3' },
      ]}
      curveType="linear"
      connectNulls
      withLegend
      strokeWidth={2}
      dotProps={{ r: 3 }}
      valueFormatter={formatDuration}
      yAxisProps={{ width: 64 }}
      lineProps={STILL}
      lineChartProps={NO_LAYER}
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
      yAxisProps={{ width: 32, allowDecimals: false }}
      barProps={STILL}
      barChartProps={NO_LAYER}
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
      yAxisProps={{ width: 32, allowDecimals: false }}
      barProps={STILL}
      barChartProps={NO_LAYER}
    />
  )
}

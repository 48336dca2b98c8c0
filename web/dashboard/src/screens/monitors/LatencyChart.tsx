/** Latencies over time, a line for each region. Its library is loaded with it alone. */
import { LineChart } from '@mantine/charts'
import '@mantine/charts/styles.layer.css'
import '@mantine/core/styles/ColorSwatch.layer.css'
import { decimalTicks, scaleOf } from '../../components/ticks'
import type { LatencySpan } from '../../routes/monitors'
import { type ChartRow, stepLabel } from './latencySpans'
import { formatLatency } from './words'

const COLORS = ['--accent', '--green', '--orange', '--blue', '--red', '--yellow', '--grey'] as const
const HEIGHT = 240

interface Properties {
  rows: ChartRow[]
  regions: readonly { id: string; name: string }[]
  span: LatencySpan
}

export function LatencyChart({ rows, regions, span }: Properties) {
  const values = rows.flatMap(row => regions.map(({ id }) => (typeof row[id] === 'number' ? row[id] : null)))
  return (
    <LineChart
      h={HEIGHT}
      data={rows.map(row => ({ ...row, at: stepLabel(row.at, span) }))}
      dataKey="at"
      series={regions.map(({ id, name }, n) => ({
        name: id,
        label: name,
        color: `var(${COLORS[n % COLORS.length]})`,
        strokeDasharray: n >= COLORS.length ? '6 3' : undefined,
      }))}
      curveType="linear"
      withDots={rows.length < 2}
      withLegend={regions.length > 1}
      strokeWidth={2}
      valueFormatter={formatLatency}
      xAxisProps={{ interval: 'equidistantPreserveStart' }}
      yAxisProps={{ width: 64, ...scaleOf(values, decimalTicks) }}
      lineProps={{ isAnimationActive: false }}
      lineChartProps={{ accessibilityLayer: false, margin: { top: 8 } }}
    />
  )
}

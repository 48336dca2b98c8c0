/** For how long latencies are looked at, in which steps, and as rows of a chart. */
import type { Model } from '../../api/types'
import type { LatencySpan } from '../../routes/monitors'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

interface Span {
  readonly label: string
  readonly step: Model<'LatencyStep'>
  readonly lengthMs: number
}

export const LATENCY_SPANS: Readonly<Record<LatencySpan, Span>> = {
  day: { label: 'Day', step: 'hour', lengthMs: DAY_MS },
  week: { label: 'Week', step: 'hour', lengthMs: 7 * DAY_MS },
  month: { label: 'Month', step: 'day', lengthMs: 30 * DAY_MS },
  quarter: { label: 'Quarter', step: 'day', lengthMs: 90 * DAY_MS },
}

/** What is asked; the beginning is that of an hour, so that the same is not asked anew each second. */
export function askedOf(span: LatencySpan, now: number) {
  const { step, lengthMs } = LATENCY_SPANS[span]
  return { step, from: new Date(Math.floor((now - lengthMs) / HOUR_MS) * HOUR_MS).toISOString() }
}

export type Percentile = 'p50_ms' | 'p90_ms' | 'p95_ms' | 'p99_ms'

export const PERCENTILES: Readonly<Record<Percentile, string>> = {
  p50_ms: 'Median',
  p90_ms: 'p90',
  p95_ms: 'p95',
  p99_ms: 'p99',
}

export interface ChartRow {
  at: string
  [region: string]: string | number | null
}

/** A row for each step, with a column for each region; steps without results are gaps. */
export function rowsOf(items: readonly Model<'Latency'>[], percentile: Percentile): ChartRow[] {
  const found = new Map<string, ChartRow>()
  for (const one of items) {
    const row = found.get(one.starts_at) ?? { at: one.starts_at }
    row[one.region] = one[percentile]
    found.set(one.starts_at, row)
  }
  return [...found.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** The label of a step. */
export function stepLabel(at: string, span: LatencySpan): string {
  const format = span === 'day' ? hour : span === 'week' ? weekday : day
  return format.format(new Date(at))
}

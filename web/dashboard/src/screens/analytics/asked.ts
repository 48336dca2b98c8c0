/** What is asked of the reports, as the address says it. */
import { instantTextOf, viewerZone, wallAt } from '../../app/zones'
import type { AnalyticsSearch, AnalyticsSpan } from '../../routes/analytics'

const DAY_MS = 86_400_000
const DATE = 10

export type Span = AnalyticsSpan | 'month'
export type Interval = NonNullable<AnalyticsSearch['interval']>

export const SPANS: Readonly<Record<Span, { label: string; days: number }>> = {
  week: { label: '7 days', days: 7 },
  month: { label: '30 days', days: 30 },
  quarter: { label: '90 days', days: 90 },
  year: { label: 'A year', days: 365 },
  dates: { label: 'Dates', days: 30 },
}

export const NIGHT = { from: 22, until: 7 }

/** The day before or after a date by so many, both as `2026-11-21`. */
export function daysFrom(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, DATE)
}

/** The dates that are looked at, both within. */
export function datesOf({ span, from, to, time_zone: zone = viewerZone }: AnalyticsSearch, now: number) {
  const today = wallAt(now, zone).slice(0, DATE)
  if (span !== 'dates') return { from: daysFrom(today, -SPANS[span ?? 'month'].days), to: today }
  const last = to ?? today
  return { from: from ?? daysFrom(last, -SPANS.dates.days), to: last }
}

/** Which intervals are told apart unless the address says: a dozen to a month of them. */
function intervalFor(days: number): Interval {
  if (days <= 31) return 'day'
  return days <= 120 ? 'week' : 'month'
}

/** The query of each report. */
export function askedOf(search: AnalyticsSearch, now: number) {
  const zone = search.time_zone ?? viewerZone
  const { from, to } = datesOf(search, now)
  const window = {
    from: instantTextOf(`${from}T00:00`, zone) ?? undefined,
    // until now, unless it is to end on a day
    to:
      search.span === 'dates' && search.to ? (instantTextOf(`${daysFrom(to, 1)}T00:00`, zone) ?? undefined) : undefined,
    team_id: search.team_id,
    service_id: search.service_id,
  }
  const days = (Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS
  return {
    response: { ...window, time_zone: zone, interval: search.interval ?? intervalFor(days) },
    pages: {
      ...window,
      time_zone: zone,
      night_from: search.night_from ?? NIGHT.from,
      night_until: search.night_until ?? NIGHT.until,
    },
    services: window,
  }
}

/** Whether an hour is in the night, which may go over midnight. */
export function isNight(hour: number, from: number, until: number): boolean {
  return from <= until ? hour >= from && hour < until : hour >= from || hour < until
}

/** `2 Mar`, also of the week that begins then; `Mar 2026`. */
export function intervalName(at: string, interval: Interval, zone: string): string {
  const format: Intl.DateTimeFormatOptions =
    interval === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' }
  return new Intl.DateTimeFormat(undefined, { ...format, timeZone: zone }).format(new Date(at))
}

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 })

/** `42%`, and a dash where there is nothing to have a share of. */
export function share(part: number | null): string {
  return part === null ? '–' : percent.format(part)
}

/** `05:00`. */
export function hourName(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

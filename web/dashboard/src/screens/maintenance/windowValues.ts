/** A maintenance window as its form has it, and as the API takes it. */
import type { Model } from '../../api/types'
import { instantTextOf, wallAt } from '../../app/zones'
import { NO_RECURRENCE, type RecurrenceValues, recurrenceOf, ruleOf } from './recurrence'

export type Window = Model<'MaintenanceWindow'>

const HOUR_MS = 3_600_000
const STEP_MS = 15 * 60_000

/** A type, since an interface is no record of unknowns, which drafts are. */
export type WindowValues = {
  kind: Model<'WindowKind'>
  name: string
  covers: 'services' | 'monitors' | 'everything'
  service_ids: string[]
  monitor_ids: string[]
  labels: { key: string; name: string; value: string }[]
  /** Wall clocks of the zone, as fields for date and time take them. */
  starts: string
  ends: string
  time_zone: string
  recurrence: RecurrenceValues
  recurs_until: string
}

interface Given {
  now: number
  zone: string
  service?: string
  monitor?: string
}

/** What a new one begins with: an hour, from the next quarter on. */
export function newWindow({ now, zone, service, monitor }: Given): WindowValues {
  const start = Math.ceil(now / STEP_MS) * STEP_MS
  return {
    kind: 'maintenance',
    name: '',
    covers: monitor ? 'monitors' : 'services',
    service_ids: service ? [service] : [],
    monitor_ids: monitor ? [monitor] : [],
    labels: [],
    starts: wallAt(start, zone),
    ends: wallAt(start + HOUR_MS, zone),
    time_zone: zone,
    recurrence: NO_RECURRENCE,
    recurs_until: '',
  }
}

export function valuesOf(window: Window): WindowValues {
  const { time_zone: zone, monitor_ids: monitors = [] } = window
  const wall = (at: string) => wallAt(Date.parse(at), zone)
  return {
    kind: window.kind,
    name: window.name,
    covers: window.everything ? 'everything' : monitors.length > 0 ? 'monitors' : 'services',
    service_ids: window.service_ids,
    monitor_ids: monitors,
    labels: Object.entries(window.labels).map(([name, value]) => ({ key: name, name, value })),
    starts: wall(window.starts_at),
    ends: wall(window.ends_at),
    time_zone: zone,
    recurrence: recurrenceOf(window.recurrence),
    recurs_until: window.recurs_until ? wall(window.recurs_until) : '',
  }
}

/** What is sent. A time that is none is sent as it was typed, so that the API says what would be right. */
export function inputOf(values: WindowValues): Model<'WindowInput'> {
  const { covers, time_zone: zone } = values
  const at = (wall: string) => instantTextOf(wall, zone) ?? wall
  const recurrence = ruleOf(values.recurrence)
  return {
    kind: values.kind,
    name: values.name.trim(),
    everything: covers === 'everything',
    service_ids: covers === 'services' ? values.service_ids : [],
    monitor_ids: covers === 'monitors' ? values.monitor_ids : [],
    labels:
      covers === 'services' ? Object.fromEntries(values.labels.map(({ name, value }) => [name.trim(), value])) : {},
    starts_at: at(values.starts),
    ends_at: at(values.ends),
    time_zone: zone,
    recurrence,
    recurs_until: recurrence && values.recurs_until ? at(values.recurs_until) : null,
  }
}

/** Where in the form a field of the API is. */
export function formPath(field: string): string {
  const own: Readonly<Record<string, string>> = { starts_at: 'starts', ends_at: 'ends', recurrence: 'recurrence.rule' }
  return own[field] ?? field.replace(/^(service_ids|monitor_ids)\.\d+$/, '$1')
}

/** An end that moves with its start. */
export function movedEnd(before: WindowValues, starts: string): string {
  const [was, end, start] = [before.starts, before.ends, starts].map(wall => Date.parse(`${wall}Z`))
  if (was === undefined || end === undefined || start === undefined || Number.isNaN(was + end + start))
    return before.ends
  return new Date(start + (end - was)).toISOString().slice(0, 16)
}

/** Whether it is over for good. */
export function isOver(window: Window): boolean {
  return window.cancelled_at !== null || (window.open === null && window.upcoming.length === 0)
}

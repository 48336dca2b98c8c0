/** How shifts, rotations and hours are told. */
import type { Model } from '../../api/types'
import { zoneName } from '../../app/zones'

export type Shift = Model<'Shift'>
export type Schedule = Model<'Schedule'>
export type Layer = Model<'Layer'>
export type Override = Model<'tocsin__contracts__api_schedules__Override'>
export type Warning = Model<'ScheduleWarning'>
type Restriction = Model<'Restriction'>

const UNITS = { hours: ['hour', 'hours'], days: ['day', 'days'], weeks: ['week', 'weeks'] } as const

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options)
  const found = formats.get(key) ?? new Intl.DateTimeFormat(undefined, { timeZone: zone, ...options })
  formats.set(key, found)
  return found
}

/** `Sat, 21 Nov, 09:00` by the clock of a zone. */
export function formatIn(at: string | number, zone: string): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  return format(zone, options).format(new Date(at))
}

/** `09:00`. */
export function clockIn(at: string | number, zone: string): string {
  return format(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

/** `Sat, 21 Nov`; of a date, whatever the zone. */
export function formatDate(date: string, options: Intl.DateTimeFormatOptions): string {
  return format('UTC', options).format(new Date(`${date}T00:00Z`))
}

/** `Sat, 21 Nov, 09:00 – 17:00`. */
export function formatSpan(startsAt: string, endsAt: string, zone: string): string {
  const [from, to] = [formatIn(startsAt, zone), formatIn(endsAt, zone)]
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const
  const isOneDay = format(zone, date).format(new Date(startsAt)) === format(zone, date).format(new Date(endsAt))
  return `${from} – ${isOneDay ? clockIn(endsAt, zone) : to}`
}

/** Who has a shift: a name, `nobody`, or somebody who is gone. */
export function whoOf({ user_id: id, user_name: name, is_member: isMember }: Shift): string {
  if (id === null) return 'Nobody'
  return `${name ?? 'Somebody'}${isMember ? '' : ' (has left)'}`
}

const REASONS = { layer: 'Layer', override: 'Override', temporary: 'Temporary schedule' } as const

/** `Layer “weeks”`, `Override “dentist”`. */
export function reasonOf({ kind, name }: Shift['reason']): string {
  return name ? `${REASONS[kind]} “${name}”` : REASONS[kind]
}

/** `every week at 09:00`, `every 12 hours at 08:00`. */
export function rhythmOf({ unit, length, handoff }: Pick<Layer, 'unit' | 'length' | 'handoff'>): string {
  const [one, many] = UNITS[unit]
  return `hands over every ${length === 1 ? one : `${length} ${many}`} at ${handoff}`
}

const dayName = (day: string) => day.charAt(0).toUpperCase() + day.slice(1, 3)

/** `09:00–17:00 each day`, `Fri 17:00 – Mon 08:00`. */
export function hoursOf({ start, end, start_day: from, end_day: to }: Restriction): string {
  return from && to ? `${dayName(from)} ${start} – ${dayName(to)} ${end}` : `${start}–${end} each day`
}

/** Of a zone whose clock differs from another's: `Europe/Berlin`. */
export function inZone(zone: string): string {
  return `in ${zoneName(zone)}`
}

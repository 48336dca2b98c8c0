/** Wall clocks of time zones: what they show at an instant, and when they show something. */

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** The zone this machine is set to. */
export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(zone, found)
  }
  return found
}

/** `2026-11-21T03:14`: what a clock in a zone shows, as fields for date and time take it. */
export function wallAt(instant: number, zone: string): string {
  const parts = formatOf(zone).formatToParts(instant)
  const of = (type: string) => parts.find(part => part.type === type)?.value ?? ''
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`
}

function shownAsUtc(wall: string): number {
  return Date.parse(`${wall}Z`)
}

/** When a clock in a zone first shows something; of a time that is skipped, when it would have been. Null for no time. */
export function instantOf(wall: string, zone: string): number | null {
  const shown = shownAsUtc(wall)
  if (Number.isNaN(shown)) return null
  const offsets = [shown - DAY_MS, shown + DAY_MS].map(near => {
    const minute = Math.floor(near / MINUTE_MS) * MINUTE_MS
    return shownAsUtc(wallAt(minute, zone)) - minute
  })
  const found = offsets.map(offset => shown - offset).filter(at => shownAsUtc(wallAt(at, zone)) === shown)
  return found.length > 0 ? Math.min(...found) : shown - (offsets[0] ?? 0)
}

/** The same as RFC 3339 in UTC, or null. */
export function instantTextOf(wall: string, zone: string): string | null {
  const found = instantOf(wall, zone)
  return found === null ? null : new Date(found).toISOString()
}

/** A zone as people say it: `Europe/Berlin`. */
export function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ')
}

/** All zones this browser knows, and UTC. */
export function allZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')]
}

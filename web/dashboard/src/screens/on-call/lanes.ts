/** Sorts final shifts by what puts people on call: what lies uppermost comes first. */
import type { Layer, Shift } from './words'

export interface Lane {
  key: string
  label: string
  shifts: Shift[]
}

/** A lane for all overrides, one for each temporary schedule, and one for each layer, also one of an earlier version. */
export function lanesOf(shifts: readonly Shift[], layers: readonly Layer[]): Lane[] {
  const found = new Map<string, Lane>()
  const add = (key: string, label: string) => {
    const lane = found.get(key) ?? { key, label, shifts: [] }
    found.set(key, lane)
    return lane
  }
  const kinds = new Set(shifts.map(shift => shift.reason.kind))
  if (kinds.has('override')) add('override', 'Overrides')
  for (const { reason } of shifts) if (reason.kind === 'temporary') add(reason.id, reason.name ?? 'Temporary schedule')
  for (const layer of [...layers].reverse()) add(layer.layer_id, layer.name)
  for (const shift of shifts) {
    const { kind, id, name } = shift.reason
    add(kind === 'override' ? 'override' : id, name ?? 'Layer').shifts.push(shift)
  }
  return [...found.values()]
}

/** What is between shifts: nobody is on call there. */
export function gapsOf(
  shifts: readonly Shift[],
  startsAt: number,
  endsAt: number,
): { startsAt: number; endsAt: number }[] {
  const found: { startsAt: number; endsAt: number }[] = []
  let at = startsAt
  for (const shift of shifts) {
    const from = Date.parse(shift.starts_at)
    if (from > at) found.push({ startsAt: at, endsAt: Math.min(from, endsAt) })
    at = Math.max(at, Date.parse(shift.ends_at))
  }
  if (at < endsAt) found.push({ startsAt: at, endsAt })
  return found
}

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

/** Shifts in their order, one after another of the same person as one: nobody takes over in between. */
export function joined(shifts: readonly Shift[]): Shift[] {
  const found: Shift[] = []
  for (const shift of shifts) {
    const before = found.at(-1)
    const isSame = before?.user_id === shift.user_id && Date.parse(before.ends_at) === Date.parse(shift.starts_at)
    if (before && isSame) found[found.length - 1] = { ...before, ends_at: shift.ends_at }
    else found.push(shift)
  }
  return found
}

/** Of joined shifts the one that a shift is part of, or goes over into. */
export function wholeOf(shift: Shift, shifts: readonly Shift[]): Shift {
  const end = Date.parse(shift.ends_at)
  const found = shifts.find(
    one => one.user_id === shift.user_id && Date.parse(one.starts_at) < end && end <= Date.parse(one.ends_at),
  )
  return found ?? shift
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

/** Monitors in the groups they are shown in. */
import type { Model } from '../../api/types'
import type { Monitor } from './words'

interface Shown {
  /** Null for those in no group. */
  readonly id: string | null
  /** Null where there are no groups, so that nothing needs a heading. */
  readonly name: string | null
  readonly monitors: Monitor[]
}

/** Groups by their position, those without monitors left out; last those in none. */
export function grouped(monitors: readonly Monitor[], groups: readonly Model<'MonitorGroup'>[]): Shown[] {
  const known = new Set(groups.map(one => one.id))
  const found: Shown[] = [...groups]
    .sort((a, b) => a.position - b.position || a.name.localeCompare(b.name))
    .map(({ id, name }) => ({ id, name, monitors: monitors.filter(one => one.group_id === id) }))
    .filter(one => one.monitors.length > 0)
  const rest = monitors.filter(one => one.group_id === null || !known.has(one.group_id))
  if (rest.length > 0) found.push({ id: null, name: found.length > 0 ? 'In no group' : null, monitors: rest })
  return found
}

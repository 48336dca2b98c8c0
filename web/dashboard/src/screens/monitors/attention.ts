/** Which monitors are not well, in what order they are looked at, and how many there are of each state. */
import { type Monitor, stateOf } from './words'

const RANKS = ['down', 'degraded', 'flapping', 'unknown', 'stale'] as const

/** How badly it needs somebody, 0 the worst; null where it doesn't. */
function rankOf(monitor: Monitor): number | null {
  const state = stateOf(monitor)
  if (state === 'paused') return null
  const found = [state, monitor.is_flapping && 'flapping', monitor.is_stale && 'stale']
  const rank = RANKS.findIndex(one => found.includes(one))
  return rank < 0 ? null : rank
}

/** Those that need attention, the worst first and otherwise in their order, and the others. */
export function divided(monitors: readonly Monitor[]): { urgent: Monitor[]; rest: Monitor[] } {
  const ranked = monitors.map(monitor => ({ monitor, rank: rankOf(monitor) }))
  const urgent = ranked.filter(one => one.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
  return {
    urgent: urgent.map(one => one.monitor),
    rest: ranked.filter(one => one.rank === null).map(one => one.monitor),
  }
}

export type Counted = 'down' | 'degraded' | 'unknown' | 'up' | 'paused'

/** How many a filter by each of these would show; left out where it is not known. */
export type Counts = Partial<Readonly<Record<Counted, number>>>

/** Of all monitors there are. Being paused is a filter of its own: such a monitor keeps its last status. */
export function countsOf(monitors: readonly Monitor[], states: readonly Counted[]): Counts {
  const of = (state: Counted) =>
    monitors.filter(one => (state === 'paused' ? one.paused_at !== null : one.status === state)).length
  return Object.fromEntries(states.map(state => [state, of(state)]))
}

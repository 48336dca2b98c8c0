/** Which queries a change touches: those of its topics that name its id, and all that name none. */
import type { Query } from '@tanstack/react-query'
import { isEnding } from './ending'

export interface Change {
  topic: string
  kind: string
  /** `*`: all of its kind. */
  id: string
}

/** The words after `/v1/` that show something of a live topic. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  incidents: ['incidents', 'services', 'analytics'],
  monitors: ['monitors', 'monitor-groups', 'maintenance-windows', 'check-regions', 'private-locations', 'heartbeats'],
  'status-pages': [
    'status-pages',
    'components',
    'component-groups',
    'status-reports',
    'status-maintenance',
    'status-report-templates',
    'subscribers',
  ],
  'on-call': ['on-call', 'schedules', 'escalation-policies', 'lint'],
}

/** What a monitor has become, by the kind of its change. */
export const STATES: ReadonlyMap<string, 'up' | 'down' | 'degraded' | 'unknown'> = new Map([
  ['monitor_up', 'up'],
  ['monitor_down', 'down'],
  ['monitor_degraded', 'degraded'],
  ['monitor_unknown', 'unknown'],
])

/** What checks change shows in figures of the monitor, not in what it is configured to be. */
export const CHECKED: ReadonlySet<string> = new Set(['check_result', ...STATES.keys()])
const UNCHANGED_BY_CHECKS = new Set(['monitor-groups', 'maintenance-windows', 'private-locations'])

/** Lists of services' names and settings, which no incident changes. */
const SERVICES = '/v1/services'

/** Read at once and not page by page, its names are what is shown of it. */
const MONITORS = '/v1/monitors'

function idsIn(parameters: unknown): unknown[] {
  const { path } = (parameters ?? {}) as { path?: Record<string, unknown> }
  return Object.values(path ?? {})
}

/** Whether these are the parameters of a list that is read page by page. */
export function isPaged(parameters: unknown): boolean {
  return (parameters as { pages?: boolean } | undefined)?.pages === true
}

/** Answers whether a query of the organization shows something of these changes. */
export function isTouched(organization: string, changes: readonly Change[]): (query: Query) => boolean {
  return ({ queryKey: [org, topic, path, parameters] }) => {
    if (org !== organization || typeof topic !== 'string') return false
    const ids = idsIn(parameters)
    if (ids.some(isEnding)) return false
    return changes.some(change => {
      if (!SHOWN[change.topic]?.includes(topic)) return false
      if (CHECKED.has(change.kind) && UNCHANGED_BY_CHECKS.has(topic)) return false
      if (CHECKED.has(change.kind) && path === MONITORS && !isPaged(parameters)) return false
      if (change.topic === 'incidents' && path === SERVICES) return false
      return ids.length === 0 || change.id === '*' || ids.includes(change.id) || topic !== change.topic
    })
  }
}

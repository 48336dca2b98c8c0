/** Which queries a change touches: those of its topics that name its id, and all that name none. */
import type { Query } from '@tanstack/react-query'

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

/** What is checked shows in figures of the monitor, not in what it is configured to be. */
const UNCHANGED_BY_CHECKS = new Set(['monitor-groups', 'maintenance-windows', 'private-locations'])

function idsIn(parameters: unknown): unknown[] {
  const { path } = (parameters ?? {}) as { path?: Record<string, unknown> }
  return Object.values(path ?? {})
}

/** Answers whether a query of the organization shows something of these changes. */
export function isTouched(organization: string, changes: readonly Change[]): (query: Query) => boolean {
  return ({ queryKey: [org, topic, , parameters] }) => {
    if (org !== organization || typeof topic !== 'string') return false
    return changes.some(change => {
      if (!SHOWN[change.topic]?.includes(topic)) return false
      if (change.kind === 'check_result' && UNCHANGED_BY_CHECKS.has(topic)) return false
      const ids = idsIn(parameters)
      return ids.length === 0 || change.id === '*' || ids.includes(change.id) || topic !== change.topic
    })
  }
}

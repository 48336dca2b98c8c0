/** Routes of API keys, the audit log, and what is wrong with how one would be paged. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { flag, text, word } from '../app/search'
import { organizationRoute } from './root'

export interface KeysSearch {
  /** Those that work no more. */
  show?: 'ended'
  /** A key is being made. */
  create?: true
  /** The one that a link leads to. */
  key?: string
}

const apiKeysRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'api-keys',
  validateSearch: (search): KeysSearch => ({
    show: word(search, 'show', ['ended']),
    create: flag(search, 'create'),
    key: text(search, 'key'),
  }),
  component: lazyRouteComponent(() => import('../screens/api-keys/ApiKeysScreen'), 'ApiKeysScreen'),
})

export interface AuditFilter {
  /** A kind, or kind:id. */
  actor?: string
  action?: string
  subject_kind?: string
  subject_id?: string
  request_id?: string
  /** The first and the last day, as `2026-11-21`, by the viewer's clock. */
  from?: string
  to?: string
}

const DAY = /^\d{4}-\d\d-\d\d$/

function day(search: Record<string, unknown>, name: string): string | undefined {
  const found = text(search, name)
  return found && DAY.test(found) && !Number.isNaN(Date.parse(found)) ? found : undefined
}

const auditRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'audit',
  validateSearch: (search): AuditFilter => ({
    actor: text(search, 'actor'),
    action: text(search, 'action'),
    subject_kind: text(search, 'subject_kind'),
    subject_id: text(search, 'subject_id'),
    request_id: text(search, 'request_id'),
    from: day(search, 'from'),
    to: day(search, 'to'),
  }),
  component: lazyRouteComponent(() => import('../screens/audit/AuditScreen'), 'AuditScreen'),
})

const LEVELS = ['error', 'warning', 'info'] as const

export interface FindingsFilter {
  level?: (typeof LEVELS)[number]
}

const findingsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'findings',
  validateSearch: (search): FindingsFilter => ({ level: word(search, 'level', LEVELS) }),
  component: lazyRouteComponent(() => import('../screens/findings/FindingsScreen'), 'FindingsScreen'),
})

export const accessRoutes = [apiKeysRoute, auditRoute, findingsRoute] as const

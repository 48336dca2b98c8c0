/** Routes of escalation policies. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { text, word } from '../app/search'
import { organizationRoute } from './root'

const TABS = ['simulate', 'history'] as const
const KINDS = ['slack', 'webhook'] as const
const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const

export type PolicyTab = (typeof TABS)[number]

export interface PolicySearch {
  tab?: PolicyTab
  /** The service and severity that are simulated. */
  service?: string
  severity?: (typeof SEVERITIES)[number]
  /** A version to write anew. */
  restore?: number
}

export interface DestinationsSearch {
  /** The kind of which one is being added. */
  add?: (typeof KINDS)[number]
  /** The one that is being changed. */
  edit?: string
}

const policiesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'policies',
  component: lazyRouteComponent(() => import('../screens/policies/PoliciesScreen'), 'PoliciesScreen'),
})

const destinationsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'policies/destinations',
  validateSearch: (search): DestinationsSearch => ({ add: word(search, 'add', KINDS), edit: text(search, 'edit') }),
  component: lazyRouteComponent(() => import('../screens/destinations/DestinationsScreen'), 'DestinationsScreen'),
})

const newPolicyRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'policies/new',
  component: lazyRouteComponent(() => import('../screens/policies/NewPolicyScreen'), 'NewPolicyScreen'),
})

const policyRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'policies/$policy',
  validateSearch: (search): PolicySearch => ({
    tab: word(search, 'tab', TABS),
    service: text(search, 'service'),
    severity: word(search, 'severity', SEVERITIES),
    restore: Number.isInteger(search.restore) && Number(search.restore) > 0 ? Number(search.restore) : undefined,
  }),
  component: lazyRouteComponent(() => import('../screens/policies/PolicyScreen'), 'PolicyScreen'),
})

export const policyRoutes = [policiesRoute, destinationsRoute, newPolicyRoute, policyRoute] as const

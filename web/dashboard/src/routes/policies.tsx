/** Routes of escalation policies. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { text, word } from '../app/search'
import { organizationRoute } from './root'

const TABS = ['simulate', 'history'] as const
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

const policiesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'policies',
  component: lazyRouteComponent(() => import('../screens/policies/PoliciesScreen'), 'PoliciesScreen'),
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

export const policyRoutes = [policiesRoute, newPolicyRoute, policyRoute] as const

/** All routes as one tree. */
import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { accessRoutes } from '../routes/access'
import { analyticsRoutes } from '../routes/analytics'
import { authRoutes } from '../routes/auth'
import { eventRuleRoutes } from '../routes/event-rules'
import { incidentRoutes } from '../routes/incidents'
import { maintenanceRoutes } from '../routes/maintenance'
import { monitorRoutes } from '../routes/monitors'
import { onCallRoutes } from '../routes/on-call'
import { organizationRoutes } from '../routes/organization'
import { peopleRoutes } from '../routes/people'
import { policyRoutes } from '../routes/policies'
import { homeRoute, organizationHomeRoute, organizationRoute, rootRoute } from '../routes/root'
import { serviceRoutes } from '../routes/services'
import { startRoutes } from '../routes/start'
import { statusPageRoutes } from '../routes/status-pages'
import { arrival } from './arrival'
import { Broken } from './Broken'
import { Loading } from './Loading'

const tree = rootRoute.addChildren([
  homeRoute,
  ...authRoutes,
  organizationRoute.addChildren([
    organizationHomeRoute,
    ...incidentRoutes,
    ...serviceRoutes,
    ...onCallRoutes,
    ...policyRoutes,
    ...eventRuleRoutes,
    ...monitorRoutes,
    ...maintenanceRoutes,
    ...statusPageRoutes,
    ...peopleRoutes,
    ...organizationRoutes,
    ...accessRoutes,
    ...analyticsRoutes,
    ...startRoutes,
  ]),
])

/** The router; a screen's script is fetched when its link is pointed at. */
export function createAppRouter(queries: QueryClient) {
  const router = createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultErrorComponent: Broken,
    defaultPendingComponent: Loading,
    defaultPendingMs: 150,
    scrollRestoration: true,
  })
  router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
    if (fromLocation && pathChanged) arrival.isByLink = true
  })
  return router
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}

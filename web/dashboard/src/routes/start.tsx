/** The route of the guide to the first page. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { organizationRoute } from './root'

const startRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'start',
  component: lazyRouteComponent(() => import('../screens/start/StartScreen'), 'StartScreen'),
})

export const startRoutes = [startRoute] as const

/** Routes of event rules. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { organizationRoute } from './root'

const eventRulesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'event-rules',
  component: lazyRouteComponent(() => import('../screens/event-rules/EventRulesScreen'), 'EventRulesScreen'),
})

export const eventRuleRoutes = [eventRulesRoute] as const

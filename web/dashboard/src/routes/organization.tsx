/** Routes of the organization itself. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { organizationRoute } from './root'

const settingsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('../screens/settings/SettingsScreen'), 'SettingsScreen'),
})

export const organizationRoutes = [settingsRoute] as const

/** Routes of maintenance windows. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { flag, text, word } from '../app/search'
import { organizationRoute } from './root'

const VIEWS = ['over'] as const

export interface MaintenanceSearch {
  view?: (typeof VIEWS)[number]
  /** The window that is edited. */
  window?: string
  /** A new one is being made, of these services or monitors. */
  create?: true
  service_id?: string
  monitor_id?: string
}

const maintenanceRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'maintenance',
  validateSearch: (search): MaintenanceSearch => ({
    view: word(search, 'view', VIEWS),
    window: text(search, 'window'),
    create: flag(search, 'create'),
    service_id: text(search, 'service_id'),
    monitor_id: text(search, 'monitor_id'),
  }),
  component: lazyRouteComponent(() => import('../screens/maintenance/MaintenanceScreen'), 'MaintenanceScreen'),
})

export const maintenanceRoutes = [maintenanceRoute] as const

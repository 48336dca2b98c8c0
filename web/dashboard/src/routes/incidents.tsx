/** Routes of incidents. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { flag, text, word, wordsOf } from '../app/search'
import { organizationRoute } from './root'

const STATUSES = ['triggered', 'acknowledged', 'resolved'] as const
const TABS = ['pages', 'alerts', 'why'] as const

export type IncidentTab = (typeof TABS)[number]

export interface IncidentFilter {
  status?: (typeof STATUSES)[number][]
  service_id?: string
  urgency?: 'high' | 'low'
  mine?: true
  sort?: 'created_at'
}

const incidentsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'incidents',
  validateSearch: (search): IncidentFilter => ({
    status: wordsOf(search, 'status', STATUSES),
    service_id: text(search, 'service_id'),
    urgency: word(search, 'urgency', ['high', 'low']),
    mine: flag(search, 'mine'),
    sort: word(search, 'sort', ['created_at']),
  }),
  component: lazyRouteComponent(() => import('../screens/incidents/IncidentsScreen'), 'IncidentsScreen'),
})

const incidentRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'incidents/$incident',
  validateSearch: (search): { tab?: IncidentTab } => ({ tab: word(search, 'tab', TABS) }),
  component: lazyRouteComponent(() => import('../screens/incidents/IncidentScreen'), 'IncidentScreen'),
})

export const incidentRoutes = [incidentsRoute, incidentRoute] as const

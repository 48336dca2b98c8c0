/** Routes of services and integrations. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { flag, text, word } from '../app/search'
import { organizationRoute } from './root'

const TABS = ['events', 'rules', 'dependencies', 'settings'] as const

export type ServiceTab = (typeof TABS)[number]

export interface ServiceSearch {
  tab?: ServiceTab
  /** The event that is looked at. */
  event?: string
  /** A new integration is being made. */
  connect?: true
}

export interface ServicesSearch {
  q?: string
  /** A new service is being made. */
  create?: true
}

const servicesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'services',
  validateSearch: (search): ServicesSearch => ({ q: text(search, 'q'), create: flag(search, 'create') }),
  component: lazyRouteComponent(() => import('../screens/services/ServicesScreen'), 'ServicesScreen'),
})

const serviceRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'services/$service',
  validateSearch: (search): ServiceSearch => ({
    tab: word(search, 'tab', TABS),
    event: text(search, 'event'),
    connect: flag(search, 'connect'),
  }),
  component: lazyRouteComponent(() => import('../screens/services/ServiceScreen'), 'ServiceScreen'),
})

const integrationRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'integrations/$integration',
  validateSearch: (search): { tool?: string; event?: string } => ({
    tool: text(search, 'tool'),
    event: text(search, 'event'),
  }),
  component: lazyRouteComponent(() => import('../screens/services/IntegrationScreen'), 'IntegrationScreen'),
})

export const serviceRoutes = [servicesRoute, serviceRoute, integrationRoute] as const

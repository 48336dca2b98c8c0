/** Routes of monitors, what they are shown in and what checks them. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { flag, text, word, wordsOf } from '../app/search'
import { organizationRoute } from './root'

const STATUSES = ['down', 'degraded', 'unknown', 'up'] as const
const KINDS = ['http', 'tls', 'tcp', 'dns', 'heartbeat'] as const
const TABS = ['results', 'outages', 'latency', 'pings', 'settings'] as const
const SPANS = ['day', 'week', 'month', 'quarter'] as const

export type MonitorTab = (typeof TABS)[number]
export type LatencySpan = (typeof SPANS)[number]

export interface MonitorFilter {
  status?: (typeof STATUSES)[number][]
  kind?: (typeof KINDS)[number][]
  tag?: string
  group_id?: string
  service_id?: string
  paused?: true
  q?: string
}

export interface MonitorSearch {
  tab?: MonitorTab
  /** The run that is looked at. */
  run?: string
  /** For how long latencies are shown. */
  span?: LatencySpan
  region?: string
  status?: (typeof STATUSES)[number]
}

const monitorsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'monitors',
  validateSearch: (search): MonitorFilter => ({
    status: wordsOf(search, 'status', STATUSES),
    kind: wordsOf(search, 'kind', KINDS),
    tag: text(search, 'tag'),
    group_id: text(search, 'group_id'),
    service_id: text(search, 'service_id'),
    paused: flag(search, 'paused'),
    q: text(search, 'q'),
  }),
  component: lazyRouteComponent(() => import('../screens/monitors/MonitorsScreen'), 'MonitorsScreen'),
})

const newMonitorRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'monitors/new',
  validateSearch: (search): { kind?: (typeof KINDS)[number]; service_id?: string } => ({
    kind: word(search, 'kind', KINDS),
    service_id: text(search, 'service_id'),
  }),
  component: lazyRouteComponent(() => import('../screens/monitors/editor/NewMonitorScreen'), 'NewMonitorScreen'),
})

const documentRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'monitors/document',
  component: lazyRouteComponent(() => import('../screens/monitors/DocumentScreen'), 'DocumentScreen'),
})

const groupsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'monitors/groups',
  component: lazyRouteComponent(() => import('../screens/monitors/GroupsScreen'), 'GroupsScreen'),
})

const pingKeysRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'monitors/ping-keys',
  component: lazyRouteComponent(() => import('../screens/monitors/PingKeysScreen'), 'PingKeysScreen'),
})

const regionsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'monitors/regions',
  component: lazyRouteComponent(() => import('../screens/locations/RegionsScreen'), 'RegionsScreen'),
})

const locationRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'monitors/regions/$location',
  component: lazyRouteComponent(() => import('../screens/locations/LocationScreen'), 'LocationScreen'),
})

const monitorRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'monitors/$monitor',
  validateSearch: (search): MonitorSearch => ({
    tab: word(search, 'tab', TABS),
    run: text(search, 'run'),
    span: word(search, 'span', SPANS),
    region: text(search, 'region'),
    status: word(search, 'status', STATUSES),
  }),
  component: lazyRouteComponent(() => import('../screens/monitors/MonitorScreen'), 'MonitorScreen'),
})

const editMonitorRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'monitors/$monitor/edit',
  component: lazyRouteComponent(() => import('../screens/monitors/editor/EditMonitorScreen'), 'EditMonitorScreen'),
})

export const monitorRoutes = [
  monitorsRoute,
  newMonitorRoute,
  documentRoute,
  groupsRoute,
  pingKeysRoute,
  regionsRoute,
  locationRoute,
  monitorRoute,
  editMonitorRoute,
] as const

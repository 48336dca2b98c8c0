/** Routes of status pages and what is written on them. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { flag, text, word } from '../app/search'
import { organizationRoute } from './root'

const TABS = ['reports', 'maintenance', 'subscribers', 'templates', 'look', 'settings'] as const
const VIEWS = ['drafts', 'past', 'discarded', 'all'] as const
const STATES = ['pending', 'active', 'ended', 'failed'] as const

export type StatusPageTab = (typeof TABS)[number]
export type ReportView = (typeof VIEWS)[number]

export interface StatusPageSearch {
  tab?: StatusPageTab
  /** Which reports. */
  show?: ReportView
  /** Which subscribers. */
  state?: (typeof STATES)[number]
  /** The component, group or template that is edited, or `new`. */
  component?: string
  group?: string
  template?: string
}

const statusPagesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'status-pages',
  validateSearch: (search): { create?: true } => ({ create: flag(search, 'create') }),
  component: lazyRouteComponent(() => import('../screens/status-pages/StatusPagesScreen'), 'StatusPagesScreen'),
})

const statusPageRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'status-pages/$page',
  validateSearch: (search): StatusPageSearch => ({
    tab: word(search, 'tab', TABS),
    show: word(search, 'show', VIEWS),
    state: word(search, 'state', STATES),
    component: text(search, 'component'),
    group: text(search, 'group'),
    template: text(search, 'template'),
  }),
  component: lazyRouteComponent(() => import('../screens/status-pages/StatusPageScreen'), 'StatusPageScreen'),
})

const writeReportRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'status-pages/$page/write',
  validateSearch: (search): { kind?: 'maintenance' } => ({ kind: word(search, 'kind', ['maintenance']) }),
  component: lazyRouteComponent(() => import('../screens/status-pages/WriteReportScreen'), 'WriteReportScreen'),
})

const statusReportRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'status-reports/$report',
  component: lazyRouteComponent(() => import('../screens/status-pages/StatusReportScreen'), 'StatusReportScreen'),
})

export const statusPageRoutes = [statusPagesRoute, statusPageRoute, writeReportRoute, statusReportRoute] as const

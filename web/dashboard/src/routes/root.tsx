/** The root of all routes, and the organization's, below which everything of an organization is. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { Broken, Missing } from '../app/Broken'
import { isToBegin } from '../app/firstRun'
import { OrganizationLayout } from '../app/OrganizationLayout'
import { flag } from '../app/search'
import { sessionKind } from '../auth/session'

export const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  errorComponent: Broken,
  notFoundComponent: Missing,
})

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: (search): { all?: true } => ({ all: flag(search, 'all') }),
  beforeLoad: () => {
    if (sessionKind() === null) throw redirect({ to: '/sign-in' })
  },
  component: lazyRouteComponent(() => import('../screens/auth/HomeScreen'), 'HomeScreen'),
})

export const organizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/o/$org',
  beforeLoad: ({ location }) => {
    if (sessionKind() === null) throw redirect({ to: '/sign-in', search: { next: location.href } })
  },
  component: OrganizationLayout,
})

export const organizationHomeRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/',
  beforeLoad: async ({ params, context: { queries } }) => {
    throw redirect({ to: (await isToBegin(queries, params.org)) ? '/o/$org/start' : '/o/$org/incidents', params })
  },
})

/** Routes of whoever is not signed in yet. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { type Search, text } from '../app/search'
import { rootRoute } from './root'

const next = (search: Search): { next?: string; email?: string } => {
  const path = text(search, 'next')
  // only a path of our own: //elsewhere is another host
  return { next: path && /^\/(?![/\\])/.test(path) ? path : undefined, email: text(search, 'email') }
}

/** What the hosted sign-in sends people back with. */
const answer = (search: Search): { code?: string; state?: string; error?: string; error_description?: string } => ({
  code: text(search, 'code'),
  state: text(search, 'state'),
  error: text(search, 'error'),
  error_description: text(search, 'error_description'),
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Search): ReturnType<typeof next> & ReturnType<typeof answer> => ({
    ...next(search),
    ...answer(search),
  }),
  component: lazyRouteComponent(() => import('../screens/auth/SignInScreen'), 'SignInScreen'),
})

const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  validateSearch: next,
  component: lazyRouteComponent(() => import('../screens/auth/SignUpScreen'), 'SignUpScreen'),
})

const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify',
  validateSearch: next,
  component: lazyRouteComponent(() => import('../screens/auth/VerifyScreen'), 'VerifyScreen'),
})

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset',
  validateSearch: next,
  component: lazyRouteComponent(() => import('../screens/auth/ResetScreen'), 'ResetScreen'),
})

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitations/$token',
  component: lazyRouteComponent(() => import('../screens/auth/InvitationScreen'), 'InvitationScreen'),
})

const demoRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/demo',
  component: lazyRouteComponent(() => import('../screens/auth/DemoScreen'), 'DemoScreen'),
})

export const authRoutes = [signInRoute, signUpRoute, verifyRoute, resetRoute, invitationRoute, demoRoute] as const

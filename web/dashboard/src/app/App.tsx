/** Everything together: theme, queries, router, notices. */
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { forgetRead } from '../auth/place'
import { onEnd } from '../auth/session'
import { forgetDrafts } from '../components/drafts'
import { useNoticesWanted } from '../components/notices'
import { forgetShown } from '../components/shownOnce'
import { createQueryClient } from './queries'
import { createAppRouter } from './router'
import { theme } from './theme'

const Notices = lazy(async () => ({ default: (await import('./Notices')).Notices }))

/** The pages of who is not signed in. */
const OPEN = /^\/(sign-in|sign-up|verify|reset|demo)(\/|$)/

function start() {
  const toSignIn = () => {
    const { href, pathname } = router.state.location
    if (OPEN.test(pathname)) return
    forgetRead(queries)
    void router.navigate({ to: '/sign-in', search: { next: href } })
  }
  const queries = createQueryClient(toSignIn)
  const router = createAppRouter(queries)
  onEnd(() => {
    forgetDrafts()
    forgetShown()
    forgetRead(queries)
    toSignIn()
  })
  return { queries, router }
}

export function App() {
  const [{ queries, router }] = useState(start)
  const hasNotices = useNoticesWanted()
  return (
    // Variables and classes are in a static sheet (build/mantine-variables.ts): the CSP allows no <style>.
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        {hasNotices && (
          <Suspense>
            <Notices />
          </Suspense>
        )}
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}

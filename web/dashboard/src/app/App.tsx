/** Everything together: theme, queries, router, notices. */
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useNoticesWanted } from '../components/notices'
import { createQueryClient } from './queries'
import { createAppRouter } from './router'
import { theme } from './theme'

const Notices = lazy(async () => ({ default: (await import('./Notices')).Notices }))

function start() {
  const queries = createQueryClient(() => {
    const { href, pathname } = router.state.location
    if (pathname.startsWith('/sign-in')) return
    queries.clear()
    void router.navigate({ to: '/sign-in', search: { next: href } })
  })
  const router = createAppRouter(queries)
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

/** Renders a part as in the dashboard: theme, queries, and an organization whose API is the test's. */
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { OrganizationProvider, type Role } from '../src/app/organization'
import { theme } from '../src/app/theme'

export const ORGANIZATION = '00000000-0000-4000-8000-000000000001'

interface Options {
  role?: Role
  isDemo?: boolean
}

export function renderInside(part: ReactNode, { role = 'admin', isDemo = false }: Options = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const place = { id: ORGANIZATION, name: 'Acme', role, teams: [], deletesAt: null, isDemo, userId: null }
  return {
    queries,
    ...render(
      <MantineProvider theme={theme} env="test">
        <QueryClientProvider client={queries}>
          <OrganizationProvider place={place}>{part}</OrganizationProvider>
        </QueryClientProvider>
      </MantineProvider>,
    ),
  }
}

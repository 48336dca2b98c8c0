/** Everything below `/o/$org`: finds the organization among the viewer's own, and puts the shell around its screens. */
import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { visit } from '../auth/session'
import { LinkButton } from '../components/links'
import { Page } from '../components/Page'
import { ProblemAlert } from '../components/ProblemAlert'
import { Loading } from './Loading'
import { meQuery } from './me'
import { OrganizationProvider } from './organization'
import { Shell } from './Shell'

export function OrganizationLayout() {
  const { org } = useParams({ from: '/o/$org' })
  const demo = visit()
  const me = useQuery({ ...meQuery, enabled: !demo })
  if (demo) {
    const { id, name } = demo.organization
    return (
      <OrganizationProvider
        place={{ id, name, role: 'viewer', teams: [], deletesAt: null, isDemo: true, userId: null }}
      >
        <Shell>
          <Outlet />
        </Shell>
      </OrganizationProvider>
    )
  }
  if (me.isPending) return <Loading />
  if (!me.data)
    return (
      <Page title="Tocsin" width="narrow">
        <ProblemAlert error={me.error} onRetry={() => void me.refetch()} />
      </Page>
    )
  const found = me.data.organizations.find(one => one.id === org)
  if (!found) return <NotYours />
  return (
    <OrganizationProvider
      place={{
        id: found.id,
        name: found.name,
        role: found.role,
        teams: found.teams,
        deletesAt: found.deletes_at ?? null,
        isDemo: false,
        userId: me.data.user_id ?? null,
      }}
    >
      <Shell>
        <Outlet />
      </Shell>
    </OrganizationProvider>
  )
}

function NotYours() {
  const me = useQuery(meQuery)
  return (
    <Page
      title="You are not in this organization"
      description="Ask for an invitation, or go to one of yours."
      width="narrow"
    >
      <Stack align="start">
        {me.data?.organizations.map(one => (
          <LinkButton key={one.id} variant="default" to="/o/$org/incidents" params={{ org: one.id }}>
            {one.name}
          </LinkButton>
        ))}
      </Stack>
    </Page>
  )
}

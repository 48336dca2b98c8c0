/** Where one goes who has just signed in: on to one's organization, or to choose, join or make one. */
import { Button, Divider, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { fieldErrors } from '../../api/problem'
import { Loading } from '../../app/Loading'
import { meQuery, nobodys } from '../../app/me'
import { visit } from '../../auth/session'
import { LinkButton } from '../../components/links'
import { notifyProblem } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { AuthPage } from './AuthPage'

const route = getRouteApi('/')

export function HomeScreen() {
  const { all } = route.useSearch()
  const demo = visit()
  const me = useQuery({ ...meQuery, enabled: !demo })
  const last = localStorage.getItem('tocsin.organization')
  if (demo) return <Navigate to="/o/$org/incidents" params={{ org: demo.organization.id }} replace />
  if (me.isPending) return <Loading />
  if (!me.data)
    return (
      <AuthPage title="Tocsin">
        <ProblemAlert error={me.error} onRetry={() => void me.refetch()} />
      </AuthPage>
    )
  const { organizations } = me.data
  const to = organizations.find(one => one.id === last) ?? organizations[0]
  if (to && !all) return <Navigate to="/o/$org" params={{ org: to.id }} replace />
  return (
    <AuthPage
      title={organizations.length > 0 ? 'Your organizations' : 'Welcome'}
      intro={
        organizations.length > 0
          ? undefined
          : 'An organization holds your services, schedules and people. Make one, or accept an invitation.'
      }
    >
      <Stack>
        {organizations.map(one => (
          <LinkButton key={one.id} variant="default" to="/o/$org/incidents" params={{ org: one.id }} justify="start">
            {one.name}
          </LinkButton>
        ))}
        <Invitations />
        {organizations.length > 0 && <Divider label="or" />}
        <NewOrganization />
      </Stack>
    </AuthPage>
  )
}

function Invitations() {
  const queries = useQueryClient()
  const found = useQuery(nobodys.get('/v1/me/invitations'))
  const answer = useMutation({
    mutationFn: async ({ id, does }: { id: string; does: 'accept' | 'decline' }) => {
      const path = { invitation_id: id }
      if (does === 'accept') await nobodys.post('/v1/me/invitations/{invitation_id}/accept', { path })
      else await nobodys.post('/v1/me/invitations/{invitation_id}/decline', { path })
    },
    onError: notifyProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: nobodys.topic('me') }),
  })
  return found.data?.items.map(({ id, organization_name: name, role }) => (
    <Group key={id} justify="space-between" wrap="nowrap">
      <Text size="sm">
        <strong>{name}</strong> invites you as {role}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" loading={answer.isPending} onClick={() => answer.mutate({ id, does: 'accept' })}>
          Accept
        </Button>
        <Button size="xs" variant="default" onClick={() => answer.mutate({ id, does: 'decline' })}>
          Decline
        </Button>
      </Group>
    </Group>
  ))
}

function NewOrganization() {
  const navigate = route.useNavigate()
  const queries = useQueryClient()
  const form = useForm({ initialValues: { name: '' } })
  const create = useMutation({
    mutationFn: (name: string) => nobodys.post('/v1/organizations', { body: { name } }),
    onSuccess: async made => {
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      await navigate({ to: '/o/$org/start', params: { org: made.id } })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <form onSubmit={form.onSubmit(({ name }) => create.mutate(name.trim()))}>
      <Stack>
        <ProblemAlert error={create.error} />
        <TextInput
          label="New organization"
          placeholder="Your company or project"
          required
          withAsterisk={false}
          {...form.getInputProps('name')}
        />
        <Button type="submit" loading={create.isPending}>
          Make it
        </Button>
      </Stack>
    </form>
  )
}

/** Accepting an invitation by the link of its mail. Opening it changes nothing: there is a button. */
import { Button, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Problem } from '../../api/problem'
import { meQuery, nobodys } from '../../app/me'
import { end, sessionKind } from '../../auth/session'
import { LinkButton } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { AuthPage } from './AuthPage'

const route = getRouteApi('/invitations/$token')

export function InvitationScreen() {
  const { token } = route.useParams()
  const navigate = route.useNavigate()
  const queries = useQueryClient()
  const accept = useMutation({
    mutationFn: () => nobodys.post('/v1/invitations/accept', { body: { token } }),
    onSuccess: async joined => {
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      await navigate({ to: '/o/$org/incidents', params: { org: joined.org_id }, replace: true })
    },
  })
  const next = `/invitations/${token}`
  const isUser = sessionKind() === 'user'
  const me = useQuery({ ...meQuery, enabled: isUser })
  const refused = accept.error instanceof Problem ? accept.error.code : null
  const leave = async () => {
    await navigate({ to: '/sign-in', search: { next } })
    await end()
  }
  if (!isUser)
    return (
      <AuthPage
        title="You are invited"
        intro="Create an account with the address that the invitation was sent to, or sign in if you have one."
      >
        <Stack>
          <LinkButton to="/sign-up" search={{ next }} size="md">
            Create an account
          </LinkButton>
          <LinkButton to="/sign-in" search={{ next }} size="md" variant="default">
            Sign in
          </LinkButton>
        </Stack>
      </AuthPage>
    )
  return (
    <AuthPage
      title="You are invited"
      intro="Accept to join the organization, with the role that was chosen for you."
      footer={me.data?.email && <span>You are signed in as {me.data.email}.</span>}
    >
      <Stack>
        <ProblemAlert error={accept.error} />
        {refused === 'invitation_for_another_address' && (
          <Button size="md" onClick={() => void leave()}>
            Sign in as somebody else
          </Button>
        )}
        {refused !== 'invitation_for_another_address' && refused !== 'invitation_unusable' && (
          <Button size="md" loading={accept.isPending} onClick={() => accept.mutate()}>
            Accept the invitation
          </Button>
        )}
        <LinkButton to="/" variant="default" size="md">
          {refused === 'invitation_unusable' ? 'To your organizations' : 'Not now'}
        </LinkButton>
      </Stack>
    </AuthPage>
  )
}

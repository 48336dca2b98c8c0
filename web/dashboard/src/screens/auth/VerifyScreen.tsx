/** Confirming an address by the code that was mailed to it. */
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { cognito, endpointOf } from '../../auth/cognito'
import { placeQuery } from '../../auth/place'
import { forgetSignUp, waitingSignUp } from '../../auth/signUp'
import { LinkAnchor, LinkButton } from '../../components/links'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { AuthPage } from './AuthPage'

const route = getRouteApi('/verify')

export function VerifyScreen() {
  const { email, next } = route.useSearch()
  const navigate = route.useNavigate()
  const place = useQuery(placeQuery)
  const waiting = waitingSignUp(email)
  const form = useForm({ initialValues: { code: '' } })
  const call = async (operation: string, more: Record<string, string>) => {
    const found = place.data ?? (await place.refetch({ throwOnError: true })).data
    if (!found || !waiting) return
    await cognito(endpointOf(found), operation, { ClientId: found.client_id, Username: waiting.username, ...more })
  }
  const confirm = useMutation({
    mutationFn: (code: string) => call('ConfirmSignUp', { ConfirmationCode: code.trim() }),
    onSuccess: async () => {
      forgetSignUp()
      notifyDone('Your address is confirmed. Sign in to begin.')
      await navigate({ to: '/sign-in', search: { email: waiting?.email, next } })
    },
  })
  const again = useMutation({
    mutationFn: () => call('ResendConfirmationCode', {}),
    onSuccess: () => notifyDone('A new code is on its way.'),
  })
  if (!waiting)
    return (
      <AuthPage
        title="Confirm your address"
        intro="Go on in the browser in which you created the account. If that is gone, create it once more: nothing is lost."
      >
        <LinkButton to="/sign-up" search={{ email, next }} fullWidth>
          Create the account once more
        </LinkButton>
      </AuthPage>
    )
  return (
    <AuthPage
      title="Confirm your address"
      intro={`A code has been mailed to ${waiting.email}.`}
      footer={
        <LinkAnchor to="/sign-up" search={{ next }}>
          Use another address
        </LinkAnchor>
      }
    >
      <form onSubmit={form.onSubmit(({ code }) => confirm.mutate(code))}>
        <Stack>
          <ProblemAlert error={confirm.error ?? again.error} />
          <TextInput
            label="Code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            {...form.getInputProps('code')}
          />
          <Button type="submit" size="md" loading={confirm.isPending}>
            Confirm
          </Button>
          <Text size="sm" c="dimmed" ta="center">
            Nothing came? Look into the spam folder, or{' '}
            <Button
              variant="transparent"
              size="compact-sm"
              p={0}
              loading={again.isPending}
              onClick={() => again.mutate()}
            >
              send another code
            </Button>
          </Text>
        </Stack>
      </form>
    </AuthPage>
  )
}

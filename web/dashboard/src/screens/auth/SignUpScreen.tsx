/** Creating an account. */
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { cognito, endpointOf } from '../../auth/cognito'
import { placeQuery } from '../../auth/place'
import { keepSignUp } from '../../auth/signUp'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { AuthPage } from './AuthPage'

const route = getRouteApi('/sign-up')

const WHO = {
  open: null,
  invitation: 'Accounts here are for people who were invited: use the address that the invitation was sent to.',
  domains: 'Accounts here are for people with an address of certain domains, and for people who were invited.',
} as const

export function SignUpScreen() {
  const { next, email } = route.useSearch()
  const navigate = route.useNavigate()
  const place = useQuery(placeQuery)
  const form = useForm({ initialValues: { name: '', email: email ?? '', password: '' } })
  const signUp = useMutation({
    mutationFn: async (values: typeof form.values) => {
      const found = place.data ?? (await place.refetch({ throwOnError: true })).data
      if (!found) return
      // a random name, so that nobody learns here which addresses have an account
      const username = crypto.randomUUID()
      await cognito(endpointOf(found), 'SignUp', {
        ClientId: found.client_id,
        Username: username,
        Password: values.password,
        UserAttributes: [
          { Name: 'email', Value: values.email.trim() },
          { Name: 'name', Value: values.name.trim() },
        ],
      })
      keepSignUp({ email: values.email.trim(), username })
      await navigate({ to: '/verify', search: { email: values.email.trim(), next } })
    },
  })
  const who = place.data && WHO[place.data.self_registration]
  return (
    <AuthPage
      title="Create an account"
      footer={
        <span>
          Have one already?{' '}
          <LinkAnchor to="/sign-in" search={{ next }}>
            Sign in
          </LinkAnchor>
        </span>
      }
    >
      <form onSubmit={form.onSubmit(values => signUp.mutate(values))}>
        <Stack>
          {who && <Alert>{who}</Alert>}
          <ProblemAlert error={signUp.error ?? place.error} />
          <TextInput
            label="Name"
            description="What others see when you take an incident."
            autoComplete="name"
            required
            withAsterisk={false}
            {...form.getInputProps('name')}
          />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="email"
            required
            withAsterisk={false}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description="At least 12 characters; a few words do well."
            autoComplete="new-password"
            required
            withAsterisk={false}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={signUp.isPending}>
            Create the account
          </Button>
        </Stack>
      </form>
    </AuthPage>
  )
}

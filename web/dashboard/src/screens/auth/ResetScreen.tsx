/** A new password, by a code that is mailed. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { cognito, endpointOf } from '../../auth/cognito'
import { placeQuery } from '../../auth/place'
import { LinkAnchor } from '../../components/links'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { AuthPage } from './AuthPage'

const route = getRouteApi('/reset')

export function ResetScreen() {
  const { email, next } = route.useSearch()
  const navigate = route.useNavigate()
  const place = useQuery(placeQuery)
  const [isAsked, setAsked] = useState(false)
  const form = useForm({ initialValues: { email: email ?? '', code: '', password: '' } })
  const call = async (operation: string, more: Record<string, string>) => {
    const found = place.data ?? (await place.refetch({ throwOnError: true })).data
    if (found)
      await cognito(endpointOf(found), operation, {
        ClientId: found.client_id,
        Username: form.values.email.trim(),
        ...more,
      })
  }
  const go = useMutation({
    mutationFn: async ({ code, password }: typeof form.values) => {
      if (!isAsked) {
        await call('ForgotPassword', {})
        return setAsked(true)
      }
      await call('ConfirmForgotPassword', { ConfirmationCode: code.trim(), Password: password })
      notifyDone('Your password is changed. Sign in with the new one.')
      await navigate({ to: '/sign-in', search: { email: form.values.email, next } })
    },
  })
  const intro = isAsked
    ? `If ${form.values.email} has an account, a code has been mailed to it.`
    : 'A code is mailed to you, with which you choose a new one.'
  return (
    <AuthPage
      title="Reset your password"
      intro={intro}
      footer={
        <LinkAnchor to="/sign-in" search={{ next }}>
          Back to sign in
        </LinkAnchor>
      }
    >
      <form onSubmit={form.onSubmit(values => go.mutate(values))}>
        <Stack>
          <ProblemAlert error={go.error ?? place.error} />
          {isAsked ? (
            <>
              <TextInput
                key="code"
                label="Code"
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                withAsterisk={false}
                {...form.getInputProps('code')}
              />
              <PasswordInput
                label="New password"
                description="At least 12 characters; a few words do well."
                autoComplete="new-password"
                required
                withAsterisk={false}
                {...form.getInputProps('password')}
              />
            </>
          ) : (
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              {...form.getInputProps('email')}
            />
          )}
          <Button type="submit" size="md" loading={go.isPending}>
            {isAsked ? 'Change the password' : 'Mail me a code'}
          </Button>
        </Stack>
      </form>
    </AuthPage>
  )
}

/** Signing in: address and password, then what the account asks for besides. */
import { Anchor, Button, PasswordInput, PinInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { Loading } from '../../app/Loading'
import { SignInRefused, TOO_LATE } from '../../auth/cognito'
import { placeQuery } from '../../auth/place'
import { begin } from '../../auth/session'
import type { Step } from '../../auth/srp'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { AuthPage } from './AuthPage'
import { SingleSignOn, useReturn } from './SingleSignOn'

const route = getRouteApi('/sign-in')
const CODE_LENGTH = 6

/** What has been asked for so far, and the way in when all is answered. */
function useSteps() {
  const { next } = route.useSearch()
  const navigate = route.useNavigate()
  const queries = useQueryClient()
  const place = useQuery(placeQuery)
  const [step, setStep] = useState<Step | null>(null)
  const go = useMutation({
    mutationFn: (asked: () => Promise<Step>) => asked(),
    onSuccess: async found => {
      if (found.kind !== 'done' || !place.data) return setStep(found)
      queries.clear()
      begin(place.data, found.tokens)
      await navigate({ href: next ?? '/' })
    },
    onError: error => {
      if (error instanceof SignInRefused && error.code === TOO_LATE) setStep(null)
    },
  })
  const startAgain = () => {
    setStep(null)
    go.reset()
  }
  return { step, go, place, navigate, startAgain }
}

export function SignInScreen() {
  const { next, email } = route.useSearch()
  const { step, go, place, navigate, startAgain } = useSteps()
  const back = useReturn()
  const form = useForm({ initialValues: { email: email ?? '', password: '' } })
  const start = async ({ email: address, password }: typeof form.values) => {
    const found = place.data ?? (await place.refetch({ throwOnError: true })).data
    if (!found) return
    const { signIn } = await import('../../auth/srp')
    go.mutate(() => signIn(found, address.trim(), password), {
      onError: error => {
        if (error instanceof SignInRefused && error.code === 'UserNotConfirmedException')
          void navigate({ to: '/verify', search: { email: address, next } })
      },
    })
  }
  if (step?.kind === 'code') return <Code step={step} go={go} onStartAgain={startAgain} />
  if (step?.kind === 'new-password') return <NewPassword step={step} go={go} onStartAgain={startAgain} />
  if (back.isPending)
    return (
      <AuthPage title="Signing in">
        <Loading />
      </AuthPage>
    )
  return (
    <AuthPage
      title="Sign in"
      footer={
        <>
          <span>
            New here?{' '}
            <LinkAnchor to="/sign-up" search={{ next }}>
              Create an account
            </LinkAnchor>
          </span>
          <span>
            Or just look around: <LinkAnchor to="/demo">try the demo</LinkAnchor>
          </span>
        </>
      }
    >
      <form onSubmit={form.onSubmit(values => void start(values).catch(() => undefined))}>
        <Stack gap="md">
          <ProblemAlert error={go.error ?? back.error ?? place.error} />
          {place.data?.single_sign_on_url && <SingleSignOn place={place.data} next={next} />}
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" fullWidth loading={go.isPending}>
            Sign in
          </Button>
          <LinkAnchor to="/reset" search={{ email: form.values.email || undefined, next }} fz="sm" ta="center">
            Forgot your password?
          </LinkAnchor>
        </Stack>
      </form>
    </AuthPage>
  )
}

interface StepProperties<Kind extends Step['kind']> {
  step: Extract<Step, { kind: Kind }>
  go: ReturnType<typeof useSteps>['go']
  onStartAgain: () => void
}

function StartAgain({ onClick }: { onClick: () => void }) {
  return (
    <Anchor component="button" type="button" onClick={onClick}>
      Start again
    </Anchor>
  )
}

function Code({ step, go, onStartAgain }: StepProperties<'code'>) {
  const [wrongs, setWrongs] = useState(0)
  const give = (code: string) => go.mutate(() => step.answer(code), { onError: () => setWrongs(before => before + 1) })
  return (
    <AuthPage
      title="Your code"
      intro="Open your authenticator app and type the code it shows for Tocsin."
      footer={<StartAgain onClick={onStartAgain} />}
    >
      <Stack align="center">
        <ProblemAlert error={go.error} />
        <PinInput
          key={wrongs}
          length={CODE_LENGTH}
          type="number"
          oneTimeCode
          autoFocus
          size="md"
          aria-label="Code"
          disabled={go.isPending}
          error={Boolean(go.error)}
          onComplete={give}
        />
      </Stack>
    </AuthPage>
  )
}

function NewPassword({ step, go, onStartAgain }: StepProperties<'new-password'>) {
  const form = useForm({ initialValues: { password: '' } })
  return (
    <AuthPage
      title="Choose a password"
      intro="The one you were given was for once only."
      footer={<StartAgain onClick={onStartAgain} />}
    >
      <form onSubmit={form.onSubmit(({ password }) => go.mutate(() => step.choose(password)))}>
        <Stack>
          <ProblemAlert error={go.error} />
          <PasswordInput
            label="New password"
            description="At least 12 characters; a few words do well."
            autoComplete="new-password"
            required
            withAsterisk={false}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={go.isPending}>
            Keep it and sign in
          </Button>
        </Stack>
      </form>
    </AuthPage>
  )
}

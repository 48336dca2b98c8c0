/** The first step: a way to be reached, proven. Who founds an organization has one: the address they signed up with. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { fieldErrors } from '../../api/problem'
import type { Model } from '../../api/types'
import { meQuery } from '../../app/me'
import { useApi, useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { provenOf } from './firstPage'

type Method = Model<'ContactMethod'>

export function ContactStep({ methods }: { methods: readonly Method[] }) {
  const { id: org } = useOrganization()
  const proven = provenOf(methods)
  const others = (
    <LinkAnchor fz="sm" to="/o/$org/me" params={{ org }}>
      {proven ? 'Add another way, as Slack or a webhook' : 'Set up another way'}
    </LinkAnchor>
  )
  if (proven)
    return (
      <>
        <Text size="sm">
          Pages reach you at <strong>{proven.address ?? proven.label}</strong>, which is verified.
        </Text>
        {others}
      </>
    )
  const waiting = methods.find(one => one.channel === 'email' && !one.disabled_at)
  return (
    <>
      {waiting ? <Verify method={waiting} /> : <Add />}
      <WhyNot role="responder" />
      {others}
    </>
  )
}

function Add() {
  const { api, userId } = useOrganization()
  const queries = useQueryClient()
  const me = useQuery(meQuery)
  const why = useWhyNot('responder')
  const form = useForm({ initialValues: { address: me.data?.email ?? '' } })
  const add = useMutation({
    mutationFn: ({ address }: { address: string }) =>
      api.post('/v1/users/{user_id}/contact-methods', {
        path: { user_id: userId ?? '' },
        body: { channel: 'email', address: address.trim() },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.topic('users') }),
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <form onSubmit={form.onSubmit(values => add.mutate(values))}>
      <Stack gap="sm" align="start">
        <ProblemAlert error={add.error} />
        <TextInput
          label="E-mail address"
          description="Where pages are to reach you."
          type="email"
          required
          withAsterisk={false}
          w="100%"
          maw={360}
          disabled={why !== null}
          {...form.getInputProps('address')}
        />
        <Button type="submit" loading={add.isPending} disabled={why !== null}>
          Use this address
        </Button>
      </Stack>
    </form>
  )
}

function Verify({ method }: { method: Method }) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm({ initialValues: { code: '' } })
  const path = { user_id: method.user_id, method_id: method.id }
  const onSuccess = () => queries.invalidateQueries({ queryKey: api.topic('users') })
  const mail = useMutation({
    mutationFn: () => api.post('/v1/users/{user_id}/contact-methods/{method_id}/verify', { path }),
    onSuccess,
  })
  const confirm = useMutation({
    mutationFn: ({ code }: { code: string }) =>
      api.post('/v1/users/{user_id}/contact-methods/{method_id}/confirm', { path, body: { code: code.trim() } }),
    onSuccess,
    onError: error => form.setErrors(fieldErrors(error)),
  })
  if (!method.verification_ends_at)
    return (
      <Stack gap="sm" align="start">
        <ProblemAlert error={mail.error} />
        <Text size="sm">
          Prove that pages to <strong>{method.address}</strong> reach you.
        </Text>
        <Button loading={mail.isPending} onClick={() => mail.mutate()}>
          Mail me a code
        </Button>
      </Stack>
    )
  return (
    <form onSubmit={form.onSubmit(values => confirm.mutate(values))}>
      <Stack gap="sm" align="start">
        <ProblemAlert error={confirm.error ?? mail.error} />
        <TextInput
          label={`The code that was mailed to ${method.address}`}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          maw={360}
          w="100%"
          {...form.getInputProps('code')}
        />
        <Group gap="xs">
          <Button type="submit" loading={confirm.isPending}>
            Confirm
          </Button>
          <Button variant="default" loading={mail.isPending} onClick={() => mail.mutate()}>
            Mail another code
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The second step: what can break, how it is reported, and whom that pages; made with one press. */
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../api/problem'
import { meQuery } from '../../app/me'
import { useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { isWhole, type Path } from './firstPage'
import { setUp } from './settingUp'

export function SetUpStep({ parts }: { parts: Partial<Path> }) {
  return isWhole(parts) ? <Ready path={parts} /> : <Make parts={parts} />
}

function Ready({ path: { policy, service, integration } }: { path: Path }) {
  const { id: org } = useOrganization()
  return (
    <Text size="sm">
      What comes in by{' '}
      <LinkAnchor fz="inherit" to="/o/$org/integrations/$integration" params={{ org, integration: integration.id }}>
        {integration.name}
      </LinkAnchor>{' '}
      opens incidents of{' '}
      <LinkAnchor fz="inherit" to="/o/$org/services/$service" params={{ org, service: service.id }}>
        {service.name}
      </LinkAnchor>
      , and pages whom{' '}
      <LinkAnchor fz="inherit" to="/o/$org/policies/$policy" params={{ org, policy: policy.id }}>
        {policy.name}
      </LinkAnchor>{' '}
      says: you.
    </Text>
  )
}

function Make({ parts: found }: { parts: Partial<Path> }) {
  const { id: org, api, userId } = useOrganization()
  const queries = useQueryClient()
  const me = useQuery(meQuery)
  const why = useWhyNot('admin')
  const [made, setMade] = useState<Partial<Path>>({})
  const parts = { ...found, ...made }
  const form = useForm({ initialValues: { name: parts.service?.name ?? 'Production' } })
  const { forget } = useDraft(`start.${org}`, form)
  const create = useMutation({
    mutationFn: ({ name }: { name: string }) => {
      const who = { user: userId ?? '', name: me.data?.name || me.data?.email || 'me' }
      return setUp(api, who, name, parts, setMade)
    },
    onSuccess: forget,
    onError: error => form.setErrors(fieldErrors(error)),
    onSettled: () =>
      Promise.all(
        ['escalation-policies', 'services', 'integrations'].map(topic =>
          queries.invalidateQueries({ queryKey: api.topic(topic) }),
        ),
      ),
  })
  return (
    <form onSubmit={form.onSubmit(values => create.mutate(values))}>
      <Stack gap="sm" align="start">
        <Text size="sm">
          This creates a service, an integration by which tools report to it, and a policy that pages you, three times
          with five minutes between. All of it can be changed later.
        </Text>
        <ProblemAlert error={create.error} />
        <TextInput
          label="What you look after"
          description="The name of the service, as others will see it."
          required
          withAsterisk={false}
          maxLength={200}
          w="100%"
          maw={360}
          disabled={why !== null || parts.service !== undefined}
          {...form.getInputProps('name')}
        />
        <Button type="submit" loading={create.isPending} disabled={why !== null}>
          Set it up
        </Button>
        <WhyNot role="admin" />
      </Stack>
    </form>
  )
}

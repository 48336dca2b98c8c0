/** What a service depends on: while that is down, it stays quiet. And what depends on it. */
import { Button, Card, Group, MultiSelect, Stack, Text, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Fragment } from 'react'
import { fieldErrors } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { LinkAnchor } from '../../components/links'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import type { Service } from './serviceValues'
import { useServices } from './useNames'

type Values = { depends_on: string[] }

const valuesOf = (found: Model<'Dependencies'>): Values => ({ depends_on: found.depends_on.map(one => one.id) })

export function DependenciesPanel({ service }: { service: Service }) {
  const path = { service_id: service.id }
  const found = useQuery(useApi().get('/v1/services/{service_id}/dependencies', { path }))
  return <Loaded query={found}>{dependencies => <Fields service={service} found={dependencies} />}</Loaded>
}

function Fields({ service, found }: { service: Service; found: Model<'Dependencies'> }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin', service.team_id)
  const others = useServices().choices.filter(one => one.value !== service.id)
  const known = new Map(found.depends_on.map(({ id, name }) => [id, name]))
  for (const { value, label } of others) known.set(value, label)
  const form = useForm<Values>({ initialValues: valuesOf(found) })
  const { begin } = useBegun(found, form, valuesOf, () => draft.forget())
  const draft = useDraft(`dependencies.${service.id}`, form)
  const reading = api.get('/v1/services/{service_id}/dependencies', { path: { service_id: service.id } })
  const save = useMutation({
    mutationFn: (body: Values) =>
      api.put('/v1/services/{service_id}/dependencies', { path: { service_id: service.id }, body }),
    onSuccess: async made => {
      queries.setQueryData(reading.queryKey, made)
      begin(made)
      notifyDone('Saved.')
      await queries.invalidateQueries({ queryKey: api.topic('services') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <Stack maw="40rem">
      <WhyNot role="admin" team={service.team_id} />
      <Card>
        <form onSubmit={form.onSubmit(values => save.mutate(values))}>
          <Stack>
            <ProblemAlert error={save.error} />
            <MultiSelect
              label="It depends on"
              description="While one of these has an open incident of its own, new incidents here page nobody, and say which it is. If that is resolved and this is not, it pages then."
              placeholder={form.values.depends_on.length === 0 ? 'Nothing yet: choose services' : undefined}
              searchable
              disabled={why !== null}
              data={[...known].map(([value, label]) => ({ value, label }))}
              {...form.getInputProps('depends_on')}
            />
            <Group justify="flex-end">
              {form.isDirty() && (
                <Button variant="default" onClick={() => begin(found)}>
                  Discard
                </Button>
              )}
              <Button type="submit" loading={save.isPending} disabled={why !== null || !form.isDirty()}>
                Save
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
      <Dependents services={found.dependents} />
    </Stack>
  )
}

function Dependents({ services }: { services: readonly Model<'DependencyService'>[] }) {
  const { id: org } = useOrganization()
  return (
    <Card>
      <Title order={2} size="h3" mb={4}>
        What depends on it
      </Title>
      <Text size="sm" c={services.length === 0 ? 'dimmed' : undefined}>
        {services.length === 0 && 'No other service does.'}
        {services.map(({ id, name }, index) => (
          <Fragment key={id}>
            {index > 0 && ', '}
            <LinkAnchor fz="inherit" to="/o/$org/services/$service" params={{ org, service: id }}>
              {name}
            </LinkAnchor>
          </Fragment>
        ))}
      </Text>
    </Card>
  )
}

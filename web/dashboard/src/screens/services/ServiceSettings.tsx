/** How a service is set; somebody else's changes are not lost, and it can be taken out of use. */
import { Button, Card, Group, Stack, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { MainFields, MoreFields } from './ServiceFields'
import classes from './ServiceSettings.module.css'
import { inputOf, type Service, type ServiceValues, valuesOf } from './serviceValues'

export function ServiceSettings({ service }: { service: Service }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin')
  const form = useForm<ServiceValues>({ initialValues: valuesOf(service) })
  const { begun, begin } = useBegun(service, form, valuesOf, () => draft.forget())
  const draft = useDraft(`service.${service.id}`, form, begun.version)
  const reading = api.get('/v1/services/{service_id}', { path: { service_id: service.id } })
  const save = useMutation({
    mutationFn: (values: ServiceValues) =>
      api.patch('/v1/services/{service_id}', {
        path: { service_id: service.id },
        body: inputOf(values),
        version: draft.version,
      }),
    onSuccess: async made => {
      queries.setQueryData(reading.queryKey, made)
      begin(made)
      notifyDone('Saved.')
      await queries.invalidateQueries({ queryKey: api.topic('services') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    save.reset()
    begin(await queries.fetchQuery({ ...reading, staleTime: 0 }))
  }
  return (
    <Stack maw="40rem">
      <WhyNot role="admin" />
      <Card>
        <form onSubmit={form.onSubmit(values => save.mutate(values))}>
          <Stack>
            <StaleAlert error={save.error} onReload={() => void reload()} />
            {!isStale(save.error) && <ProblemAlert error={save.error} />}
            <MainFields form={form} disabled={why !== null} />
            <MoreFields form={form} disabled={why !== null} />
            <Group justify="flex-end">
              {form.isDirty() && (
                <Button variant="default" onClick={() => begin(service)}>
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
      <DeleteService service={service} isDisabled={why !== null} />
    </Stack>
  )
}

function DeleteService({ service, isDisabled }: { service: Service; isDisabled: boolean }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const end = async () => {
    await api.delete('/v1/services/{service_id}', { path: { service_id: service.id } })
    await navigate({ to: '/o/$org/services', params: { org } })
    await queries.invalidateQueries({ queryKey: api.topic('services') })
  }
  return (
    <Card>
      <Group justify="space-between" className={classes.end}>
        <div>
          <Title order={2} size="h3">
            Take it out of use
          </Title>
          <p>Its integrations’ keys are refused from then on, and its monitors end. Its incidents stay readable.</p>
        </div>
        <ConfirmButton
          c="red"
          question={`Delete ${service.name.slice(0, 80)}?`}
          consequence="Tools that still send to it are refused, its monitors are no longer checked, and this can’t be taken back."
          confirm="Delete the service"
          disabled={isDisabled}
          onConfirm={end}
        >
          Delete
        </ConfirmButton>
      </Group>
    </Card>
  )
}

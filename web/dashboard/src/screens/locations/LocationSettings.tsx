/** The name of a private location, and its end. */
import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { fieldErrors, isStale } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useWhyNot } from '../../components/WhyNot'

export function LocationSettings({ location }: { location: Model<'PrivateLocation'> }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const why = useWhyNot('admin')
  const [version, setVersion] = useState(location.version)
  const form = useForm({ initialValues: { name: location.name } })
  const path = { location_id: location.id }
  const reading = api.get('/v1/private-locations/{location_id}', { path })
  const save = useMutation({
    mutationFn: (body: { name: string }) => api.put('/v1/private-locations/{location_id}', { path, body, version }),
    onSuccess: async made => {
      setVersion(made.version)
      form.setInitialValues({ name: made.name })
      form.reset()
      notifyDone('Saved.')
      await queries.invalidateQueries({ queryKey: api.topic('private-locations') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    const theirs = await queries.fetchQuery({ ...reading, staleTime: 0 })
    setVersion(theirs.version)
    form.setInitialValues({ name: theirs.name })
    form.setValues({ name: theirs.name })
    save.reset()
  }
  const end = async () => {
    await api.delete('/v1/private-locations/{location_id}', { path })
    await navigate({ to: '/o/$org/monitors/regions', params: { org } })
    queries.removeQueries({ queryKey: reading.queryKey })
    await queries.invalidateQueries({ queryKey: api.topic('private-locations') })
  }
  return (
    <>
      <Card>
        <form onSubmit={form.onSubmit(values => save.mutate(values))}>
          <Stack gap="sm">
            <StaleAlert error={save.error} onReload={() => void reload()} />
            {!isStale(save.error) && <ProblemAlert error={save.error} />}
            <Group align="end" gap="sm">
              <TextInput
                label="Name"
                required
                withAsterisk={false}
                maxLength={200}
                flex={1}
                disabled={why !== null}
                {...form.getInputProps('name')}
              />
              <Button type="submit" loading={save.isPending} disabled={why !== null || !form.isDirty()}>
                Save
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
      <Card>
        <Group justify="space-between" gap="sm">
          <div>
            <Title order={2} size="h4">
              Take it out of use
            </Title>
            <Text size="sm" c="dimmed">
              Once no monitor names it. Its probes are shut out with it.
            </Text>
          </div>
          <ConfirmButton
            c="red"
            question={`Delete ${location.name.slice(0, 80)}?`}
            consequence="Its probes are shut out at once, and this can’t be taken back. While a monitor names it, it is refused."
            confirm="Delete the location"
            disabled={why !== null}
            title={why ?? undefined}
            onConfirm={end}
          >
            Delete
          </ConfirmButton>
        </Group>
      </Card>
    </>
  )
}

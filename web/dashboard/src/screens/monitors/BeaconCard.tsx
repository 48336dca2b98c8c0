/** What the visitors of a page see, counted unnamed: the beacon of a monitor of a page. */
import { Alert, Button, Card, Group, NumberInput, Stack, Text, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { fieldErrors } from '../../api/problem'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { CopyText } from '../../components/CopyText'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot } from '../../components/WhyNot'
import type { Monitor } from './words'

export function BeaconCard({ monitor }: { monitor: Monitor }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin', monitor.team_id)
  const path = { monitor_id: monitor.id }
  const reading = api.get('/v1/monitors/{monitor_id}/beacon', { path })
  const found = useQuery({ ...reading, enabled: Boolean(monitor.beacon_hint) })
  const form = useForm({ initialValues: { sample_percent: 10 } })
  const put = useMutation({
    mutationFn: (body: { sample_percent: number }) => api.put('/v1/monitors/{monitor_id}/beacon', { path, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.topic('monitors') }),
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const remove = async () => {
    await api.delete('/v1/monitors/{monitor_id}/beacon', { path })
    put.reset()
    queries.removeQueries({ queryKey: reading.queryKey })
    await queries.invalidateQueries({ queryKey: api.topic('monitors') })
  }
  const beacon = monitor.beacon_hint ? found.data : undefined
  return (
    <Card>
      <Title order={2} size="h4">
        Beacon
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        A line in your page that tells how it loaded for some of its visitors. Nothing of them is sent or kept, and it
        pages nobody.
      </Text>
      <Stack gap="sm">
        <ProblemAlert error={found.error} />
        {put.data && (
          <Alert color="green" title="Its snippet is shown this once">
            <CopyText block text={put.data.snippet} label="snippet" />
          </Alert>
        )}
        {beacon && (
          <Text size="sm">
            There is one for {beacon.sample_percent}% of visits; its key ends in <code>…{beacon.hint}</code>.
          </Text>
        )}
        <form onSubmit={form.onSubmit(values => put.mutate(values))}>
          <Group align="end" gap="sm">
            <NumberInput
              label="Percent of visits"
              min={1}
              max={100}
              allowDecimal={false}
              w={140}
              disabled={why !== null}
              {...form.getInputProps('sample_percent')}
            />
            <Button
              type="submit"
              variant="default"
              loading={put.isPending}
              disabled={why !== null}
              title={why ?? undefined}
            >
              {beacon ? 'Put another in its place' : 'Make a beacon'}
            </Button>
            {beacon && (
              <ConfirmButton
                question="Take the beacon away?"
                consequence="Pages that hold its line tell nothing any more."
                confirm="Take it away"
                disabled={why !== null}
                onConfirm={remove}
              >
                Take it away
              </ConfirmButton>
            )}
          </Group>
        </form>
        <ProblemAlert error={put.error} />
      </Stack>
    </Card>
  )
}

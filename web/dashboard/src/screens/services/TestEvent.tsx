/** Sends an event as if the tool had, follows it until it is processed, and ends what it opened. */
import { Alert, Button, Card, Group, Loader, Select, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconSend } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { serverNow } from '../../api/clock'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useNow } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import { SEVERITIES } from '../event-rules/severities'
import { outcomeOf } from './outcomes'

type Severity = Model<'Severity'>

const AGAIN_MS = 700
const MOST_READS = 90
/** Other tools go on sending meanwhile. */
const LOOKED_AT = 100
const LATE_MS = 15_000

interface Sent {
  id: string
  at: number
  action: 'trigger' | 'resolve'
}

/** An event that was sent is among those of its service once it has been processed. */
function useFate(service: string, id: string | undefined) {
  const path = { service_id: service }
  const { queryKey, ...query } = useApi().get('/v1/services/{service_id}/events', { path, query: { limit: LOOKED_AT } })
  const found = useQuery({
    ...query,
    queryKey: [...queryKey, id],
    enabled: id !== undefined,
    select: ({ items }) => items.find(one => one.id === id),
    refetchInterval: ({ state }) =>
      state.data?.items.some(one => one.id === id) || state.dataUpdateCount >= MOST_READS ? false : AGAIN_MS,
  })
  return { event: found.data, error: found.error }
}

export function TestEvent({ integration, hasPolicy }: { integration: Model<'Integration'>; hasPolicy: boolean }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin')
  const [severity, setSeverity] = useState<Severity>('critical')
  const [sent, setSent] = useState<Sent>()
  const send = useMutation({
    mutationFn: async (action: Sent['action']): Promise<Sent> => {
      const path = { integration_id: integration.id }
      const { event_id: id } = await api.post('/v1/integrations/{integration_id}/test', {
        path,
        body: { action, severity },
      })
      return { id, at: serverNow(), action }
    },
    onSuccess: async made => {
      setSent(made)
      await queries.invalidateQueries({ queryKey: api.topic('integrations') })
    },
  })
  const { event, error } = useFate(integration.service_id, sent?.id)
  return (
    <Card component="section" aria-labelledby="test-event">
      <Stack gap="sm">
        <Title order={2} size="h3" id="test-event">
          Send a test event
        </Title>
        <Text size="sm" c="dimmed">
          It comes in as your tool’s would
          {hasPolicy
            ? ', and pages whoever is on call for this service.'
            : '. The service has no policy, so nobody on call is paged.'}
        </Text>
        <Select
          label="Severity"
          allowDeselect={false}
          disabled={why !== null}
          data={SEVERITIES}
          value={severity}
          onChange={value => setSeverity((value ?? 'critical') as Severity)}
        />
        <Group gap="xs">
          <Button
            leftSection={<IconSend size={18} aria-hidden />}
            disabled={why !== null}
            loading={send.isPending && send.variables === 'trigger'}
            onClick={() => send.mutate('trigger')}
          >
            Send it
          </Button>
          {sent?.action === 'trigger' && (
            <Button
              variant="default"
              loading={send.isPending && send.variables === 'resolve'}
              onClick={() => send.mutate('resolve')}
            >
              Resolve it
            </Button>
          )}
        </Group>
        <ProblemAlert error={send.error ?? error} />
        {sent && !error && <Fate event={event} sentAt={sent.at} />}
      </Stack>
    </Card>
  )
}

function Fate({ event, sentAt }: { event: Model<'Event'> | undefined; sentAt: number }) {
  const { id: org } = useOrganization()
  const isLate = useNow() - sentAt > LATE_MS
  if (!event)
    return (
      <Group gap="xs" role="status" wrap="nowrap">
        <Loader size="xs" aria-hidden />
        <Text size="sm">
          {isLate ? 'It was taken, and is not processed yet. It is listed among the events once it is.' : 'On its way…'}
        </Text>
      </Group>
    )
  return (
    <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />} title="It has come">
      {outcomeOf(event.outcome)}.{' '}
      {event.incident_id && (
        <LinkAnchor fz="inherit" to="/o/$org/incidents/$incident" params={{ org, incident: event.incident_id }}>
          See who was told
        </LinkAnchor>
      )}
    </Alert>
  )
}

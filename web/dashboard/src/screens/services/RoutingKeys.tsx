/** The routing keys of an integration: what each is used for; one is replaced with an overlap, or ended at once. */
import { Button, Card, Group, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { Loaded } from '../../components/Loaded'
import { notifyDone, notifyProblem } from '../../components/notices'
import { Clock, Time, useNow } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import { keepKey } from './freshKeys'
import { isInForce, type RoutingKey, stateOf } from './keyStates'
import classes from './RoutingKeys.module.css'

const DAY_SECONDS = 86_400

export function RoutingKeys({ integration }: { integration: string }) {
  const path = { integration_id: integration }
  const found = useQuery(useApi().get('/v1/integrations/{integration_id}/keys', { path }))
  return (
    <Card component="section" aria-labelledby="keys">
      <Title order={2} size="h3" id="keys" mb="xs">
        Routing keys
      </Title>
      <Loaded query={found}>
        {({ items }) => (
          <ul className={classes.keys}>
            {items.map(one => (
              <Key key={one.id} routingKey={one} />
            ))}
            {items.length === 0 && <li>None: nothing can come in.</li>}
          </ul>
        )}
      </Loaded>
    </Card>
  )
}

function Key({ routingKey }: { routingKey: RoutingKey }) {
  const now = useNow()
  const state = stateOf(routingKey, now)
  return (
    <li data-state={state}>
      <Group justify="space-between" gap="xs">
        <code>…{routingKey.hint}</code>
        <span className={classes.state}>{state}</span>
      </Group>
      <Text size="xs" c="dimmed">
        Made <Time at={routingKey.created_at} />
        {routingKey.last_used_at && (
          <>
            , last used <Time at={routingKey.last_used_at} />
          </>
        )}
        {routingKey.revoked_at && (
          <>
            , revoked <Time at={routingKey.revoked_at} />
          </>
        )}
        {routingKey.expires_at && !routingKey.revoked_at && (
          <>
            , {state === 'ended' ? 'ended' : 'ends'} <Clock at={routingKey.expires_at} />
          </>
        )}
        {routingKey.refused_count > 0 && `, ${routingKey.refused_count} refused since it ended`}
      </Text>
      {isInForce(routingKey, now) && <KeyActions routingKey={routingKey} />}
    </li>
  )
}

function KeyActions({ routingKey }: { routingKey: RoutingKey }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin')
  const path = { integration_id: routingKey.integration_id, key_id: routingKey.id }
  const read = () => queries.invalidateQueries({ queryKey: api.topic('integrations') })
  const rotate = useMutation({
    mutationFn: () =>
      api.post('/v1/integrations/{integration_id}/keys/{key_id}/rotate', {
        path,
        body: { overlap_seconds: DAY_SECONDS },
      }),
    onSuccess: made => {
      keepKey(routingKey.integration_id, made.key)
      notifyDone('The new key is in the snippets. The old one works for another day.')
      return read()
    },
    onError: notifyProblem,
  })
  const revoke = async () => {
    await api.post('/v1/integrations/{integration_id}/keys/{key_id}/revoke', { path })
    await read()
  }
  return (
    <Group gap="xs" mt={6}>
      {!routingKey.expires_at && (
        <Button
          size="xs"
          variant="default"
          disabled={why !== null}
          loading={rotate.isPending}
          onClick={() => rotate.mutate()}
        >
          Replace
        </Button>
      )}
      <ConfirmButton
        size="xs"
        c="red"
        question={`Revoke the key …${routingKey.hint}?`}
        consequence="It ends at once: whatever still sends by it is refused. This can’t be taken back."
        confirm="Revoke the key"
        disabled={why !== null}
        onConfirm={revoke}
      >
        Revoke
      </ConfirmButton>
    </Group>
  )
}

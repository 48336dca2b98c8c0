/** Whether anything has come by an integration: it waits, and turns green by itself. */
import { Button, Loader } from '@mantine/core'
import { IconCircleCheckFilled } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { LinkButton } from '../../components/links'
import { Time } from '../../components/Time'
import { lastUse } from './keyStates'
import { outcomeOf } from './outcomes'
import classes from './Waiting.module.css'

/** Routing keys are no topic of live changes, and whoever waits here looks at nothing else. */
const WAITING_MS = 2_000
const QUIET_MS = 30_000

interface Properties {
  integration: Model<'Integration'>
  onLook: (event: string) => void
}

export function Waiting({ integration, onLook }: Properties) {
  const api = useApi()
  const queries = useQueryClient()
  const path = { integration_id: integration.id }
  const keys = useQuery({
    ...api.get('/v1/integrations/{integration_id}/keys', { path }),
    refetchInterval: ({ state }) => (state.data && lastUse(state.data.items) === null ? WAITING_MS : QUIET_MS),
  })
  const used = keys.data && lastUse(keys.data.items)
  const before = useRef(used)
  useEffect(() => {
    if (used && before.current !== used) void queries.invalidateQueries({ queryKey: api.topic('services') })
    before.current = used
  }, [used, api, queries])
  if (!keys.data) return null
  return (
    <div className={classes.box} data-state={used ? 'connected' : 'waiting'} role="status">
      {used ? <Connected integration={integration} at={used} onLook={onLook} /> : <Nothing keys={keys.data.items} />}
    </div>
  )
}

function Nothing({ keys }: { keys: readonly Model<'RoutingKey'>[] }) {
  const refused = keys.reduce((sum, key) => sum + key.refused_count, 0)
  return (
    <>
      <Loader size={22} aria-hidden />
      <div className={classes.words}>
        <strong>Waiting for your first event…</strong>
        <span>
          {refused > 0
            ? `${refused} came with a key that has ended, and were refused. Use one that is in force.`
            : 'Set your tool up, or send a test event. This turns green by itself.'}
        </span>
      </div>
    </>
  )
}

function Connected({ integration, at, onLook }: Properties & { at: string }) {
  const { id: org } = useOrganization()
  const path = { service_id: integration.service_id }
  const found = useQuery(useApi().get('/v1/services/{service_id}/events', { path, query: { limit: 20 } }))
  const newest = found.data?.items.find(one => one.integration_id === integration.id)
  return (
    <>
      <IconCircleCheckFilled size={26} aria-hidden />
      <div className={classes.words}>
        <strong>Connected</strong>
        <span>
          The last event came <Time at={newest?.received_at ?? at} />
          {newest && `: ${newest.summary ?? newest.dedup_key ?? newest.action}. ${outcomeOf(newest.outcome)}.`}
        </span>
      </div>
      {newest?.incident_id ? (
        <LinkButton
          size="xs"
          variant="default"
          to="/o/$org/incidents/$incident"
          params={{ org, incident: newest.incident_id }}
        >
          Look at its incident
        </LinkButton>
      ) : (
        newest && (
          <Button size="xs" variant="default" onClick={() => onLook(newest.id)}>
            Look at it
          </Button>
        )
      )}
    </>
  )
}

/** The newest events of a service: one becomes the example, or all are tried at once. */
import { Button, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StatusBadge } from '../../components/StatusBadge'
import { formatRelative, useNow } from '../../components/Time'
import { useServices } from '../services/useNames'
import { muteWords } from './decisionWords'
import classes from './RecentEvents.module.css'
import { matchedRules } from './trace'
import { exampleOf, inputOfExample } from './tryValues'

const LOOKED_AT = 50
const TRIED = 10

interface Properties {
  service: string
  decide: (example: Model<'EventExample'>) => Promise<Model<'EventDecision'>>
  onTake: (event: string) => void
  isDisabled: boolean
}

interface Tried {
  event: Model<'TracedEvent'>
  decision: Model<'EventDecision'>
}

export function RecentEvents({ service, decide, onTake, isDisabled }: Properties) {
  const api = useApi()
  const now = useNow()
  const path = { service_id: service }
  const found = useQuery(api.get('/v1/services/{service_id}/events', { path, query: { limit: LOOKED_AT } }))
  const triggers = found.data?.items.filter(one => one.action === 'trigger') ?? []
  const all = useMutation({
    mutationFn: () =>
      Promise.all(
        triggers.slice(0, TRIED).map(async ({ id }): Promise<Tried> => {
          const { queryFn } = api.get('/v1/events/{event_id}', { path: { event_id: id } })
          const event = await queryFn({ signal: new AbortController().signal })
          const example = inputOfExample({ ...exampleOf(event), service_id: service })
          return { event, decision: await decide(example) }
        }),
      ),
  })
  if (found.data && triggers.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No event has come for it yet: write an example.
      </Text>
    )
  return (
    <Stack gap="sm">
      <Select
        label="Take one that has come"
        placeholder="Or write an example below"
        searchable
        disabled={isDisabled}
        value={null}
        onChange={id => id && onTake(id)}
        data={triggers.map(one => ({
          value: one.id,
          label: `${(one.summary ?? one.dedup_key ?? 'Event').slice(0, 70)} · ${formatRelative(one.received_at, now)}`,
        }))}
      />
      <Button
        variant="default"
        disabled={isDisabled || !found.data}
        loading={all.isPending}
        onClick={() => all.mutate()}
      >
        Try the last {Math.min(TRIED, found.data ? triggers.length : TRIED)}
      </Button>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      <ProblemAlert error={all.error} />
      {all.data && <Results tried={all.data} />}
    </Stack>
  )
}

function Results({ tried }: { tried: readonly Tried[] }) {
  const services = useServices().names
  return (
    <ol className={classes.tried} aria-label="What would become of them">
      {tried.map(({ event, decision }) => {
        const rules = matchedRules(decision.trace)
        return (
          <li key={event.id}>
            <span className={classes.summary}>{event.summary ?? event.dedup_key}</span>
            <span className={classes.fate}>
              <StatusBadge state={decision.severity} plain />
              {decision.service_id !== event.service_id && <span>to {services.get(decision.service_id) ?? '…'}</span>}
              {decision.muted_by && <strong>pages nobody: {muteWords(decision.muted_by)}</strong>}
              <span>{rules.length > 0 ? rules.join(', ') : 'no rule matches'}</span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** One event with all it said, and each decision about it. */
import { Modal, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { LinkAnchor } from '../../components/links'
import { type State, StatusBadge } from '../../components/StatusBadge'
import { Clock } from '../../components/Time'
import { Trace } from '../event-rules/Trace'
import classes from './EventModal.module.css'

export function EventModal({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <Modal opened={id !== undefined} onClose={onClose} title="Event" size="lg">
      {id && <Event id={id} />}
    </Modal>
  )
}

function Event({ id }: { id: string }) {
  const found = useQuery(useApi().get('/v1/events/{event_id}', { path: { event_id: id } }))
  return <Loaded query={found}>{event => <Told event={event} />}</Loaded>
}

function Told({ event }: { event: Model<'TracedEvent'> }) {
  const { id: org } = useOrganization()
  const labels = Object.entries(event.labels)
  return (
    <Stack>
      <div>
        <Text fw={600} className={classes.summary}>
          {event.summary ?? 'Without a summary'}
        </Text>
        <div className={classes.facts}>
          {event.severity && event.action === 'trigger' && <StatusBadge state={event.severity as State} plain />}
          <span>
            {event.action}, <Clock at={event.received_at} />
          </span>
          {event.source && <span>from {event.source}</span>}
          {event.incident_id && (
            <LinkAnchor fz="inherit" to="/o/$org/incidents/$incident" params={{ org, incident: event.incident_id }}>
              Its incident
            </LinkAnchor>
          )}
        </div>
        {event.dedup_key && (
          <p className={classes.key}>
            Dedup key <code>{event.dedup_key}</code>
          </p>
        )}
      </div>
      <section aria-labelledby="event-why">
        <Title order={3} size="h4" id="event-why" mb="xs">
          Why
        </Title>
        <Trace lines={event.trace} />
      </section>
      {labels.length > 0 && (
        <section aria-labelledby="event-labels">
          <Title order={3} size="h4" id="event-labels" mb="xs">
            Labels, as conditions see them
          </Title>
          <Table layout="fixed" verticalSpacing={6} horizontalSpacing="xs" className={classes.labels}>
            <Table.Tbody>
              {labels.map(([name, value]) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" w="35%">
                    {name}
                  </Table.Th>
                  <Table.Td>{value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </Stack>
  )
}

/** Events as they came in, and what became of each; one of them leads to why. */
import { Button, Card } from '@mantine/core'
import { IconBolt, IconCheck, IconGitCommit, IconUserCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Time } from '../../components/Time'
import { ListSkeleton } from '../incidents/ListSkeleton'
import classes from './EventList.module.css'
import { outcomeOf } from './outcomes'
import rows from './Rows.module.css'
import { useIntegrations } from './useNames'

export type Event = Model<'Event'>

const ICONS = { trigger: IconBolt, acknowledge: IconUserCheck, resolve: IconCheck, change: IconGitCommit } as const
const WORDS = { trigger: 'Trigger', acknowledge: 'Acknowledge', resolve: 'Resolve', change: 'Change' } as const
const PAGE = 50
/** How many are shown at first beside other things. */
const FEW = 10

interface Properties {
  service: string
  /** Only what came by it. */
  integration?: string
  onLook: (id: string) => void
  /** Shown where there are none. */
  children: ReactNode
}

export function EventList({ service, integration, onLook, children }: Properties) {
  const path = { service_id: service }
  const found = useInfiniteQuery(useApi().list('/v1/services/{service_id}/events', { path, query: { limit: PAGE } }))
  const names = new Map(useIntegrations(service).data?.items.map(({ id, name }) => [id, name]))
  const all = found.data?.pages.flatMap(page => page.items) ?? []
  const [isWhole, setWhole] = useState(integration === undefined)
  const those = integration ? all.filter(one => one.integration_id === integration) : all
  const events = isWhole ? those : those.slice(0, FEW)
  const hasMore = found.hasNextPage || events.length < those.length
  const showMore = () => {
    if (events.length === those.length) void found.fetchNextPage()
    setWhole(true)
  }
  return (
    <>
      <div className={rows.problem}>
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      </div>
      {found.isPending && <ListSkeleton />}
      {found.data && events.length === 0 && !found.hasNextPage && children}
      {events.length > 0 && (
        <Card p={0} component="ul" className={rows.list}>
          {events.map(one => (
            <Row
              key={one.id}
              event={one}
              from={one.monitor_id ? 'a monitor' : integration ? undefined : names.get(one.integration_id ?? '')}
              onLook={() => onLook(one.id)}
            />
          ))}
        </Card>
      )}
      {hasMore && (
        <div className={rows.more}>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={showMore}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

function Row({ event, from, onLook }: { event: Event; from: string | undefined; onLook: () => void }) {
  const { id: org } = useOrganization()
  const Icon = ICONS[event.action]
  return (
    <li className={rows.row}>
      <div>
        <button type="button" className={`${rows.name} ${classes.look}`} onClick={onLook}>
          {event.summary ?? event.dedup_key ?? 'Without a summary'}
        </button>
        <div className={rows.facts}>
          <span className={classes.action} data-action={event.action}>
            <Icon size={15} aria-hidden /> {WORDS[event.action]}
          </span>
          <span>{outcomeOf(event.outcome)}</span>
          {from && <span className={classes.from}>from {from}</span>}
          {event.incident_id && (
            <LinkAnchor
              className={classes.incident}
              fz="inherit"
              to="/o/$org/incidents/$incident"
              params={{ org, incident: event.incident_id }}
            >
              Its incident
            </LinkAnchor>
          )}
        </div>
      </div>
      <div className={classes.at}>
        <Time at={event.received_at} />
      </div>
    </li>
  )
}

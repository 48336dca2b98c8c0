/** When a monitor was down, what was seen, and the incident people were told by. */
import { Button, Card, Group, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { LinkAnchor, LinkButton } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Span } from '../../components/Span'
import { StatusBadge } from '../../components/StatusBadge'
import { Clock, formatDuration } from '../../components/Time'
import classes from './OutageList.module.css'
import { evidenceOf, type SeenIn } from './outageEvidence'
import { useLocations } from './queries'
import { type Monitor, regionName } from './words'

type Outage = Model<'Outage'>

const PAGE = 25

/** With `most`, only the last few and a link to all. */
export function OutageList({ monitor, most }: { monitor: Monitor; most?: number }) {
  const { id: org } = useOrganization()
  const path = { monitor_id: monitor.id }
  const query = { limit: most ?? PAGE }
  const found = useInfiniteQuery(useApi().list('/v1/monitors/{monitor_id}/outages', { path, query }))
  const outages = found.data?.pages.flatMap(page => page.items) ?? []
  return (
    <Card>
      <Title order={2} size="h4" mb="sm">
        {most ? 'Last outages' : 'Outages'}
      </Title>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.data && outages.length === 0 && (
        <Text size="sm" c="dimmed">
          It was never down as long as it has been watched.
        </Text>
      )}
      <ul className={classes.list}>
        {outages.map(one => (
          <Row key={one.id} outage={one} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          {most ? (
            <LinkButton
              variant="default"
              size="sm"
              to="/o/$org/monitors/$monitor"
              params={{ org, monitor: monitor.id }}
              search={{ tab: 'outages' }}
              resetScroll={false}
            >
              All outages
            </LinkButton>
          ) : (
            <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              Show more
            </Button>
          )}
        </Group>
      )}
    </Card>
  )
}

function Row({ outage }: { outage: Outage }) {
  const { id: org } = useOrganization()
  const { why, regions } = evidenceOf(outage.evidence)
  return (
    <li className={classes.row}>
      {outage.ends_at ? (
        <span className={classes.duration}>{formatDuration(outage.seconds)}</span>
      ) : (
        <StatusBadge state="down" word="Still down" />
      )}
      <div className={classes.what}>
        <span className={classes.when}>
          {outage.ends_at ? <Span from={outage.starts_at} to={outage.ends_at} /> : <Clock at={outage.starts_at} />}
        </span>
        {why && <span className={classes.why}>{why}</span>}
        {regions.length > 0 && <Seen regions={regions} />}
      </div>
      {outage.incident_id && (
        <LinkAnchor
          to="/o/$org/incidents/$incident"
          params={{ org, incident: outage.incident_id }}
          fz="sm"
          className={classes.incident}
        >
          Incident #{outage.incident_number}
        </LinkAnchor>
      )}
    </li>
  )
}

function Seen({ regions }: { regions: readonly SeenIn[] }) {
  const locations = useLocations().names
  return (
    <details className={classes.seen}>
      <summary>What was seen where</summary>
      <ul>
        {regions.map(({ region, status, why, facts }) => (
          <li key={region}>
            <strong>{regionName(region, locations)}</strong> {status}
            {[why, ...facts].filter(Boolean).map(one => `, ${one}`)}
          </li>
        ))}
      </ul>
    </details>
  )
}

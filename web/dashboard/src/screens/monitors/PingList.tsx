/** What a heartbeat was told: the last hundred pings, with what came in their bodies. */
import { Button, Card, Code, Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { type State, StatusBadge } from '../../components/StatusBadge'
import { Clock } from '../../components/Time'
import classes from './ResultList.module.css'
import { formatLatency, type Monitor } from './words'

type Ping = Model<'Ping'>

const PAGE = 50
const ACTIONS: Readonly<Record<Ping['action'], { state: State; word: string }>> = {
  success: { state: 'up', word: 'Went well' },
  start: { state: 'info', word: 'Began' },
  fail: { state: 'down', word: 'Failed' },
  log: { state: 'unknown', word: 'Note' },
}

export function PingList({ monitor }: { monitor: Monitor }) {
  const found = useInfiniteQuery(
    useApi().list('/v1/monitors/{monitor_id}/pings', { path: { monitor_id: monitor.id }, query: { limit: PAGE } }),
  )
  const pings = found.data?.pages.flatMap(page => page.items) ?? []
  return (
    <Card>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.data && pings.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing has reported yet. On the overview are snippets for jobs.
        </Text>
      )}
      <ul className={classes.list}>
        {pings.map(one => (
          <Row key={one.id} ping={one} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
    </Card>
  )
}

function Row({ ping }: { ping: Ping }) {
  const { state, word } = ACTIONS[ping.action]
  const facts = [
    ping.exit_status !== null && `exit status ${ping.exit_status}`,
    ping.is_ignored && 'counts for nothing',
    ping.user_agent,
  ].filter(Boolean)
  const head = (
    <span className={classes.head}>
      <StatusBadge state={state} word={word} />
      <span className={classes.region}>{ping.method}</span>
      <span className={classes.why}>{facts.join(', ')}</span>
      <span className={classes.ms}>{ping.duration_ms !== null && formatLatency(ping.duration_ms)}</span>
      <span className={classes.at}>
        <Clock at={ping.received_at} />
      </span>
    </span>
  )
  if (!ping.body) return <li className={classes.row}>{head}</li>
  return (
    <li className={classes.row}>
      <details>
        <summary>{head}</summary>
        <Code block className={classes.value}>
          {ping.body}
        </Code>
      </details>
    </li>
  )
}

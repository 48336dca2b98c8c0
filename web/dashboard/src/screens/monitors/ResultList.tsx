/** Single results of a monitor, newest first, narrowed down by region and status. */
import { Button, Card, Code, Group, Select, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StatusBadge } from '../../components/StatusBadge'
import { Clock } from '../../components/Time'
import { useLocations } from './queries'
import classes from './ResultList.module.css'
import { TimingBar } from './TimingBar'
import { formatLatency, type Monitor, REASONS, regionName, type Status } from './words'

const route = getRouteApi('/o/$org/monitors/$monitor')
const PAGE = 50

export function ResultList({ monitor }: { monitor: Monitor }) {
  const { region, status } = route.useSearch()
  const navigate = route.useNavigate()
  const locations = useLocations().names
  const query = { limit: PAGE, region: region ? [region] : undefined, status: status ? [status] : undefined }
  const found = useInfiniteQuery(
    useApi().list('/v1/monitors/{monitor_id}/results', { path: { monitor_id: monitor.id }, query }),
  )
  const results = found.data?.pages.flatMap(page => page.items) ?? []
  const change = (narrowed: { region?: string; status?: Status }) =>
    void navigate({ search: before => ({ ...before, ...narrowed }), replace: true, resetScroll: false })
  return (
    <Card>
      <Group mb="sm" gap="sm">
        <Select
          aria-label="Region"
          placeholder="All regions"
          clearable
          value={region ?? null}
          onChange={value => change({ region: value ?? undefined })}
          data={monitor.regions.map(one => ({ value: one, label: regionName(one, locations) }))}
        />
        <Select
          aria-label="Status"
          placeholder="Whatever came of it"
          clearable
          value={status ?? null}
          onChange={value => change({ status: (value ?? undefined) as Status | undefined })}
          data={[
            { value: 'down', label: 'Down' },
            { value: 'degraded', label: 'Degraded' },
            { value: 'unknown', label: 'Unknown' },
            { value: 'up', label: 'Up' },
          ]}
        />
      </Group>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.data && results.length === 0 && (
        <Text size="sm" c="dimmed">
          {region || status
            ? 'No result is like that.'
            : 'There are no single results: they are kept for some days, the figures made of them for good.'}
        </Text>
      )}
      <ul className={classes.list} aria-busy={found.isPlaceholderData}>
        {results.map(one => (
          <Row key={`${one.tick}.${one.region}`} result={one} name={regionName(one.region, locations)} />
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

/** Names and values of what was seen, as text. */
export function seen(evidence: Record<string, unknown> | null): [string, string][] {
  return Object.entries(evidence ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => [name.replaceAll('_', ' '), typeof value === 'string' ? value : JSON.stringify(value)])
}

function Row({ result, name }: { result: Model<'StoredResult'>; name: string }) {
  const { timings, latency_ms: ms } = result
  const lines = seen(result.evidence)
  const details = lines.length > 0 || (timings && ms !== null)
  const head = (
    <span className={classes.head}>
      <StatusBadge state={result.status} />
      <span className={classes.region}>{name}</span>
      <span className={classes.why}>{result.reason && REASONS[result.reason]}</span>
      <span className={classes.ms}>{ms !== null && formatLatency(ms)}</span>
      <span className={classes.at}>
        <Clock at={result.tick} />
      </span>
    </span>
  )
  return (
    <li className={classes.row}>
      {details ? (
        <details>
          <summary>{head}</summary>
          <div className={classes.more}>
            {timings && ms !== null && <TimingBar timings={timings} total={ms} longest={ms} />}
            {lines.map(([what, value]) => (
              <div key={what}>
                <span className={classes.what}>{what}</span>
                <Code block className={classes.value}>
                  {value}
                </Code>
              </div>
            ))}
            {result.attempts > 1 && <Text size="sm">{result.attempts} attempts</Text>}
          </div>
        </details>
      ) : (
        head
      )}
    </li>
  )
}

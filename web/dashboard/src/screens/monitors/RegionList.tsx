/** What a monitor is in each of its regions. */
import { Card, Text, Title } from '@mantine/core'
import type { Model } from '../../api/types'
import { StatusBadge } from '../../components/StatusBadge'
import { Time } from '../../components/Time'
import { useLocations } from './queries'
import classes from './RegionList.module.css'
import { formatLatency, type Monitor, REASONS, regionName } from './words'

type State = Model<'RegionState'>

export function RegionList({ monitor, states }: { monitor: Monitor; states: readonly State[] }) {
  const locations = useLocations().names
  const heard = new Map(states.map(one => [one.region, one]))
  const longest = Math.max(1, ...states.map(one => one.last_latency_ms ?? 0))
  return (
    <Card>
      <Title order={2} size="h4" mb="sm">
        Regions
      </Title>
      <ul className={classes.list}>
        {monitor.regions.map(region => (
          <Row key={region} name={regionName(region, locations)} state={heard.get(region)} longest={longest} />
        ))}
      </ul>
      {states.length === 0 && !monitor.paused_at && (
        <Text size="sm" c="dimmed" mt="sm">
          No region has reported yet. The first results come within an interval.
        </Text>
      )}
    </Card>
  )
}

function Row({ name, state, longest }: { name: string; state: State | undefined; longest: number }) {
  const ms = state?.last_latency_ms
  return (
    <li className={classes.row}>
      <span className={classes.name}>{name}</span>
      <span className={classes.state}>
        <StatusBadge state={state?.status ?? 'unknown'} word={state ? undefined : 'Not heard yet'} />
      </span>
      <span className={classes.latency}>
        {typeof ms === 'number' && (
          <>
            <span className={classes.track} aria-hidden>
              <span className={classes.fill} style={{ width: `${Math.max(2, (ms / longest) * 100)}%` }} />
            </span>
            <span className={classes.ms}>{formatLatency(ms)}</span>
          </>
        )}
      </span>
      <span className={classes.last}>
        {state?.last_reason && <span className={classes.reason}>{REASONS[state.last_reason]}, </span>}
        {state && (
          <>
            checked <Time at={state.last_tick} />
          </>
        )}
      </span>
    </li>
  )
}

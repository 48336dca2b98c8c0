/** How available a monitor was for three months: a stroke for each day, and figures for day, week, month and all of it. */
import { Card, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { Loaded } from '../../components/Loaded'
import { formatDuration } from '../../components/Time'
import { formatUptime, UptimeBar, UptimeLegend } from '../../components/UptimeBar'
import { DownDays } from './DownDays'
import { slowly } from './queries'
import classes from './UptimeCard.module.css'
import type { Monitor } from './words'

const DAYS = 90
const SPANS = [
  { days: 1, label: 'Today' },
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: DAYS, label: '90 days' },
] as const

type Seconds = Pick<Model<'UptimeDay'>, 'up_seconds' | 'degraded_seconds' | 'down_seconds'>

/** The share of days together: seconds are added, so that a short day weighs less. Null where nothing is known. */
export function shareOf(days: readonly Seconds[]): number | null {
  const sum = (name: keyof Seconds) => days.reduce((total, day) => total + day[name], 0)
  const well = sum('up_seconds') + sum('degraded_seconds')
  const known = well + sum('down_seconds')
  return known > 0 ? well / known : null
}

export function UptimeCard({ monitor }: { monitor: Monitor }) {
  const found = useQuery(
    slowly(
      useApi().get('/v1/monitors/{monitor_id}/uptime', {
        path: { monitor_id: monitor.id },
        query: { days: DAYS, time_zone: viewerZone },
      }),
    ),
  )
  return (
    <Card>
      <Title order={2} size="h4" mb="sm">
        Uptime
      </Title>
      <Loaded query={found}>
        {({ items, total }) => (
          <>
            <dl className={classes.figures}>
              {SPANS.map(({ days, label }) => {
                const share = shareOf(items.slice(-days))
                return (
                  <div key={days}>
                    <dt>{label}</dt>
                    <dd>{share === null ? '–' : formatUptime(share)}</dd>
                  </div>
                )
              })}
            </dl>
            <UptimeBar
              days={items}
              label={`Uptime of ${items.length} days: ${total.uptime === null ? 'not known' : formatUptime(total.uptime)}`}
            />
            <Group justify="space-between" className={classes.ends}>
              <span>{DAYS} days ago</span>
              <span>today</span>
            </Group>
            <UptimeLegend />
            <Rest total={total} />
            <DownDays days={items} />
          </>
        )}
      </Loaded>
    </Card>
  )
}

/** What is not held for or against it, told beside the figure. */
function Rest({ total }: { total: Model<'UptimeSeconds'> }) {
  const told = [
    total.down_seconds > 0 && `down for ${formatDuration(total.down_seconds)}`,
    total.degraded_seconds > 0 && `degraded for ${formatDuration(total.degraded_seconds)}`,
    total.maintenance_seconds > 0 && `in maintenance for ${formatDuration(total.maintenance_seconds)}`,
    total.unknown_seconds > 0 && `not known for ${formatDuration(total.unknown_seconds)}`,
  ].filter(one => one !== false)
  if (told.length === 0) return null
  return <p className={classes.rest}>In these days it was {told.join(', ')}.</p>
}

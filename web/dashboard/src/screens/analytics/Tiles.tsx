/** The figures one looks for first. */
import { Card } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatDuration } from '../../components/Time'
import type { Reports } from './AnalyticsScreen'
import { share } from './asked'
import classes from './Tiles.module.css'

const count = new Intl.NumberFormat()

function Tile({ name, children, more }: { name: string; children: ReactNode; more: string }) {
  return (
    <div className={classes.tile}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.figure}>{children}</span>
        <span className={classes.more}>{more}</span>
      </dd>
    </div>
  )
}

function times(median: number | null, slow: number | null): { figure: string; more: string } {
  if (median === null || slow === null) return { figure: '–', more: 'none yet' }
  return { figure: formatDuration(median), more: `90% within ${formatDuration(slow)}` }
}

export function Tiles({ response: { total }, load, noise }: Reports) {
  const acknowledged = times(total.acknowledge_p50_seconds, total.acknowledge_p90_seconds)
  const resolved = times(total.resolve_p50_seconds, total.resolve_p90_seconds)
  const pages = load.items.reduce((sum, one) => sum + one.pages, 0)
  const nights = load.items.reduce((sum, one) => sum + one.night, 0)
  const daytime = load.items.reduce((sum, one) => sum + one.daytime, 0)
  const alerts = noise.items.reduce((sum, one) => sum + one.alerts, 0)
  return (
    <Card component="dl" className={classes.tiles} p={0}>
      <Tile name="Incidents" more={`of ${count.format(alerts)} alerts`}>
        {count.format(total.incidents)}
      </Tile>
      <Tile name="Acknowledged after" more={acknowledged.more}>
        {acknowledged.figure}
      </Tile>
      <Tile name="Resolved after" more={resolved.more}>
        {resolved.figure}
      </Tile>
      <Tile name="Pages" more={`to ${load.items.length} ${load.items.length === 1 ? 'person' : 'people'}`}>
        {count.format(pages)}
      </Tile>
      <Tile name="Out of hours" more={`${count.format(nights)} at night`}>
        {share(pages > 0 ? (pages - daytime) / pages : null)}
      </Tile>
    </Card>
  )
}

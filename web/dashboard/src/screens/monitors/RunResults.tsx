/** What has come of a check that somebody asked for, region by region, while it comes in. */
import { Alert, Code, Loader, Stack, Text } from '@mantine/core'
import type { Model } from '../../api/types'
import { StatusBadge } from '../../components/StatusBadge'
import { CertificateFacts } from './CertificateCard'
import { useLocations } from './queries'
import classes from './RunResults.module.css'
import { TimingBar } from './TimingBar'
import { REASONS, regionName } from './words'

type Run = Model<'MonitorRun'>
type Result = Model<'RunResult'>

/** `isOver`: nobody waits any longer for those that have not answered. */
export function RunResults({ run, isOver }: { run: Run; isOver: boolean }) {
  const locations = useLocations().names
  const longest = Math.max(1, ...run.results.map(one => one.timings?.total ?? 0))
  const names = run.waiting_for.map(one => regionName(one, locations)).join(', ')
  return (
    <Stack gap="sm">
      <div role="status">
        {run.waiting_for.length === 0 && <Text size="sm">All {run.regions.length} regions have answered.</Text>}
        {run.waiting_for.length > 0 && !isOver && (
          <Text size="sm" className={classes.waiting}>
            <Loader size={16} aria-hidden /> Waiting for {names}…
          </Text>
        )}
      </div>
      {run.waiting_for.length > 0 && isOver && (
        <Alert color="yellow" title="Not every region has answered">
          Nothing came from {names}. A region that is behind or sees nothing may still answer within the day.
        </Alert>
      )}
      <ul className={classes.list}>
        {run.results.map(one => (
          <Row key={one.region} result={one} name={regionName(one.region, locations)} longest={longest} />
        ))}
      </ul>
    </Stack>
  )
}

function Row({ result, name, longest }: { result: Result; name: string; longest: number }) {
  const { timings, certificate, excerpt, attempts } = result
  const why = result.detail ?? (result.reason && REASONS[result.reason])
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <strong>{name}</strong>
        <StatusBadge state={result.status} />
        {typeof result.http_status === 'number' && <span>HTTP {result.http_status}</span>}
        {result.address && <span className={classes.address}>{result.address}</span>}
        {attempts > 1 && <span>{attempts} attempts</span>}
      </div>
      {why && <p className={classes.why}>{why}</p>}
      {timings && <TimingBar timings={timings} total={timings.total} longest={longest} />}
      {certificate && (
        <details>
          <summary>Certificate</summary>
          <CertificateFacts certificate={certificate} />
        </details>
      )}
      {excerpt && (
        <details>
          <summary>What it answered</summary>
          <Code block className={classes.excerpt}>
            {excerpt}
          </Code>
        </details>
      )}
    </li>
  )
}

/** What a monitor belongs to and when it pages, beside its figures. */
import { Card } from '@mantine/core'
import { useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { formatDuration, Time } from '../../components/Time'
import { Fact, Facts } from './Facts'
import { useGroups, useServices, useTeams } from './queries'
import type { Monitor } from './words'

/** What it takes to be believed, in a sentence. */
export function beliefOf(monitor: Monitor): string {
  const { regions, quorum, failures_to_down: failures } = monitor
  const times = failures === 1 ? 'one failed check' : `${failures} failed checks in a row`
  if (regions.length === 1) return times
  return `${times}, ${quorum === null ? 'in more than half of its regions' : `in ${quorum} of ${regions.length} regions`}`
}

export function MonitorFacts({ monitor }: { monitor: Monitor }) {
  const { id: org } = useOrganization()
  const services = useServices().names
  const teams = useTeams().names
  const groups = useGroups().names
  const isHeartbeat = monitor.kind === 'heartbeat'
  return (
    <Card>
      <Facts>
        <Fact name="Service">
          <LinkAnchor to="/o/$org/services/$service" params={{ org, service: monitor.service_id }} fz="sm">
            {services.get(monitor.service_id) ?? '…'}
          </LinkAnchor>
        </Fact>
        {monitor.group_id && <Fact name="Group">{groups.get(monitor.group_id) ?? '…'}</Fact>}
        {monitor.team_id && <Fact name="Team">{teams.get(monitor.team_id) ?? '…'}</Fact>}
        {monitor.tags.length > 0 && <Fact name="Tags">{monitor.tags.join(', ')}</Fact>}
        {monitor.description && <Fact name="About">{monitor.description}</Fact>}
        {!isHeartbeat && <Fact name="Checked">every {formatDuration(monitor.interval_seconds)}</Fact>}
        {monitor.last_checked_at && (
          <Fact name={isHeartbeat ? 'Last heard' : 'Last checked'}>
            <Time at={monitor.last_checked_at} />
          </Fact>
        )}
        {!isHeartbeat && <Fact name="Down after">{beliefOf(monitor)}</Fact>}
        {monitor.confirmation_seconds > 0 && (
          <Fact name="Pages after">{formatDuration(monitor.confirmation_seconds)} more</Fact>
        )}
        {monitor.recovery_seconds > 0 && (
          <Fact name="Over after">{formatDuration(monitor.recovery_seconds)} without a failure</Fact>
        )}
        <Fact name="Severity">{monitor.severity}</Fact>
      </Facts>
    </Card>
  )
}

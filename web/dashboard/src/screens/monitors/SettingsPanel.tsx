/** How a monitor is set, its beacon, and its end. */
import { Card, Group, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { Clock, formatDuration } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { BeaconCard } from './BeaconCard'
import { Fact, Facts } from './Facts'
import { useLocations } from './queries'
import { specLines } from './specLines'
import { KINDS, type Monitor, regionName } from './words'

export function SettingsPanel({ monitor }: { monitor: Monitor }) {
  return (
    <Stack maw="44rem">
      <WhyNot role="admin" team={monitor.team_id} />
      <Card>
        <Configuration monitor={monitor} />
      </Card>
      {monitor.kind === 'http' && <BeaconCard monitor={monitor} />}
      <DeleteMonitor monitor={monitor} />
    </Stack>
  )
}

function Configuration({ monitor }: { monitor: Monitor }) {
  const locations = useLocations().names
  const isHeartbeat = monitor.kind === 'heartbeat'
  return (
    <Facts>
      <Fact name="Kind">{KINDS[monitor.kind].label}</Fact>
      {specLines(monitor.spec).map(([name, value]) => (
        <Fact key={`${name}.${value}`} name={name}>
          {value}
        </Fact>
      ))}
      {monitor.secret_names.length > 0 && <Fact name="Secrets">{monitor.secret_names.join(', ')}</Fact>}
      {!isHeartbeat && (
        <>
          <Fact name="Interval">{formatDuration(monitor.interval_seconds)}</Fact>
          <Fact name="Timeout">{monitor.timeout_seconds} s</Fact>
          <Fact name="Regions">{monitor.regions.map(one => regionName(one, locations)).join(', ')}</Fact>
          <Fact name="Quorum">{monitor.quorum ?? 'more than half'}</Fact>
          <Fact name="Failures to down">{monitor.failures_to_down}</Fact>
          <Fact name="Successes to up">{monitor.successes_to_up}</Fact>
          <Fact name="Confirmation">{formatDuration(monitor.confirmation_seconds)}</Fact>
        </>
      )}
      <Fact name="Recovery">{formatDuration(monitor.recovery_seconds)}</Fact>
      <Fact name="Severity">{monitor.severity}</Fact>
      <Fact name="Version">
        {monitor.version}, saved <Clock at={monitor.updated_at} />
      </Fact>
      <Fact name="Id">{monitor.id}</Fact>
    </Facts>
  )
}

function DeleteMonitor({ monitor }: { monitor: Monitor }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const why = useWhyNot('admin', monitor.team_id)
  const end = async () => {
    await api.delete('/v1/monitors/{monitor_id}', { path: { monitor_id: monitor.id } })
    await navigate({ to: '/o/$org/monitors', params: { org } })
    queries.removeQueries({ queryKey: [org, 'monitors', '/v1/monitors/{monitor_id}'] })
    await queries.invalidateQueries({ queryKey: api.topic('monitors') })
  }
  return (
    <Card>
      <Group justify="space-between" gap="sm">
        <div>
          <Title order={2} size="h4">
            Take it out of use
          </Title>
          <Text size="sm" c="dimmed">
            What is open of it is resolved; its past stays on status pages that show it.
          </Text>
        </div>
        <ConfirmButton
          c="red"
          question={`Delete ${monitor.name.slice(0, 80)}?`}
          consequence="It is no longer checked, what is open of it is resolved, and this can’t be taken back."
          confirm="Delete the monitor"
          disabled={why !== null}
          title={why ?? undefined}
          onConfirm={end}
        >
          Delete
        </ConfirmButton>
      </Group>
    </Card>
  )
}

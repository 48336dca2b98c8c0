/** What a monitor is now, from everywhere, and how it fared lately. */
import { Card, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi } from '../../app/organization'
import { CertificateCard } from './CertificateCard'
import { EvidenceCard } from './EvidenceCard'
import { HeartbeatCard } from './HeartbeatCard'
import { LatencyPanel } from './LatencyPanel'
import { MonitorFacts } from './MonitorFacts'
import classes from './MonitorScreen.module.css'
import { OutageList } from './OutageList'
import { RegionList } from './RegionList'
import { RunCard } from './RunCard'
import { UptimeCard } from './UptimeCard'
import type { Monitor } from './words'

const route = getRouteApi('/o/$org/monitors/$monitor')
const LAST_OUTAGES = 3

export function OverviewPanel({ monitor }: { monitor: Monitor }) {
  const { run } = route.useSearch()
  const navigate = route.useNavigate()
  const isHeartbeat = monitor.kind === 'heartbeat'
  const path = { monitor_id: monitor.id }
  const regions = useQuery({ ...useApi().get('/v1/monitors/{monitor_id}/regions', { path }), enabled: !isHeartbeat })
  const close = () => void navigate({ search: before => ({ ...before, run: undefined }), replace: true })
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        {run && <RunCard id={run} monitor={monitor.id} onClose={close} />}
        {isHeartbeat && <HeartbeatCard monitor={monitor} />}
        <UptimeCard monitor={monitor} />
        {!isHeartbeat && <RegionList monitor={monitor} states={regions.data?.items ?? []} />}
        {!isHeartbeat && (
          <Card>
            <Title order={2} size="h4" mb="sm">
              Latency
            </Title>
            <LatencyPanel monitor={monitor} isShort />
          </Card>
        )}
        <OutageList monitor={monitor} most={LAST_OUTAGES} />
      </div>
      <aside className={classes.side} aria-label="Facts">
        <MonitorFacts monitor={monitor} />
        <CertificateCard states={regions.data?.items ?? []} />
        <EvidenceCard monitor={monitor} />
      </aside>
    </div>
  )
}

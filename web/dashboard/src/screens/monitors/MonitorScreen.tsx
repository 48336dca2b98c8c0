/** One monitor: what it is from where, how it fared, how fast it answers, and what it is set to. */
import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { Findings } from '../../components/Findings'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { StatusBadge } from '../../components/StatusBadge'
import { TabBar } from '../../components/TabBar'
import { Time } from '../../components/Time'
import type { MonitorTab } from '../../routes/monitors'
import { LatencyPanel } from './LatencyPanel'
import { MonitorActions } from './MonitorActions'
import classes from './MonitorScreen.module.css'
import { OutageList } from './OutageList'
import { OverviewPanel } from './OverviewPanel'
import { PingList } from './PingList'
import { ResultList } from './ResultList'
import { SettingsPanel } from './SettingsPanel'
import { KINDS, type Monitor, stateOf, targetOf } from './words'

const route = getRouteApi('/o/$org/monitors/$monitor')

export function MonitorScreen() {
  const { monitor: id } = route.useParams()
  const { id: org } = useOrganization()
  const found = useQuery(useApi().get('/v1/monitors/{monitor_id}', { path: { monitor_id: id } }))
  const monitor = found.data
  return (
    <Page
      title={monitor?.name ?? 'Monitor'}
      back={{ label: 'Monitors', to: '/o/$org/monitors', params: { org } }}
      actions={monitor && <MonitorActions monitor={monitor} />}
    >
      <Loaded query={found}>{one => <Shown monitor={one} />}</Loaded>
    </Page>
  )
}

function Shown({ monitor }: { monitor: Monitor }) {
  const { tab = 'overview' } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (value: string | null) =>
    void navigate({
      search: before => ({ run: before.run, tab: value === 'overview' ? undefined : (value as MonitorTab) }),
      replace: true,
      resetScroll: false,
    })
  const isHeartbeat = monitor.kind === 'heartbeat'
  return (
    <>
      <Badges monitor={monitor} />
      <Findings about={monitor.id} version={monitor.version} />
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <TabBar chosen={tab}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          {isHeartbeat && <Tabs.Tab value="pings">Pings</Tabs.Tab>}
          {!isHeartbeat && <Tabs.Tab value="latency">Latency</Tabs.Tab>}
          <Tabs.Tab value="outages">Outages</Tabs.Tab>
          {!isHeartbeat && <Tabs.Tab value="results">Results</Tabs.Tab>}
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </TabBar>
        <Tabs.Panel value="overview">
          <OverviewPanel monitor={monitor} />
        </Tabs.Panel>
        <Tabs.Panel value="pings">
          <PingList monitor={monitor} />
        </Tabs.Panel>
        <Tabs.Panel value="latency">
          <LatencyPanel monitor={monitor} />
        </Tabs.Panel>
        <Tabs.Panel value="outages">
          <OutageList monitor={monitor} />
        </Tabs.Panel>
        <Tabs.Panel value="results">
          <ResultList monitor={monitor} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SettingsPanel monitor={monitor} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function Badges({ monitor }: { monitor: Monitor }) {
  const { label, icon: Icon } = KINDS[monitor.kind]
  return (
    <div className={classes.badges}>
      <StatusBadge state={stateOf(monitor)} />
      {monitor.is_flapping && <StatusBadge state="warning" word="Flapping" />}
      {monitor.is_stale && !monitor.paused_at && <StatusBadge state="unknown" word="Not being checked" />}
      {monitor.pending_status && (
        <span>
          <StatusBadge state={monitor.pending_status} word={`Maybe ${monitor.pending_status}`} plain />
        </span>
      )}
      {monitor.paused_at ? (
        <span>
          paused <Time at={monitor.paused_at} />
        </span>
      ) : (
        monitor.since && (
          <span>
            for <Time at={monitor.since} bare />
          </span>
        )
      )}
      <span className={classes.target}>
        <Icon size={16} aria-label={label} /> <span>{targetOf(monitor.spec)}</span>
      </span>
    </div>
  )
}

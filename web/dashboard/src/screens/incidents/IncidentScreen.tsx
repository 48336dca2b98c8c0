/** One incident: what is wrong, who has it, what was done, who was told and what became of it, and why. */
import { Card, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi, useOrganization } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { StatusBadge } from '../../components/StatusBadge'
import type { IncidentTab } from '../../routes/incidents'
import { AlertList } from './AlertList'
import type { Detail } from './detail'
import { EscalationCard } from './EscalationCard'
import { Explanation } from './Explanation'
import { IncidentActions } from './IncidentActions'
import { IncidentFacts } from './IncidentFacts'
import classes from './IncidentScreen.module.css'
import { Owner } from './Owner'
import { PageList } from './PageList'
import { PagingStopped } from './PagingStopped'
import { incidentQueries } from './queries'
import { Timeline } from './Timeline'

const route = getRouteApi('/o/$org/incidents/$incident')
const LONG = 200

/** A title may have thousands of characters: three lines of it, and all of it when asked. */
function Title({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false)
  if (text.length <= LONG) return text
  return (
    <>
      <span className={isWhole ? undefined : classes.clamped}>{text}</span>
      <button type="button" className={classes.whole} onClick={() => setWhole(before => !before)}>
        {isWhole ? 'Show less' : 'Show all of it'}
      </button>
    </>
  )
}

export function IncidentScreen() {
  const { incident: id } = route.useParams()
  const { id: org } = useOrganization()
  const found = useQuery(incidentQueries(useApi(), id).incident)
  const one = found.data
  return (
    <Page
      title={one ? `#${one.number} ${one.title.slice(0, LONG)}` : 'Incident'}
      heading={one ? <Title text={one.title} /> : 'Incident'}
      back={{ label: 'Incidents', to: '/o/$org/incidents', params: { org } }}
    >
      <Loaded query={found}>{incident => <Incident incident={incident} />}</Loaded>
    </Page>
  )
}

function Incident({ incident }: { incident: Detail }) {
  const { tab = 'timeline' } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (value: string | null) =>
    void navigate({
      search: { tab: value === 'timeline' ? undefined : (value as IncidentTab) },
      replace: true,
      resetScroll: false,
    })
  return (
    <>
      <div className={classes.badges}>
        <StatusBadge state={incident.status} />
        <StatusBadge state={incident.severity} />
        {incident.snoozed_until && <StatusBadge state="snoozed" />}
        <span className={classes.owner}>
          <Owner incident={incident} />
        </span>
        <span className={classes.number}>#{incident.number}</span>
      </div>
      <PagingStopped stop={incident.paging_stop} />
      <IncidentActions incident={incident} />
      <div className={classes.columns}>
        <Card p={0} className={classes.main}>
          <Tabs value={tab} onChange={show} keepMounted={false}>
            <Tabs.List className={classes.tabs}>
              <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
              <Tabs.Tab value="pages">Who was told</Tabs.Tab>
              <Tabs.Tab value="alerts">Alerts ({incident.alerts.length})</Tabs.Tab>
              <Tabs.Tab value="why">Why</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="timeline" p="md">
              <Timeline incident={incident} />
            </Tabs.Panel>
            <Tabs.Panel value="pages" p="md">
              <PageList incident={incident} />
            </Tabs.Panel>
            <Tabs.Panel value="alerts" p="md">
              <AlertList incident={incident} />
            </Tabs.Panel>
            <Tabs.Panel value="why" p="md">
              <Explanation incident={incident} />
            </Tabs.Panel>
          </Tabs>
        </Card>
        <aside className={classes.side} aria-label="Facts">
          <IncidentFacts incident={incident} />
          <EscalationCard incident={incident} />
        </aside>
      </div>
    </>
  )
}

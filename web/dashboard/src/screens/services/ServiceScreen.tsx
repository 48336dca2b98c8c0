/** One service: the tools that report to it, what they said, its rules, what it depends on, and how it is set. */
import { Card, Tabs } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { Findings } from '../../components/Findings'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { TabBar } from '../../components/TabBar'
import { WhyNot } from '../../components/WhyNot'
import type { ServiceTab } from '../../routes/services'
import { RuleSet } from '../event-rules/RuleSet'
import { DependenciesPanel } from './DependenciesPanel'
import { EventList } from './EventList'
import { EventModal } from './EventModal'
import { IntegrationList } from './IntegrationList'
import { ServiceFacts } from './ServiceFacts'
import { ServiceSettings } from './ServiceSettings'
import type { Service } from './serviceValues'

const route = getRouteApi('/o/$org/services/$service')

export function ServiceScreen() {
  const { service: id } = route.useParams()
  const { id: org } = useOrganization()
  const found = useQuery(useApi().get('/v1/services/{service_id}', { path: { service_id: id } }))
  return (
    <Page title={found.data?.name ?? 'Service'} back={{ label: 'Services', to: '/o/$org/services', params: { org } }}>
      <Loaded query={found}>{service => <Content key={service.id} service={service} />}</Loaded>
    </Page>
  )
}

function Content({ service }: { service: Service }) {
  const { tab = 'integrations', event } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (value: string | null) =>
    void navigate({
      search: { tab: value === 'integrations' ? undefined : (value as ServiceTab) },
      replace: true,
      resetScroll: false,
    })
  const look = (id: string | undefined) =>
    void navigate({ search: before => ({ ...before, event: id }), resetScroll: false })
  return (
    <>
      <ServiceFacts service={service} />
      <Findings about={service.id} version={service.version} only={one => one.subject.kind !== 'event_rule'} />
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <TabBar chosen={tab}>
          <Tabs.Tab value="integrations">Integrations</Tabs.Tab>
          <Tabs.Tab value="events">Events</Tabs.Tab>
          <Tabs.Tab value="rules">Event rules</Tabs.Tab>
          <Tabs.Tab value="dependencies">Dependencies</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </TabBar>
        <Tabs.Panel value="integrations">
          <WhyNot role="admin" />
          <IntegrationList service={service.id} />
        </Tabs.Panel>
        <Tabs.Panel value="events">
          <EventList service={service.id} onLook={look}>
            <Card p={0}>
              <Empty icon={IconBolt} title="No events yet">
                What tools and monitors say about this service is listed here, with what became of it and why.
              </Empty>
            </Card>
          </EventList>
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <RuleSet service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="dependencies">
          <DependenciesPanel service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <ServiceSettings service={service} />
        </Tabs.Panel>
      </Tabs>
      <EventModal id={event} onClose={() => look(undefined)} />
    </>
  )
}

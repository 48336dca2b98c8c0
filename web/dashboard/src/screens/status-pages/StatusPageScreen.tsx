/** One status page: its components, what is written on it, who is told, and how it looks. */
import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { TabBar } from '../../components/TabBar'
import type { StatusPageTab } from '../../routes/status-pages'
import { ComponentsPanel } from './ComponentsPanel'
import { LookPanel } from './LookPanel'
import { PageFacts } from './PageFacts'
import { pageQueries, type StatusPage } from './queries'
import { ReportsPanel } from './ReportsPanel'
import { SettingsPanel } from './SettingsPanel'
import { SubscribersPanel } from './SubscribersPanel'
import { TemplatesPanel } from './TemplatesPanel'

const route = getRouteApi('/o/$org/status-pages/$page')

export function StatusPageScreen() {
  const { page: id } = route.useParams()
  const { id: org } = useOrganization()
  const found = useQuery(pageQueries(useApi(), id).page)
  return (
    <Page
      title={found.data?.name ?? 'Status page'}
      back={{ label: 'Status pages', to: '/o/$org/status-pages', params: { org } }}
    >
      <Loaded query={found}>{page => <Content key={page.id} page={page} />}</Loaded>
    </Page>
  )
}

function Content({ page }: { page: StatusPage }) {
  const { tab = 'components' } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (value: string | null) =>
    void navigate({
      search: { tab: value === 'components' ? undefined : (value as StatusPageTab) },
      replace: true,
      resetScroll: false,
    })
  return (
    <>
      <PageFacts page={page} />
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <TabBar chosen={tab}>
          <Tabs.Tab value="components">Components</Tabs.Tab>
          <Tabs.Tab value="reports">Reports</Tabs.Tab>
          <Tabs.Tab value="maintenance">Maintenance</Tabs.Tab>
          <Tabs.Tab value="subscribers">Subscribers</Tabs.Tab>
          <Tabs.Tab value="templates">Templates</Tabs.Tab>
          <Tabs.Tab value="look">Look</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </TabBar>
        <Tabs.Panel value="components">
          <ComponentsPanel page={page} />
        </Tabs.Panel>
        <Tabs.Panel value="reports">
          <ReportsPanel key="incident" page={page} kind="incident" />
        </Tabs.Panel>
        <Tabs.Panel value="maintenance">
          <ReportsPanel key="maintenance" page={page} kind="maintenance" />
        </Tabs.Panel>
        <Tabs.Panel value="subscribers">
          <SubscribersPanel page={page} />
        </Tabs.Panel>
        <Tabs.Panel value="templates">
          <TemplatesPanel page={page} />
        </Tabs.Panel>
        <Tabs.Panel value="look">
          <LookPanel page={page} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SettingsPanel page={page} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

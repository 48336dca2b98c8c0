/** One escalation policy: its steps, what would happen by it, and what it was. */
import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { TabBar } from '../../components/TabBar'
import { Time } from '../../components/Time'
import type { PolicyTab } from '../../routes/policies'
import { PolicyActions } from './PolicyActions'
import { PolicyVersions } from './PolicyVersions'
import type { Policy } from './policyForm'
import { SavedPolicy } from './SavedPolicy'
import { Simulate } from './Simulate'

const route = getRouteApi('/o/$org/policies/$policy')

export function PolicyScreen() {
  const { policy: id } = route.useParams()
  const { id: org } = useOrganization()
  const found = useQuery(useApi().get('/v1/escalation-policies/{policy_id}', { path: { policy_id: id } }))
  const one = found.data
  return (
    <Page
      title={one?.name ?? 'Escalation policy'}
      description={
        one && (
          <>
            Version {one.version}, saved <Time at={one.updated_at} />. Escalations that run stay on the version they
            began with.
          </>
        )
      }
      back={{ label: 'Escalation', to: '/o/$org/policies', params: { org } }}
      actions={one && <PolicyActions policy={one} />}
    >
      <Loaded query={found}>{policy => <Parts key={policy.id} policy={policy} />}</Loaded>
    </Page>
  )
}

function Parts({ policy }: { policy: Policy }) {
  const { tab = 'steps' } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (value: string | null) =>
    void navigate({
      search: before => ({ ...before, tab: value === 'steps' ? undefined : (value as PolicyTab) }),
      replace: true,
      resetScroll: false,
    })
  return (
    <Tabs value={tab} onChange={show} keepMounted={false}>
      <TabBar chosen={tab}>
        <Tabs.Tab value="steps">Steps</Tabs.Tab>
        <Tabs.Tab value="simulate">Simulate</Tabs.Tab>
        <Tabs.Tab value="history">History</Tabs.Tab>
      </TabBar>
      <Tabs.Panel value="steps">
        <SavedPolicy policy={policy} />
      </Tabs.Panel>
      <Tabs.Panel value="simulate">
        <Simulate policy={policy} />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <PolicyVersions policy={policy} />
      </Tabs.Panel>
    </Tabs>
  )
}

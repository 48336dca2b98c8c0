/** How a member is reached: for all to see, and for admins to set up in their place. */
import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { TabBar } from '../../components/TabBar'
import { WhyNot } from '../../components/WhyNot'
import type { MemberSearch } from '../../routes/people'
import { ContactsPanel } from '../me/ContactsPanel'
import { ReachAlert } from '../me/ReachAlert'
import { RulesPanel } from '../me/RulesPanel'
import { roleName } from './roles'

const route = getRouteApi('/o/$org/people/$user')

export function MemberScreen() {
  const { user } = route.useParams()
  const { id: org, userId } = useOrganization()
  const search = route.useSearch()
  const found = useQuery(useApi().get('/v1/members/{user_id}', { path: { user_id: user } }))
  if (user === userId)
    return (
      <Navigate to="/o/$org/me" params={{ org }} search={{ tab: search.tab ?? 'contacts', add: search.add }} replace />
    )
  return (
    <Page
      title={found.data?.name ?? 'Member'}
      description={found.data && describe(found.data)}
      back={{ label: 'People', to: '/o/$org/people', params: { org } }}
      width="narrow"
    >
      <Loaded query={found}>{() => <Reach key={user} userId={user} />}</Loaded>
    </Page>
  )
}

function describe({ email, role, teams }: Model<'Member'>): string {
  return [email, roleName(role), ...teams.map(one => one.name)].join(' · ')
}

function Reach({ userId }: { userId: string }) {
  const { tab = 'contacts', add } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (search: MemberSearch) => void navigate({ search, replace: true, resetScroll: false })
  return (
    <Tabs value={tab} onChange={value => show({ tab: value === 'rules' ? value : undefined })} keepMounted={false}>
      <TabBar chosen={tab}>
        <Tabs.Tab value="contacts">Contact methods</Tabs.Tab>
        <Tabs.Tab value="rules">Rules</Tabs.Tab>
      </TabBar>
      <ReachAlert userId={userId} />
      <WhyNot role="admin" />
      <Tabs.Panel value="contacts">
        <ContactsPanel userId={userId} added={add} onAdd={channel => show({ add: channel })} />
      </Tabs.Panel>
      <Tabs.Panel value="rules">
        <RulesPanel userId={userId} />
      </Tabs.Panel>
    </Tabs>
  )
}

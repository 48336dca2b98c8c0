/** One's own account: profile, how one is reached and paged, and the sign-in. */
import { Card, Tabs } from '@mantine/core'
import { IconUserCog } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { LinkButton } from '../../components/links'
import { Page } from '../../components/Page'
import { TabBar } from '../../components/TabBar'
import { WhyNot } from '../../components/WhyNot'
import type { MeSearch, MeTab } from '../../routes/people'
import { ContactsPanel } from './ContactsPanel'
import { ProfilePanel } from './ProfilePanel'
import { ReachAlert } from './ReachAlert'
import { RulesPanel } from './RulesPanel'
import { SecurityPanel } from './SecurityPanel'

const route = getRouteApi('/o/$org/me')

export function MeScreen() {
  const { userId } = useOrganization()
  return (
    <Page title="Me" width="narrow">
      {userId ? <Account userId={userId} /> : <Visitor />}
    </Page>
  )
}

function Account({ userId }: { userId: string }) {
  const { tab = 'profile', add } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (value: string | null) =>
    void navigate({
      search: { tab: value === 'profile' ? undefined : (value as MeTab) },
      replace: true,
      resetScroll: false,
    })
  const onAdd = (channel: MeSearch['add']) =>
    void navigate({ search: { tab: 'contacts', add: channel }, replace: true, resetScroll: false })
  const isPaging = tab === 'contacts' || tab === 'rules'
  return (
    <Tabs value={tab} onChange={show} keepMounted={false}>
      <TabBar chosen={tab}>
        <Tabs.Tab value="profile">Profile</Tabs.Tab>
        <Tabs.Tab value="contacts">Contact methods</Tabs.Tab>
        <Tabs.Tab value="rules">Rules</Tabs.Tab>
        <Tabs.Tab value="security">Security</Tabs.Tab>
      </TabBar>
      <ReachAlert userId={userId} />
      {isPaging && <WhyNot role="responder" />}
      <Tabs.Panel value="profile">
        <ProfilePanel userId={userId} />
      </Tabs.Panel>
      <Tabs.Panel value="contacts">
        <ContactsPanel userId={userId} added={add} onAdd={onAdd} />
      </Tabs.Panel>
      <Tabs.Panel value="rules">
        <RulesPanel userId={userId} />
      </Tabs.Panel>
      <Tabs.Panel value="security">
        <SecurityPanel />
      </Tabs.Panel>
    </Tabs>
  )
}

function Visitor() {
  return (
    <Card p={0}>
      <Empty
        icon={IconUserCog}
        title="A visitor has no account"
        action={<LinkButton to="/sign-up">Create an account</LinkButton>}
      >
        With one of your own, you say here how you are reached, and in which order when something breaks.
      </Empty>
    </Card>
  )
}

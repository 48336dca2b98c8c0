/** Who is in the organization, in which role and teams, and who has been invited. */
import { Button, Modal, Tabs } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { Page } from '../../components/Page'
import { TabBar } from '../../components/TabBar'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import type { PeopleTab } from '../../routes/people'
import { InvitationsPanel } from './InvitationsPanel'
import { InviteModal } from './InviteModal'
import { MembersPanel } from './MembersPanel'
import classes from './PeopleScreen.module.css'
import { ROLES } from './roles'
import { TeamsPanel } from './TeamsPanel'

const route = getRouteApi('/o/$org/people')

export function PeopleScreen() {
  const { tab = 'members', invite } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('admin')
  const [hasHelp, help] = useDisclosure(false)
  const show = (value: string | null) =>
    void navigate({
      search: { tab: value === 'members' ? undefined : (value as PeopleTab) },
      replace: true,
      resetScroll: false,
    })
  const open = (isOpen: boolean) =>
    void navigate({ search: before => ({ ...before, invite: isOpen || undefined }), replace: true })
  return (
    <Page
      title="People"
      actions={
        <>
          <Button variant="default" onClick={help.open}>
            What each role can do
          </Button>
          <Button
            leftSection={<IconUserPlus size={18} aria-hidden />}
            disabled={why !== null}
            onClick={() => open(true)}
          >
            Invite people
          </Button>
        </>
      }
    >
      <WhyNot role="admin" team="any" />
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <TabBar chosen={tab}>
          <Tabs.Tab value="members">Members</Tabs.Tab>
          <Tabs.Tab value="teams">Teams</Tabs.Tab>
          <Tabs.Tab value="invitations">Invitations</Tabs.Tab>
        </TabBar>
        <Tabs.Panel value="members">
          <MembersPanel />
        </Tabs.Panel>
        <Tabs.Panel value="teams">
          <TeamsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="invitations">
          <InvitationsPanel />
        </Tabs.Panel>
      </Tabs>
      <InviteModal isOpen={invite === true && why === null} onClose={() => open(false)} />
      <Modal opened={hasHelp} onClose={help.close} title="What each role can do" size="lg">
        <dl className={classes.roles}>
          {ROLES.map(one => (
            <div key={one.value}>
              <dt>{one.label}</dt>
              <dd>{one.may}</dd>
            </div>
          ))}
          <div>
            <dt>Lead of a team</dt>
            <dd>Also changes what the team owns, and who is in it.</dd>
          </div>
        </dl>
      </Modal>
    </Page>
  )
}

/** Channels and webhooks that steps of a policy can page: made, tried, switched off, taken out of use. */
import { Button, Card, Menu, Stack } from '@mantine/core'
import { IconMessages, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { ListSkeleton } from '../incidents/ListSkeleton'
import list from '../me/ContactsPanel.module.css'
import { CHANNELS } from '../me/channels'
import { DestinationModal } from './DestinationModal'
import { DestinationRow } from './DestinationRow'
import { KINDS, type Kind } from './destinations'

const PAGE = 50
const route = getRouteApi('/o/$org/policies/destinations')

export function DestinationsScreen() {
  const { id: org } = useOrganization()
  const { add, edit } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('admin', 'any')
  const found = useInfiniteQuery(useApi().list('/v1/destinations', { query: { limit: PAGE } }))
  const items = found.data?.pages.flatMap(page => page.items) ?? []
  const edited = items.find(one => one.id === edit)
  const whyNotEdited = useWhyNot('admin', edited?.team_id)
  const adding = <AddMenu why={why} onAdd={kind => void navigate({ search: { add: kind } })} />
  return (
    <Page
      title="Channels and webhooks"
      description="What a step of an escalation policy can page beside people. Nobody acknowledges there, so let a person follow."
      width="narrow"
      back={{ label: 'Escalation', to: '/o/$org/policies', params: { org } }}
      actions={items.length > 0 && adding}
    >
      <WhyNot role="admin" team="any" />
      <Stack>
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        {found.isPending && <ListSkeleton />}
        {found.data && items.length === 0 && (
          <Card p={0}>
            <Empty icon={IconMessages} title="No channel is told yet" action={adding}>
              Let a Slack channel or your own code hear of incidents as they open, beside whoever is on call.
            </Empty>
          </Card>
        )}
        {items.length > 0 && (
          <Card p={0} component="ul" className={list.list} aria-label="Channels and webhooks">
            {items.map(one => (
              <DestinationRow
                key={one.id}
                destination={one}
                onEdit={() => void navigate({ search: { edit: one.id } })}
              />
            ))}
          </Card>
        )}
        {found.hasNextPage && (
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        )}
      </Stack>
      <DestinationModal
        kind={why === null ? add : undefined}
        edited={whyNotEdited === null ? edited : undefined}
        onClose={() => void navigate({ search: {} })}
      />
    </Page>
  )
}

function AddMenu({ why, onAdd }: { why: string | null; onAdd: (kind: Kind) => void }) {
  return (
    <Menu width={220}>
      <Menu.Target>
        <Button leftSection={<IconPlus size={18} aria-hidden />} disabled={why !== null} title={why ?? undefined}>
          Add one
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map(kind => {
          const { icon: Icon, name } = CHANNELS[kind]
          return (
            <Menu.Item key={kind} leftSection={<Icon size={18} aria-hidden />} onClick={() => onAdd(kind)}>
              {name}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

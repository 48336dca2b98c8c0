/** Who is told what a page says: how many, by which way, and who can't be reached. */
import { Button, Card, Group, SegmentedControl, Text } from '@mantine/core'
import { IconMailPlus, IconUsersGroup } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { Empty } from '../../components/Empty'
import { LinkButton } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StatusBadge } from '../../components/StatusBadge'
import { Time } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import type { StatusPageSearch } from '../../routes/status-pages'
import { ListSkeleton } from '../incidents/ListSkeleton'
import rows from '../services/Rows.module.css'
import { InviteSubscriberModal } from './InviteSubscriberModal'
import { pageQueries, type StatusPage } from './queries'
import classes from './ReportsPanel.module.css'
import { CHANNELS, KINDS, listed } from './words'

const route = getRouteApi('/o/$org/status-pages/$page')

type Subscriber = Model<'Subscriber'>

const VIEWS = { all: 'All', active: 'Active', pending: 'Pending', failed: 'Failed', ended: 'Ended' }

const LOOKS = {
  pending: { state: 'snoozed', word: 'Pending' },
  active: { state: 'operational', word: 'Active' },
  ended: { state: 'paused', word: 'Ended' },
  failed: { state: 'down', word: 'Failed' },
} as const satisfies Record<Subscriber['state'], object>

export function SubscribersPanel({ page }: { page: StatusPage }) {
  const { state } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('admin')
  const api = useApi()
  const [isInviting, setInviting] = useState(false)
  const { data: components } = useQuery(pageQueries(api, page.id).components)
  const found = useInfiniteQuery(
    api.list('/v1/status-pages/{page_id}/subscribers', { path: { page_id: page.id }, query: { state, limit: 50 } }),
  )
  const subscribers = found.data?.pages.flatMap(one => one.items) ?? []
  const names = new Map(components?.items.map(one => [one.id, one.name]))
  const look = (value: string) =>
    void navigate({
      search: { tab: 'subscribers', state: value === 'all' ? undefined : (value as StatusPageSearch['state']) },
      replace: true,
      resetScroll: false,
    })
  const invite = (
    <Button
      leftSection={<IconMailPlus size={18} aria-hidden />}
      disabled={why !== null}
      onClick={() => setInviting(true)}
    >
      Invite a subscriber
    </Button>
  )
  return (
    <>
      <WhyNot role="admin" />
      <Counts page={page} />
      <Group justify="space-between" mb="md">
        <SegmentedControl
          className={classes.views}
          aria-label="Which subscribers"
          value={state ?? 'all'}
          onChange={look}
          data={Object.entries(VIEWS).map(([value, label]) => ({ value, label }))}
        />
        {invite}
      </Group>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {found.data && subscribers.length === 0 && (
        <Card p={0}>
          {page.subscribe_channels.length > 0 || state ? (
            <Empty icon={IconUsersGroup} title={state ? 'None here' : 'Nobody has subscribed yet'}>
              People subscribe on the page itself, by its form. They confirm first, and leave by a link in every
              message.
            </Empty>
          ) : (
            <Empty icon={IconUsersGroup} title="The page takes no subscribers" action={<Ways page={page} />}>
              Choose by which ways people can subscribe, and the page has a form for it. Who asks you can be added here.
            </Empty>
          )}
        </Card>
      )}
      {subscribers.length > 0 && (
        <Card p={0} component="ul" className={rows.list}>
          {subscribers.map(one => (
            <Row key={one.id} page={page} subscriber={one} names={names} />
          ))}
        </Card>
      )}
      {found.hasNextPage && (
        <div className={rows.more}>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <InviteSubscriberModal
        page={page}
        components={components?.items ?? []}
        isOpen={isInviting}
        onClose={() => setInviting(false)}
      />
    </>
  )
}

function Ways({ page }: { page: StatusPage }) {
  const { id: org } = useOrganization()
  return (
    <LinkButton
      variant="default"
      to="/o/$org/status-pages/$page"
      params={{ org, page: page.id }}
      search={{ tab: 'settings' }}
    >
      Set up subscriptions
    </LinkButton>
  )
}

function Counts({ page }: { page: StatusPage }) {
  const { data } = useQuery(pageQueries(useApi(), page.id).counts)
  const active = data?.items.filter(one => one.state === 'active') ?? []
  if (active.length === 0) return null
  return (
    <Text size="sm" mb="md">
      Told now: {listed(active.map(one => `${one.subscribers} by ${CHANNELS[one.channel]}`))}.
    </Text>
  )
}

interface RowProperties {
  page: StatusPage
  subscriber: Subscriber
  names: ReadonlyMap<string, string>
}

function Row({ page, subscriber, names }: RowProperties) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin')
  const look = LOOKS[subscriber.state]
  const end = async () => {
    await api.delete('/v1/status-pages/{page_id}/subscribers/{subscriber_id}', {
      path: { page_id: page.id, subscriber_id: subscriber.id },
    })
    await queries.invalidateQueries({ queryKey: api.topic('status-pages') })
  }
  const chosen = subscriber.component_ids?.map(id => names.get(id) ?? 'a component that is gone')
  return (
    <li className={rows.row}>
      <div>
        <strong>{subscriber.shown}</strong>
        <div className={rows.facts}>
          <span>{CHANNELS[subscriber.channel]}</span>
          <span>{listed(subscriber.kinds.map(kind => KINDS[kind]))}</span>
          <span>{chosen ? listed(chosen) : 'All components'}</span>
          <span>
            asked <Time at={subscriber.asked_at} />
          </span>
          {subscriber.failures > 0 && <span>{subscriber.failures} in a row could not be delivered</span>}
          {subscriber.detail && <span>{subscriber.detail}</span>}
        </div>
      </div>
      <div className={rows.end}>
        <StatusBadge state={look.state} word={look.word} plain />
        {(subscriber.state === 'active' || subscriber.state === 'pending' || subscriber.state === 'failed') && (
          <ConfirmButton
            size="xs"
            c="red"
            disabled={why !== null}
            question={`Take ${subscriber.shown} off?`}
            consequence="They are told no more, and their address is forgotten. They can subscribe again."
            confirm="Take them off"
            onConfirm={end}
          >
            Remove
          </ConfirmButton>
        )}
      </div>
    </li>
  )
}

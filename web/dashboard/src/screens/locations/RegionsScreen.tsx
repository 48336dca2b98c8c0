/** From where monitors are checked: the regions of the deployment with what they have reported last, and places of one's own. */
import { Button, Card, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconBuildingBroadcastTower } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { fieldErrors } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StatusBadge } from '../../components/StatusBadge'
import { Time } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import rows from '../monitors/PingKeysScreen.module.css'
import { regionName } from '../monitors/words'
import { type RegionHealth, regionsOf } from './health'
import classes from './locations.module.css'

const PAGE = 100

export function RegionsScreen() {
  const { id: org } = useOrganization()
  const locations = useInfiniteQuery(useApi().list('/v1/private-locations', { query: { limit: PAGE } }))
  const own = locations.data?.pages.flatMap(page => page.items) ?? []
  return (
    <Page
      title="Regions and private locations"
      width="narrow"
      back={{ label: 'Monitors', to: '/o/$org/monitors', params: { org } }}
    >
      <Stack>
        <Regions names={new Map(own.map(one => [one.id, one.name]))} />
        <ProblemAlert error={locations.error} onRetry={() => void locations.refetch()} />
        {locations.data && <Locations items={own} />}
        {locations.hasNextPage && (
          <Button
            variant="default"
            loading={locations.isFetchingNextPage}
            onClick={() => void locations.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </Stack>
    </Page>
  )
}

const count = new Intl.NumberFormat()

function Regions({ names }: { names: ReadonlyMap<string, string> }) {
  const found = useQuery(useApi().get('/v1/check-regions'))
  return (
    <Card>
      <Title order={2} size="h4" mb="xs">
        What they have reported
      </Title>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              No region has reported yet. Each does so every minute once it checks something.
            </Text>
          ) : (
            <ul className={classes.regions}>
              {regionsOf(items).map(one => (
                <Region key={one.region} region={one} name={regionName(one.region, names)} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

const HEALTH = {
  seeing: { state: 'up', word: 'Sees the network' },
  blind: { state: 'down', word: 'Sees nothing' },
  silent: { state: 'down', word: 'Silent' },
  unknown: { state: 'unknown', word: 'Not known' },
} as const

function Region({ region, name }: { region: RegionHealth; name: string }) {
  const { state, word } = HEALTH[region.status]
  return (
    <li className={classes.region}>
      <strong>{name}</strong>
      <StatusBadge state={state} word={word} />
      <span>
        {count.format(region.done)} of {count.format(region.due)} checks
        {region.missed > 0 && `, ${count.format(region.missed)} missed`}
        {region.latenessMs !== null && `, begun within ${Math.round(region.latenessMs)} ms`}
      </span>
      <span>
        until <Time at={region.endsAt} />
      </span>
    </li>
  )
}

function Locations({ items }: { items: readonly Model<'PrivateLocation'>[] }) {
  const { id: org } = useOrganization()
  const why = useWhyNot('admin')
  const [isOpen, { open, close }] = useDisclosure(false)
  const button = (
    <Button size="sm" disabled={why !== null} title={why ?? undefined} onClick={open}>
      New location
    </Button>
  )
  return (
    <section aria-label="Private locations">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          Private locations
        </Title>
        {items.length > 0 && button}
      </Group>
      <WhyNot role="admin" />
      {items.length === 0 ? (
        <Card p={0}>
          <Empty icon={IconBuildingBroadcastTower} title="Check what only you can reach" action={button}>
            A probe in your own network checks what is behind its firewall. It needs no open port: it speaks out by
            HTTPS, with a certificate of its own.
          </Empty>
        </Card>
      ) : (
        <Card p={0} component="ul" className={rows.list}>
          {items.map(one => (
            <li key={one.id} className={rows.row}>
              <div className={rows.words}>
                <strong>
                  <Link
                    to="/o/$org/monitors/regions/$location"
                    params={{ org, location: one.id }}
                    className={classes.link}
                  >
                    {one.name}
                  </Link>
                </strong>
                <span>
                  {one.probes} {one.probes === 1 ? 'probe' : 'probes'} enrolled
                </span>
              </div>
              <Text size="sm" c="dimmed">
                {one.last_seen_at ? (
                  <>
                    heard <Time at={one.last_seen_at} />
                  </>
                ) : (
                  'never heard'
                )}
              </Text>
            </li>
          ))}
        </Card>
      )}
      <Modal opened={isOpen} onClose={close} title="A new private location">
        <NewLocation onClose={close} />
      </Modal>
    </section>
  )
}

function NewLocation({ onClose }: { onClose: () => void }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ initialValues: { name: '' } })
  const create = useMutation({
    mutationFn: (body: { name: string }) => api.post('/v1/private-locations', { body }),
    onSuccess: async made => {
      await navigate({ to: '/o/$org/monitors/regions/$location', params: { org, location: made.id } })
      await queries.invalidateQueries({ queryKey: api.topic('private-locations') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <form onSubmit={form.onSubmit(values => create.mutate(values))}>
      <Stack>
        <ProblemAlert error={create.error} />
        <TextInput
          label="Name"
          placeholder="Berlin office"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make the location
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

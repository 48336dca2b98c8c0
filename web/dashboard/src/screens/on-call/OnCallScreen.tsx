/** Who is on call now in every schedule, who is next, where nobody is, and when one is oneself. */
import { Button, Card, Chip, Group, Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCalendarUser, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { LinkButton } from '../../components/links'
import { Page } from '../../components/Page'
import { useNow } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { dateAt, daysFrom } from './days'
import { GapsAlert } from './GapsAlert'
import { joined } from './lanes'
import { MyShifts } from './MyShifts'
import { OnCallRow } from './OnCallRow'
import classes from './OnCallScreen.module.css'
import { huesOf } from './people'
import { scheduleQueries } from './queries'

const route = getRouteApi('/o/$org/on-call')
const KNOWN_DAYS = 14
const NARROW_DAYS = 7
const PAGE = 20

export function OnCallScreen() {
  const filter = route.useSearch()
  const { id: org, userId } = useOrganization()
  const api = useApi()
  const query = { limit: PAGE, team_id: filter.team_id, user_id: filter.mine ? (userId ?? undefined) : undefined }
  const found = useInfiniteQuery(api.list('/v1/on-call', { query }))
  const items = found.data?.pages.flatMap(page => page.items) ?? []
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  const known = daysFrom(dateAt(useNow(), viewerZone), KNOWN_DAYS, viewerZone)
  const days = isWide ? known : known.slice(0, NARROW_DAYS)
  const [first, last] = [known[0]?.startsAt ?? 0, known.at(-1)?.endsAt ?? 0]
  const shifts = useQueries({ queries: items.map(one => scheduleQueries(api, one.schedule_id).shifts(first, last)) })
  const turns = shifts.map(one => one.data && joined(one.data.items))
  const hues = huesOf(turns.flatMap(found => found?.map(shift => shift.user_id) ?? []))
  const may = useWhyNot('admin', 'any') === null
  const make = (
    <LinkButton
      to="/o/$org/schedules/new"
      params={{ org }}
      leftSection={<IconPlus size={18} aria-hidden />}
      disabled={!may}
    >
      New schedule
    </LinkButton>
  )
  const warned = items.flatMap((one, index) =>
    shifts[index]?.data ? [{ one, found: shifts[index].data.warnings }] : [],
  )
  return (
    <Page title="On call" description="Who is paged now, and who takes over next." actions={make}>
      <WhyNot role="admin" team="any" />
      {userId && (
        <MyShifts
          userId={userId}
          schedules={items.map((one, index) => ({ ...one, shifts: turns[index] ?? [] }))}
          isLoading={shifts.some(one => one.isPending)}
          isComplete={!filter.team_id && !filter.mine && !found.hasNextPage}
        />
      )}
      <GapsAlert warned={warned} />
      <Filters />
      <Loaded query={found}>
        {() =>
          items.length === 0 ? (
            <NoSchedules isFiltered={Boolean(filter.mine || filter.team_id)} action={make} />
          ) : (
            <Card p={0} component="ul" className={classes.list} aria-busy={found.isPlaceholderData}>
              {items.map((one, index) => (
                <OnCallRow key={one.schedule_id} onCall={one} days={days} shifts={turns[index]} hues={hues} />
              ))}
            </Card>
          )
        }
      </Loaded>
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
    </Page>
  )
}

function Filters() {
  const { team_id: team, mine } = route.useSearch()
  const navigate = route.useNavigate()
  const { userId } = useOrganization()
  const teams = useQuery({ ...useApi().get('/v1/teams', { query: { limit: 200 } }), staleTime: 60_000 })
  if (!userId && !teams.data?.items.length) return null
  return (
    <div className={classes.filters}>
      {userId && (
        <Chip
          variant="outline"
          checked={mine ?? false}
          onChange={is => void navigate({ search: before => ({ ...before, mine: is || undefined }), replace: true })}
        >
          Mine
        </Chip>
      )}
      <Select
        className={classes.team}
        aria-label="Team"
        placeholder="All teams"
        clearable
        searchable
        value={team ?? null}
        onChange={id => void navigate({ search: before => ({ ...before, team_id: id ?? undefined }), replace: true })}
        data={teams.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      />
    </div>
  )
}

function NoSchedules({ isFiltered, action }: { isFiltered: boolean; action: React.ReactNode }) {
  const { id: org } = useOrganization()
  return (
    <Card p={0}>
      <Empty
        icon={IconCalendarUser}
        title={isFiltered ? 'No schedule here' : 'Nobody is on call yet'}
        action={
          isFiltered ? (
            <LinkButton variant="default" to="/o/$org/on-call" params={{ org }}>
              Show all schedules
            </LinkButton>
          ) : (
            action
          )
        }
      >
        {isFiltered
          ? 'There may be others that this filter leaves out.'
          : 'A schedule says who is on call when: people take turns by the day or week. An escalation policy then pages whoever has the turn.'}
      </Empty>
    </Card>
  )
}

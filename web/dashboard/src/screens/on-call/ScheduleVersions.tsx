/** What a schedule was: its versions, newest first. */
import { Button, Card, Group } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { zoneName } from '../../app/zones'
import { Loaded } from '../../components/Loaded'
import { formatInstant, Time } from '../../components/Time'
import { membersQuery } from './queries'
import classes from './ScheduleVersions.module.css'
import { hoursOf, rhythmOf, type Schedule } from './words'

type Version = Model<'ScheduleVersion'>

const PAGE = 20

export function ScheduleVersions({ schedule }: { schedule: Schedule }) {
  const api = useApi()
  const path = { schedule_id: schedule.id }
  const first = api.get('/v1/schedules/{schedule_id}/versions', { path, query: { limit: PAGE } })
  const found = useInfiniteQuery({
    queryKey: [...first.queryKey, 'pages'],
    queryFn: ({ pageParam: before, signal }) =>
      api.get('/v1/schedules/{schedule_id}/versions', { path, query: { limit: PAGE, before } }).queryFn({ signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: page => page.next_before ?? undefined,
  })
  const members = useQuery(membersQuery(api))
  const names = new Map(members.data?.items.map(one => [one.user_id, one.name]))
  return (
    <>
      <Loaded query={found}>
        {({ pages }) => (
          <Card component="ol" p={0} className={classes.list}>
            {pages
              .flatMap(page => page.items)
              .map(one => (
                <One key={one.version} version={one} names={names} isCurrent={one.version === schedule.version} />
              ))}
          </Card>
        )}
      </Loaded>
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
    </>
  )
}

function One({
  version,
  names,
  isCurrent,
}: {
  version: Version
  names: ReadonlyMap<string, string>
  isCurrent: boolean
}) {
  const author = names.get(version.created_by.replace('user:', '')) ?? 'an API key or somebody who has left'
  const people = (ids: (string | null)[]) =>
    ids.map(id => (id === null ? 'nobody' : (names.get(id) ?? 'somebody who has left'))).join(', ')
  return (
    <li className={classes.version}>
      <p className={classes.head}>
        <strong>Version {version.version}</strong>
        {isCurrent && <span className={classes.current}>in effect</span>}
        <span className={classes.soft}>
          by {author}, <Time at={version.effective_at} />, from {formatInstant(version.effective_at)}
        </span>
      </p>
      {version.layers.length === 0 && <p className={classes.soft}>Without layers: nobody was on call.</p>}
      <ul className={classes.layers}>
        {[...version.layers].reverse().map(layer => (
          <li key={layer.layer_id}>
            <b>{layer.name}</b> {people(layer.participants)}; {rhythmOf(layer)} ({zoneName(version.time_zone)})
            {layer.restrictions.length > 0 && `; only ${layer.restrictions.map(hoursOf).join(', ')}`}
          </li>
        ))}
      </ul>
    </li>
  )
}

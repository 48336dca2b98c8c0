/** What lies over a schedule: overrides and temporary schedules, those that are over when asked for. */
import { Button, Card, Chip, Group, Text } from '@mantine/core'
import { IconCalendarPlus, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import classes from './OverrideList.module.css'
import { OverrideModal } from './OverrideModal'
import { OverrideRow } from './OverrideRow'
import type { Written } from './overrideForm'
import { membersQuery } from './queries'
import { TemporaryModal, type TemporaryWritten } from './TemporaryModal'
import type { Override, Schedule } from './words'

const route = getRouteApi('/o/$org/schedules/$schedule')

export function OverrideList({ schedule }: { schedule: Schedule }) {
  const { all = false, zone: wanted } = route.useSearch()
  const navigate = route.useNavigate()
  const zone = wanted === 'schedule' ? schedule.time_zone : viewerZone
  const api = useApi()
  const path = { schedule_id: schedule.id }
  const found = useInfiniteQuery(api.list('/v1/schedules/{schedule_id}/overrides', { path, query: { all, limit: 50 } }))
  const members = useQuery(membersQuery(api))
  const names = new Map(members.data?.items.map(one => [one.user_id, one.name]))
  const [written, setWritten] = useState<Written | null>(null)
  const [temporary, setTemporary] = useState<TemporaryWritten | null>(null)
  const mayOverride = useWhyNot('responder', schedule.team_id)
  const mayWrite = useWhyNot('admin', schedule.team_id)
  const items = found.data?.pages.flatMap(page => page.items) ?? []
  const edit = (override: Override) =>
    override.kind === 'temporary' ? setTemporary({ override }) : setWritten({ override })
  return (
    <>
      <div className={classes.bar}>
        <Chip
          variant="outline"
          checked={all}
          onChange={is =>
            void navigate({
              search: before => ({ ...before, all: is || undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        >
          Also those that are over
        </Chip>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconUsersGroup size={18} aria-hidden />}
            disabled={mayWrite !== null}
            title={mayWrite ?? undefined}
            onClick={() => setTemporary({})}
          >
            Temporary schedule
          </Button>
          <Button
            leftSection={<IconPlus size={18} aria-hidden />}
            disabled={mayOverride !== null}
            title={mayOverride ?? undefined}
            onClick={() => setWritten({})}
          >
            Override
          </Button>
        </Group>
      </div>
      <WhyNot role="responder" team={schedule.team_id} />
      <Loaded query={found}>
        {() => (
          <Card p={0}>
            {items.length === 0 ? (
              <Empty icon={IconCalendarPlus} title="Nothing lies over the rotation">
                An override puts one person on call for a while, whoever’s turn it is: for a dentist’s appointment, a
                swap, a holiday. A temporary schedule replaces the whole rotation, as over Christmas.
              </Empty>
            ) : (
              <ul className={classes.list}>
                {items.map(one => (
                  <OverrideRow key={one.id} override={one} {...{ schedule, zone, names }} onEdit={() => edit(one)} />
                ))}
              </ul>
            )}
          </Card>
        )}
      </Loaded>
      {items.length > 1 && (
        <Text size="sm" c="dimmed" mt="xs">
          Of those that overlap the one made last wins; overrides lie over temporary schedules.
        </Text>
      )}
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
      <OverrideModal {...{ schedule, zone, written }} onClose={() => setWritten(null)} />
      <TemporaryModal {...{ schedule, zone }} written={temporary} onClose={() => setTemporary(null)} />
    </>
  )
}

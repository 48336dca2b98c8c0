/** The teams by name: who leads each, and who is in it. */
import { Button, Card } from '@mantine/core'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot } from '../../components/WhyNot'
import { ListSkeleton } from '../incidents/ListSkeleton'
import rows from '../services/Rows.module.css'
import { TeamCard } from './TeamCard'
import { TeamModal } from './TeamModal'
import classes from './TeamsPanel.module.css'

const route = getRouteApi('/o/$org/people')

export function TeamsPanel() {
  const { create } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('admin')
  const api = useApi()
  const found = useInfiniteQuery(api.list('/v1/teams', { query: { limit: 50 } }))
  const members = useQuery({ ...api.get('/v1/members', { query: { limit: 200 } }), staleTime: 60_000 })
  const teams = found.data?.pages.flatMap(page => page.items) ?? []
  const open = (isOpen: boolean) =>
    void navigate({ search: { tab: 'teams', create: isOpen || undefined }, replace: true })
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} disabled={why !== null} onClick={() => open(true)}>
      New team
    </Button>
  )
  return (
    <>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {found.data && teams.length === 0 && (
        <Card p={0}>
          <Empty icon={IconUsersGroup} title="Who belongs together?" action={add}>
            A team owns services, policies and schedules, and its leads may change those without being admins. A step of
            a policy can page a whole team.
          </Empty>
        </Card>
      )}
      {teams.length > 0 && (
        <>
          <div className={classes.top}>{add}</div>
          <div className={classes.teams}>
            {teams.map(team => (
              <TeamCard key={team.id} team={team} members={members.data?.items ?? []} />
            ))}
          </div>
        </>
      )}
      {found.hasNextPage && (
        <div className={rows.more}>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <TeamModal isOpen={create === true && why === null} onClose={() => open(false)} />
    </>
  )
}

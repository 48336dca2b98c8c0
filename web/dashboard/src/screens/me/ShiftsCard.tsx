/** One's own shifts of the next four weeks, in the schedules where one's turn is now or next. */
import { Card, Text, Title } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useApi, useOrganization } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { LinkAnchor } from '../../components/links'
import { useNow } from '../../components/Time'
import { dateAt, daysFrom } from '../on-call/days'
import { MyShifts } from '../on-call/MyShifts'
import { scheduleQueries } from '../on-call/queries'
import classes from './ShiftsCard.module.css'

const SHOWN_DAYS = 14

export function ShiftsCard({ userId }: { userId: string }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const found = useQuery(api.get('/v1/on-call', { query: { user_id: userId, limit: 20 } }))
  const days = daysFrom(dateAt(useNow(), viewerZone), SHOWN_DAYS, viewerZone)
  const [first, last] = [days[0]?.startsAt ?? 0, days.at(-1)?.endsAt ?? 0]
  const items = found.data?.items ?? []
  const shifts = useQueries({ queries: items.map(one => scheduleQueries(api, one.schedule_id).shifts(first, last)) })
  if (found.data && items.length === 0)
    return (
      <Card component="section" aria-label="My shifts">
        <Title order={2} size="h3" mb={4}>
          You are not on call
        </Title>
        <Text size="sm" c="dimmed">
          No turn of yours is now or next.{' '}
          <LinkAnchor to="/o/$org/on-call" params={{ org }} inherit>
            All schedules
          </LinkAnchor>
        </Text>
      </Card>
    )
  return (
    <div className={classes.shifts}>
      <MyShifts
        userId={userId}
        schedules={items.map((one, index) => ({ ...one, shifts: shifts[index]?.data?.items ?? [] }))}
        isLoading={shifts.some(one => one.isPending)}
        isComplete={false}
      />
    </div>
  )
}

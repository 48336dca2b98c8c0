/** When one is on call oneself, and whether one is told by mail. */
import { Card, Skeleton, Switch, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { LinkAnchor } from '../../components/links'
import { notifyProblem } from '../../components/notices'
import { formatRelative, Time, useNow } from '../../components/Time'
import classes from './MyShifts.module.css'
import { formatSpan, type Shift } from './words'

const MOST = 5

interface Properties {
  userId: string
  schedules: readonly (Model<'OnCall'> & { shifts: readonly Shift[] })[]
  /** Whether these are all schedules there are. */
  isComplete: boolean
  isLoading: boolean
}

export function MyShifts({ userId, schedules, isComplete, isLoading }: Properties) {
  const { id: org } = useOrganization()
  const now = useNow()
  const mine = schedules
    .flatMap(one => one.shifts.filter(shift => shift.user_id === userId).map(shift => ({ one, shift })))
    .filter(({ shift }) => Date.parse(shift.ends_at) > now)
    .sort((a, b) => a.shift.starts_at.localeCompare(b.shift.starts_at))
  const current = mine.filter(({ shift }) => Date.parse(shift.starts_at) <= now)
  const next = mine.find(({ shift }) => Date.parse(shift.starts_at) > now)
  if (schedules.length === 0) return null
  if (isLoading) return <Skeleton height={104} radius="lg" className={classes.skeleton} />
  return (
    <Card component="section" aria-label="My shifts" className={classes.card} data-on={current.length > 0 || undefined}>
      <div className={classes.top}>
        <Title order={2} size="h3" className={classes.title}>
          {current.length > 0 ? 'You are on call' : 'You are not on call'}
          {current[0] && (
            <span className={classes.until}>
              {' '}
              for {formatRelative(current[0].shift.ends_at, now).replace('in ', '')} more
            </span>
          )}
        </Title>
        <Notices />
      </div>
      {mine.length > 0 ? (
        <ul className={classes.list}>
          {mine.slice(0, MOST).map(({ one, shift }) => (
            <li key={`${one.schedule_id}.${shift.starts_at}`}>
              <LinkAnchor
                to="/o/$org/schedules/$schedule"
                params={{ org, schedule: one.schedule_id }}
                className={classes.schedule}
              >
                {one.schedule_name}
              </LinkAnchor>
              <span>{formatSpan(shift.starts_at, shift.ends_at, viewerZone)}</span>
              {shift === next?.shift && (
                <span className={classes.soft}>
                  <Time at={shift.starts_at} />
                </span>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed">
          {isComplete
            ? 'No shift of yours is ahead within four weeks.'
            : 'In these schedules no shift of yours is ahead.'}
        </Text>
      )}
    </Card>
  )
}

function Notices() {
  const api = useApi()
  const queries = useQueryClient()
  const query = api.get('/v1/on-call/notices')
  const found = useQuery(query)
  const save = useMutation({
    mutationFn: (wanted: boolean) => api.put('/v1/on-call/notices', { body: { handoff_notices: wanted } }),
    onMutate: wanted => queries.setQueryData(query.queryKey, { handoff_notices: wanted }),
    onError: notifyProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: query.queryKey }),
  })
  return (
    <Switch
      label="Mail me when my turn begins and ends"
      checked={found.data?.handoff_notices ?? false}
      disabled={!found.data}
      onChange={({ currentTarget }) => save.mutate(currentTarget.checked)}
    />
  )
}

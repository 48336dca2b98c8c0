/** The shifts that a schedule would have, four weeks from now on; asked of the API whenever the writing pauses. */
import { Alert, Card, Loader, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { serverNow } from '../../api/clock'
import { Problem } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { viewerZone, zoneName } from '../../app/zones'
import { ProblemAlert } from '../../components/ProblemAlert'
import { dateAt, daysFrom, mondayOf } from './days'
import { Warnings } from './GapsAlert'
import { gapsOf } from './lanes'
import classes from './PreviewCard.module.css'
import { huesOf } from './people'
import { ShiftBars } from './ShiftBars'
import { type ScheduleValues, scheduleErrors, scheduleInput } from './scheduleForm'
import { formatDate } from './words'

const WEEKS = 4
const WEEK = 7
const PAUSE_MS = 500
const REFUSED = 422

interface Properties {
  values: ScheduleValues
  scheduleId?: string
  isDirty: boolean
}

export function PreviewCard(properties: Properties) {
  const { isDemo } = useOrganization()
  if (!isDemo) return <Asked {...properties} />
  return (
    <Card className={classes.card} p="sm">
      <h2 className={classes.title}>What it would be</h2>
      <Text size="sm" c="dimmed">
        The demo works nothing out. The Calendar has the shifts as they are.
      </Text>
    </Card>
  )
}

function Asked({ values, scheduleId, isDirty }: Properties) {
  const found = usePreview(values, scheduleId)
  const zone = viewerZone
  const days = daysFrom(mondayOf(dateAt(serverNow(), zone)), WEEKS * WEEK, zone)
  const hues = huesOf(values.layers.flatMap(layer => layer.participants.map(one => one.user_id)))
  const shifts = found.data?.items ?? []
  const gaps = found.data ? gapsOf(shifts, Date.parse(found.data.starts_at), Date.parse(found.data.ends_at)) : []
  const isIncomplete = Object.keys(scheduleErrors(values)).length > 0
  return (
    <Card className={classes.card} p="sm">
      <div className={classes.top}>
        <h2 className={classes.title}>{isDirty || !scheduleId ? 'Preview' : 'Next shifts'}</h2>
        {found.isFetching && <Loader size="xs" role="status" aria-label="Working it out" />}
      </div>
      <Text size="sm" c="dimmed">
        Four weeks, by the clock of {zoneName(zone)}
        {scheduleId && isDirty && '. Whoever has the turn now keeps it until its end'}.
      </Text>
      {isIncomplete ? (
        <Text size="sm" mt="sm">
          Fill in what is missing to see the shifts.
        </Text>
      ) : (
        <ProblemAlert error={found.error instanceof Problem && found.error.status === REFUSED ? null : found.error} />
      )}
      {found.error instanceof Problem && found.error.status === REFUSED && !isIncomplete && (
        <Text size="sm" mt="sm" c="red" role="alert">
          {found.error.fields.map(({ field, reason }) => `${field} ${reason}`).join('; ') || found.error.message}
        </Text>
      )}
      {found.data && !isIncomplete && (
        <div className={classes.weeks} aria-busy={found.isFetching}>
          {Array.from({ length: WEEKS }, (_, index) => days.slice(index * WEEK, (index + 1) * WEEK)).map(week => (
            <div key={week[0]?.date} className={classes.week}>
              <span className={classes.date}>
                {formatDate(week[0]?.date ?? '', { day: 'numeric', month: 'short' })}
              </span>
              <ShiftBars
                days={week}
                {...{ shifts, gaps, hues, zone }}
                label={`Preview of the week of ${formatDate(week[0]?.date ?? '', { day: 'numeric', month: 'long' })}`}
              />
            </div>
          ))}
        </div>
      )}
      {(found.data?.warnings.length ?? 0) > 0 && !isIncomplete && (
        <Alert color="yellow" mt="sm" icon={<IconAlertTriangle aria-hidden />}>
          <Warnings found={found.data?.warnings ?? []} />
        </Alert>
      )}
    </Card>
  )
}

/** What the API says of it; asked for once the writing pauses, and only for what is complete. */
function usePreview(values: ScheduleValues, scheduleId: string | undefined) {
  const { id: org } = useOrganization()
  const api = useApi()
  const isComplete = Object.keys(scheduleErrors(values)).length === 0
  const [body] = useDebouncedValue(isComplete ? JSON.stringify(scheduleInput(values)) : '', PAUSE_MS)
  return useQuery({
    queryKey: [org, 'schedule-previews', scheduleId, body],
    queryFn: () => {
      const until = new Date(serverNow() + WEEKS * WEEK * 86_400_000).toISOString()
      const sent = { query: { until }, body: JSON.parse(body) as ReturnType<typeof scheduleInput> }
      return scheduleId
        ? api.post('/v1/schedules/{schedule_id}/preview', { ...sent, path: { schedule_id: scheduleId } })
        : api.post('/v1/schedules/preview', sent)
    },
    enabled: body !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

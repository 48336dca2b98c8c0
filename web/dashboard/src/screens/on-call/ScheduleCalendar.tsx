/** The final shifts of a schedule as a calendar or a list; a time is overridden by dragging over it. */
import { Alert, Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { Loaded } from '../../components/Loaded'
import { useNow } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import type { CalendarView } from '../../routes/on-call'
import { CalendarToolbar } from './CalendarToolbar'
import { CalendarWeek } from './CalendarWeek'
import { type Day, dateAt, daysFrom, mondayOf, weeksOfMonth } from './days'
import { Warnings } from './GapsAlert'
import { gapsOf } from './lanes'
import { OverrideModal } from './OverrideModal'
import type { Written } from './overrideForm'
import { huesOf } from './people'
import { scheduleQueries } from './queries'
import classes from './ScheduleCalendar.module.css'
import { ShiftList } from './ShiftList'
import { ShiftModal } from './ShiftModal'
import type { Schedule, Shift } from './words'

const route = getRouteApi('/o/$org/schedules/$schedule')
const WEEK = 7

function weeksOf(view: CalendarView, date: string, zone: string): Day[][] {
  if (view === 'month') return weeksOfMonth(date, zone)
  if (view === 'list') return [daysFrom(date, 2 * WEEK, zone)]
  const days = daysFrom(mondayOf(date), view === 'week' ? WEEK : 2 * WEEK, zone)
  return view === 'week' ? [days] : [days.slice(0, WEEK), days.slice(WEEK)]
}

export function ScheduleCalendar({ schedule }: { schedule: Schedule }) {
  const search = route.useSearch()
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  const view = search.view ?? (isWide ? 'weeks' : 'list')
  const zone = search.zone === 'schedule' ? schedule.time_zone : viewerZone
  const now = useNow()
  const date = search.from ?? dateAt(now, zone)
  const weeks = weeksOf(view, date, zone)
  const [first, last] = [weeks[0]?.[0]?.startsAt ?? 0, weeks.at(-1)?.at(-1)?.endsAt ?? 0]
  const found = useQuery({ ...scheduleQueries(useApi(), schedule.id).shifts(first, last), placeholderData: old => old })
  const [picked, setPicked] = useState<Shift | null>(null)
  const [written, setWritten] = useState<Written | null>(null)
  const may = useWhyNot('responder', schedule.team_id) === null
  const hues = huesIn(schedule, found.data?.items ?? [])
  const from = Math.max(first, Date.parse(schedule.created_at))
  return (
    <>
      <CalendarToolbar
        {...{ schedule, view, zone, date }}
        action={
          <Button leftSection={<IconPlus size={18} aria-hidden />} disabled={!may} onClick={() => setWritten({})}>
            Override
          </Button>
        }
      />
      <WhyNot role="responder" team={schedule.team_id} />
      {(found.data?.warnings.length ?? 0) > 0 && (
        <Alert color="yellow" mb="md" icon={<IconAlertTriangle aria-hidden />} title="There are gaps ahead">
          <Warnings found={found.data?.warnings ?? []} />
        </Alert>
      )}
      <Loaded query={found}>
        {({ items }) => {
          const gaps = last > from ? gapsOf(items, from, last) : []
          if (view === 'list')
            return <ShiftList {...{ gaps, hues, zone, first, last }} shifts={items} onPick={setPicked} />
          return (
            <div className={classes.calendar} aria-busy={found.isPlaceholderData}>
              {weeks.map(days => (
                <CalendarWeek
                  key={days[0]?.date}
                  {...{ days, hues, zone, gaps, schedule }}
                  month={view === 'month' ? date.slice(0, 7) : undefined}
                  shifts={items}
                  onPick={setPicked}
                  onChoose={may ? setWritten : undefined}
                />
              ))}
            </div>
          )
        }}
      </Loaded>
      {view !== 'list' && may && <p className={classes.hint}>Drag over a time to put somebody else on call for it.</p>}
      <ShiftModal
        {...{ schedule, zone, hues }}
        shift={picked}
        onClose={() => setPicked(null)}
        onOverride={shift => setWritten({ startsAt: Date.parse(shift.starts_at), endsAt: Date.parse(shift.ends_at) })}
      />
      <OverrideModal {...{ schedule, zone, written }} onClose={() => setWritten(null)} />
    </>
  )
}

/** Everybody of the schedule and of these shifts has a hue of their own. */
function huesIn(schedule: Schedule, shifts: readonly Shift[]): ReadonlyMap<string, number> {
  return huesOf([...schedule.layers.flatMap(layer => layer.participants), ...shifts.map(shift => shift.user_id)])
}

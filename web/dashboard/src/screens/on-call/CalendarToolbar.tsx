/** Which days a calendar shows, how, and by whose clock; all of it is in the address. */
import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { viewerZone, zoneName } from '../../app/zones'
import type { CalendarView, ScheduleSearch } from '../../routes/on-call'
import classes from './CalendarToolbar.module.css'
import { dateAfter, mondayOf, monthAfter } from './days'
import { formatDate, type Schedule } from './words'

const route = getRouteApi('/o/$org/schedules/$schedule')
const VIEWS: Readonly<Record<CalendarView, string>> = { week: 'Week', weeks: '2 weeks', month: 'Month', list: 'List' }
const STEP: Readonly<Record<CalendarView, number>> = { week: 7, weeks: 14, month: 0, list: 14 }

interface Properties {
  schedule: Schedule
  view: CalendarView
  zone: string
  date: string
  action: ReactNode
}

function titleOf(view: CalendarView, date: string): string {
  if (view === 'month') return formatDate(date, { month: 'long', year: 'numeric' })
  const first = view === 'list' ? date : mondayOf(date)
  const last = dateAfter(first, STEP[view] - 1)
  const to = formatDate(last, { day: 'numeric', month: 'short', year: 'numeric' })
  const isOneMonth = first.slice(0, 7) === last.slice(0, 7)
  return `${formatDate(first, isOneMonth ? { day: 'numeric' } : { day: 'numeric', month: 'short' })} – ${to}`
}

export function CalendarToolbar({ schedule, view, zone, date, action }: Properties) {
  const navigate = route.useNavigate()
  const change = (found: ScheduleSearch) =>
    void navigate({ search: before => ({ ...before, ...found }), replace: true, resetScroll: false })
  const go = (way: 1 | -1) =>
    change({
      from:
        view === 'month' ? monthAfter(date, way) : dateAfter(view === 'list' ? date : mondayOf(date), way * STEP[view]),
    })
  return (
    <div className={classes.bar}>
      <div className={classes.when}>
        <ActionIcon variant="default" size="lg" aria-label="Earlier" onClick={() => go(-1)}>
          <IconChevronLeft size={18} />
        </ActionIcon>
        <Button variant="default" size="sm" onClick={() => change({ from: undefined })}>
          Today
        </Button>
        <ActionIcon variant="default" size="lg" aria-label="Later" onClick={() => go(1)}>
          <IconChevronRight size={18} />
        </ActionIcon>
        <h2 className={classes.title} aria-live="polite">
          {titleOf(view, date)}
        </h2>
      </div>
      <div className={classes.how}>
        {schedule.time_zone !== viewerZone && (
          <SegmentedControl
            aria-label="Whose clock"
            value={zone === viewerZone ? 'mine' : 'schedule'}
            onChange={value => change({ zone: value === 'schedule' ? 'schedule' : undefined })}
            data={[
              { value: 'mine', label: 'My time' },
              { value: 'schedule', label: zoneName(schedule.time_zone) },
            ]}
          />
        )}
        <SegmentedControl
          aria-label="Show"
          value={view}
          onChange={value => change({ view: value as CalendarView })}
          data={Object.entries(VIEWS).map(([value, label]) => ({ value, label }))}
        />
        {action}
      </div>
    </div>
  )
}

/** A week of a calendar: its days, who is on call, and below what puts them there. */
import { viewerZone } from '../../app/zones'
import { useNow } from '../../components/Time'
import classes from './CalendarWeek.module.css'
import { type Day, dateAt, stretchIn } from './days'
import { lanesOf } from './lanes'
import { ShiftBars } from './ShiftBars'
import type { Choice } from './useDrag'
import { formatDate, type Schedule, type Shift } from './words'

interface Properties {
  days: readonly Day[]
  shifts: readonly Shift[]
  gaps: readonly { startsAt: number; endsAt: number }[]
  hues: ReadonlyMap<string, number>
  zone: string
  schedule: Schedule
  /** `2026-11`: days of other months are faint, and lanes are left out. */
  month?: string
  onPick: (shift: Shift) => void
  onChoose?: (choice: Choice) => void
}

export function CalendarWeek({ days, shifts, gaps, hues, zone, schedule, month, onPick, onChoose }: Properties) {
  const today = dateAt(useNow(), zone)
  const within = shifts.filter(one => stretchIn(days, Date.parse(one.starts_at), Date.parse(one.ends_at)))
  const lanes = month ? [] : lanesOf(within, schedule.layers)
  const week = formatDate(days[0]?.date ?? '', { day: 'numeric', month: 'long' })
  return (
    <section className={classes.week} aria-label={`Week of ${week}${zone === viewerZone ? '' : `, ${zone}`}`}>
      <span className={classes.corner} data-month={month !== undefined || undefined} />
      <div className={classes.days}>
        {days.map(({ date }) => (
          <span
            key={date}
            className={classes.day}
            data-today={date === today || undefined}
            data-other={(month && date.slice(0, 7) !== month) || undefined}
          >
            <span className={classes.weekday}>{formatDate(date, { weekday: 'short' })}</span>{' '}
            <b>{formatDate(date, date.endsWith('-01') ? { day: 'numeric', month: 'short' } : { day: 'numeric' })}</b>
          </span>
        ))}
      </div>
      <span className={classes.label} data-main data-month={month !== undefined || undefined}>
        On call
      </span>
      <ShiftBars
        {...{ days, gaps, hues, zone, onPick, onChoose }}
        shifts={within}
        label={`On call in the week of ${week}`}
      />
      {lanes.length > 1 &&
        lanes.map(lane => (
          <div key={lane.key} className={classes.lane}>
            <span className={classes.label} title={lane.label}>
              {lane.label}
            </span>
            <ShiftBars
              {...{ days, hues, zone }}
              shifts={lane.shifts}
              thin
              label={`${lane.label}, as far as it shows`}
            />
          </div>
        ))}
    </section>
  )
}

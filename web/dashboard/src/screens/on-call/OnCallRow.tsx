/** One schedule in the list: who has it now and until when really, who is next, and the days ahead. */
import type { Model } from '../../api/types'
import { useOrganization } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { LinkAnchor } from '../../components/links'
import { Clock, Time, useNow } from '../../components/Time'
import type { Day } from './days'
import { gapsOf, wholeOf } from './lanes'
import classes from './OnCallRow.module.css'
import { PersonMark } from './PersonMark'
import { ShiftBars } from './ShiftBars'
import { formatDate, type Shift, whoOf } from './words'

interface Properties {
  onCall: Model<'OnCall'>
  days: readonly Day[]
  /** Joined, so that no two of the same person touch; undefined while they are not known. */
  shifts: readonly Shift[] | undefined
  hues: ReadonlyMap<string, number>
}

export function OnCallRow({ onCall, days, shifts, hues }: Properties) {
  const { id: org } = useOrganization()
  const { schedule_id: schedule, schedule_name: name, next } = onCall
  const now = onCall.now && wholeOf(onCall.now, shifts ?? [])
  const isLong = now !== null && shifts?.at(-1) === now && Date.parse(now.ends_at) > (days.at(-1)?.endsAt ?? 0)
  const follows = next && !(now && Date.parse(next.starts_at) < Date.parse(now.ends_at))
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <LinkAnchor to="/o/$org/schedules/$schedule" params={{ org, schedule }} className={classes.title}>
          {name}
        </LinkAnchor>
        <div className={classes.people}>
          <Now shift={now} isLong={isLong} hues={hues} />
          {follows && (
            <p className={classes.next}>
              then <strong>{whoOf(next)}</strong>, <Time at={next.starts_at} />
            </p>
          )}
        </div>
      </div>
      <Strip {...{ days, shifts, hues }} name={name} />
    </li>
  )
}

interface NowProperties {
  shift: Shift | null
  /** Longer than is known. */
  isLong: boolean
  hues: ReadonlyMap<string, number>
}

function Now({ shift, isLong, hues }: NowProperties) {
  const isNobody = !shift || shift.user_id === null
  return (
    <div className={classes.now}>
      <PersonMark name={isNobody ? null : whoOf(shift)} hue={shift?.user_id ? hues.get(shift.user_id) : undefined} />
      <div className={classes.words}>
        <strong data-nobody={isNobody || undefined}>{isNobody ? 'Nobody' : whoOf(shift)}</strong>
        <span className={classes.until}>
          {shift === null && 'there is a gap now'}
          {shift && isLong && 'for weeks to come'}
          {shift && !isLong && (
            <>
              until <Clock at={shift.ends_at} />
            </>
          )}
        </span>
      </div>
    </div>
  )
}

function Strip({ days, shifts, hues, name }: Omit<Properties, 'onCall'> & { name: string }) {
  const now = useNow()
  const items = shifts ?? []
  const gaps = shifts ? gapsOf(items, now, days.at(-1)?.endsAt ?? now) : []
  return (
    <div className={classes.strip}>
      <div className={classes.days} aria-hidden>
        {days.map(({ date }, index) => (
          <span key={date} data-today={index === 0 || undefined}>
            <b>{formatDate(date, { weekday: 'narrow' })}</b> {formatDate(date, { day: 'numeric' })}
          </span>
        ))}
      </div>
      <ShiftBars {...{ days, hues, gaps }} shifts={items} zone={viewerZone} label={`${days.length} days of ${name}`} />
    </div>
  )
}

/** Final shifts as a list by their days: for phones, and for those who read rather than look. */
import { Card, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useNow } from '../../components/Time'
import { dateAt } from './days'
import { PersonMark } from './PersonMark'
import classes from './ShiftList.module.css'
import { formatDate, formatSpan, reasonOf, type Shift, whoOf } from './words'

interface Properties {
  shifts: readonly Shift[]
  gaps: readonly { startsAt: number; endsAt: number }[]
  hues: ReadonlyMap<string, number>
  zone: string
  first: number
  last: number
  onPick: (shift: Shift) => void
}

type Row = { at: number; shift: Shift } | { at: number; endsAt: number; shift: null }

export function ShiftList({ shifts, gaps, hues, zone, first, last, onPick }: Properties) {
  const now = useNow()
  const rows: Row[] = [
    ...shifts
      .filter(one => Date.parse(one.ends_at) > first && Date.parse(one.starts_at) < last)
      .map(shift => ({ at: Date.parse(shift.starts_at), shift })),
    ...gaps.map(({ startsAt, endsAt }) => ({ at: startsAt, endsAt, shift: null })),
  ].sort((a, b) => a.at - b.at)
  const byDay = Map.groupBy(rows, ({ at }) => dateAt(Math.max(at, first), zone))
  return (
    <div className={classes.days}>
      {[...byDay].map(([date, found]) => (
        <section key={date} aria-label={formatDate(date, { weekday: 'long', day: 'numeric', month: 'long' })}>
          <h3 className={classes.day} data-today={date === dateAt(now, zone) || undefined}>
            {formatDate(date, { weekday: 'long', day: 'numeric', month: 'long' })}
          </h3>
          <Card p={0} component="ul" className={classes.list}>
            {found.map(row => (
              <li key={row.at}>
                {row.shift ? (
                  <One
                    shift={row.shift}
                    isNow={row.at <= now && Date.parse(row.shift.ends_at) > now}
                    {...{ hues, zone, onPick }}
                  />
                ) : (
                  <div className={classes.shift} data-nobody>
                    <PersonMark name={null} hue={undefined} />
                    <Words
                      who="Nobody"
                      when={formatSpan(new Date(row.at).toISOString(), new Date(row.endsAt).toISOString(), zone)}
                      why="A gap: no layer has anybody then"
                    />
                  </div>
                )}
              </li>
            ))}
          </Card>
        </section>
      ))}
    </div>
  )
}

function Words({ who, when, why, isNow }: { who: string; when: string; why: string; isNow?: boolean }) {
  return (
    <span className={classes.words}>
      <span className={classes.who}>
        {who}
        {isNow && <span className={classes.now}>now</span>}
      </span>
      <span>{when}</span>
      <span className={classes.why}>{why}</span>
    </span>
  )
}

interface OneProperties extends Pick<Properties, 'hues' | 'zone' | 'onPick'> {
  shift: Shift
  isNow: boolean
}

function One({ shift, isNow, hues, zone, onPick }: OneProperties) {
  const isNobody = shift.user_id === null
  return (
    <UnstyledButton className={classes.shift} data-nobody={isNobody || undefined} onClick={() => onPick(shift)}>
      <PersonMark name={isNobody ? null : whoOf(shift)} hue={shift.user_id ? hues.get(shift.user_id) : undefined} />
      <Words
        who={whoOf(shift)}
        when={formatSpan(shift.starts_at, shift.ends_at, zone)}
        why={reasonOf(shift.reason)}
        isNow={isNow}
      />
      <IconChevronRight size={18} className={classes.chevron} aria-hidden />
    </UnstyledButton>
  )
}

/** Shifts as bars over a row of days; a time is chosen by dragging over it. */
import { useElementSize } from '@mantine/hooks'
import { useNow } from '../../components/Time'
import { type Day, stretchIn } from './days'
import { initialsOf } from './people'
import people from './people.module.css'
import classes from './ShiftBars.module.css'
import { type Choice, useDrag } from './useDrag'
import { formatSpan, reasonOf, type Shift, whoOf } from './words'

const HUNDRED = 100
const NARROW_PX = 24

interface Properties {
  days: readonly Day[]
  shifts: readonly Shift[]
  gaps?: readonly { startsAt: number; endsAt: number }[]
  hues: ReadonlyMap<string, number>
  zone: string
  /** What the row shows, for screen readers. */
  label: string
  thin?: boolean
  /** Bars are buttons then, otherwise one picture. */
  onPick?: (shift: Shift) => void
  onChoose?: (choice: Choice) => void
}

export function ShiftBars({ days, shifts, gaps = [], hues, zone, label, thin, onPick, onChoose }: Properties) {
  const { dragged, handlers } = useDrag(days, onChoose)
  const { ref, width } = useElementSize()
  return (
    <div
      ref={ref}
      className={classes.row}
      data-thin={thin || undefined}
      data-draggable={onChoose ? true : undefined}
      style={{ '--days': days.length } as React.CSSProperties}
      {...{ role: onPick ? 'group' : 'img', 'aria-label': label }}
      {...handlers}
    >
      {gaps.map(gap => (
        <Gap key={gap.startsAt} days={days} gap={gap} zone={zone} />
      ))}
      {shifts.map(shift => (
        <Bar key={`${shift.starts_at}.${shift.reason.id}`} {...{ days, shift, hues, zone, width, onPick }} />
      ))}
      {dragged && <Chosen days={days} choice={dragged} zone={zone} />}
      <NowLine days={days} />
    </div>
  )
}

interface BarProperties extends Pick<Properties, 'days' | 'hues' | 'zone' | 'onPick'> {
  shift: Shift
  /** Of the whole row in pixels, 0 while it is not known. */
  width: number
}

function Bar({ days, shift, hues, zone, width, onPick }: BarProperties) {
  const place = stretchIn(days, Date.parse(shift.starts_at), Date.parse(shift.ends_at))
  if (!place) return null
  const who = whoOf(shift)
  const shown = {
    className: `${classes.bar} ${people.hue}`,
    style: { left: `${place.left}%`, width: `${place.width}%` },
    'data-hue': shift.user_id ? hues.get(shift.user_id) : undefined,
    'data-nobody': shift.user_id === null || undefined,
    'data-gone': !shift.is_member || undefined,
    'data-cut-left': place.isCutLeft || undefined,
    'data-cut-right': place.isCutRight || undefined,
  }
  const words = (
    <>
      <span className={classes.name}>{who}</span>
      <span className={classes.initials} data-initials={shift.user_id ? initialsOf(who) : '–'} />
    </>
  )
  // what is too narrow for a finger can be opened from the list
  const isNarrow = width > 0 && (place.width / HUNDRED) * width < NARROW_PX
  if (!onPick)
    return (
      <span {...shown} aria-hidden>
        {words}
      </span>
    )
  const told = `${who}, ${formatSpan(shift.starts_at, shift.ends_at, zone)}, ${reasonOf(shift.reason)}`
  if (isNarrow) return <span {...shown} role="img" aria-label={told} title={told} />
  return (
    <button type="button" {...shown} aria-label={told} title={told} onClick={() => onPick(shift)}>
      {words}
    </button>
  )
}

function Gap({ days, gap, zone }: { days: readonly Day[]; gap: { startsAt: number; endsAt: number }; zone: string }) {
  const place = stretchIn(days, gap.startsAt, gap.endsAt)
  if (!place) return null
  const [from, to] = [new Date(gap.startsAt).toISOString(), new Date(gap.endsAt).toISOString()]
  return (
    <span
      className={classes.gap}
      style={{ left: `${place.left}%`, width: `${place.width}%` }}
      title={`Nobody, ${formatSpan(from, to, zone)}`}
    >
      <span className={classes.name}>Nobody</span>
    </span>
  )
}

function Chosen({ days, choice, zone }: { days: readonly Day[]; choice: Choice; zone: string }) {
  const place = stretchIn(days, choice.startsAt, choice.endsAt)
  if (!place) return null
  const [from, to] = [new Date(choice.startsAt).toISOString(), new Date(choice.endsAt).toISOString()]
  return (
    <span className={classes.chosen} style={{ left: `${place.left}%`, width: `${place.width}%` }}>
      <span className={classes.chosenWords}>{formatSpan(from, to, zone)}</span>
    </span>
  )
}

function NowLine({ days }: { days: readonly Day[] }) {
  const now = useNow()
  const place = stretchIn(days, now, now + 1)
  return place && <span className={classes.now} style={{ left: `${place.left}%` }} aria-hidden />
}

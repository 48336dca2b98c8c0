/** For how long one snoozes at three in the morning. */
import { serverNow } from '../../api/clock'

const HOUR = 3_600
const MORNING = 8

export interface Snooze {
  label: string
  /** From when it is asked for. */
  seconds: (now?: Date) => number
}

function untilMorning(now: Date = new Date(serverNow())): number {
  const morning = new Date(now)
  morning.setHours(MORNING, 0, 0, 0)
  if (morning <= now) morning.setDate(morning.getDate() + 1)
  return Math.ceil((morning.getTime() - now.getTime()) / 1_000)
}

/** An hour, four hours, or until eight in the viewer's next morning. */
export const SNOOZES: readonly Snooze[] = [
  { label: 'for an hour', seconds: () => HOUR },
  { label: 'for four hours', seconds: () => 4 * HOUR },
  { label: 'until 08:00', seconds: untilMorning },
]

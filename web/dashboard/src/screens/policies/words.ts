/** How steps of a policy are told. */
import { formatDuration } from '../../components/Time'
import type { StepValues } from './policyForm'

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** `At once`, `5 min later`, `12 min after the last repetition`. */
export function delayOf(seconds: number, isFirst: boolean): string {
  if (seconds === 0) return isFirst ? 'At once' : 'At the same time'
  return isFirst ? `After ${formatDuration(seconds)}` : `${formatDuration(seconds)} later`
}

/** `again 2 times, every 2 min`, or null. */
export function repetitionsOf({ retries, retry_interval_seconds: every }: StepValues): string | null {
  if (retries === 0) return null
  return `again ${retries === 1 ? 'once' : `${retries} times, every`}${retries === 1 ? ' after' : ''} ${formatDuration(every)}`
}

const short = (day: string) => day.charAt(0).toUpperCase() + day.slice(1, 3)

/** `Mon–Fri`, `Mon, Wed`, `every day`. */
export function daysOf(days: readonly string[]): string {
  const places = days.map(day => WEEKDAYS.indexOf(day)).sort((a, b) => a - b)
  if (places.length === WEEKDAYS.length) return 'every day'
  const isRun = places.every((place, index) => place === (places[0] ?? 0) + index)
  const names = places.map(place => short(WEEKDAYS[place] ?? ''))
  return isRun && names.length > 2 ? `${names[0]}–${names.at(-1)}` : names.join(', ')
}

/** The conditions of a step, each in a few words. */
export function conditionsOf(step: StepValues): string[] {
  const found: string[] = []
  if (step.severities.length > 0) found.push(`only ${step.severities.join(' or ')}`)
  if (step.urgencies.length > 0) found.push(`only ${step.urgencies.join(' or ')} urgency`)
  if (step.times.length > 0)
    found.push(`only ${step.times.map(({ days, starts, ends }) => `${daysOf(days)} ${starts}–${ends}`).join('; ')}`)
  if (step.while === 'not_resolved') found.push('until it is resolved')
  return found
}

/** When each step is taken if nobody answers, in seconds after the incident. */
export function instantsOf(steps: readonly StepValues[]): number[] {
  let at = 0
  return steps.map(step => {
    at += step.delay_seconds
    const began = at
    at += step.retries * step.retry_interval_seconds
    return began
  })
}

/** Instants and durations in the viewer's own zone and words. */
import { Tooltip } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { onClock, serverNow } from '../api/clock'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400
/** From there on minutes say nothing of how far off something is. */
const FAR = 6 * HOUR
const TICK_MS = 10_000

let now = serverNow()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  now = serverNow()
  for (const listener of listeners) listener()
}

onClock(tick)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** Milliseconds by the servers' clock; whoever uses it is drawn anew every ten seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}

const absolute = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })

/** `Sat, 21 Nov 2026, 03:14:05 GMT+1`. */
export function formatInstant(at: string | number): string {
  return absolute.format(new Date(at))
}

/** `03:14`, and on another day than today `21 Nov, 03:14`. */
export function formatShortly(at: string | number, from: number = serverNow()): string {
  const [instant, today] = [new Date(at), new Date(from)]
  if (instant.toDateString() === today.toDateString()) return clock.format(instant)
  const date = instant.getFullYear() === today.getFullYear() ? day.format(instant) : dayOfYear.format(instant)
  return `${date}, ${clock.format(instant)}`
}

/** `45 s`, `12 min`, `3 h 5 min`, `4 d 2 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < MINUTE) return `${whole} s`
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`
  const [unit, name, less, lesser] = whole < DAY ? [HOUR, 'h', MINUTE, 'min'] : [DAY, 'd', HOUR, 'h']
  const rest = Math.floor((whole % unit) / less)
  return `${Math.floor(whole / unit)} ${name}${rest ? ` ${rest} ${lesser}` : ''}`
}

/** `12 min`, `3 h 5 min`, from six hours on `7 h`, from a day on `4 d`. */
function formatDistance(seconds: number): string {
  if (seconds < FAR) return formatDuration(seconds)
  return seconds < DAY ? `${Math.floor(seconds / HOUR)} h` : `${Math.floor(seconds / DAY)} d`
}

/** `just now`, `12 min ago`, `in 3 h`. */
export function formatRelative(at: string | number, from: number): string {
  const seconds = (new Date(at).getTime() - from) / 1_000
  if (Math.abs(seconds) < 10) return 'just now'
  const long = formatDistance(Math.abs(seconds))
  return seconds < 0 ? `${long} ago` : `in ${long}`
}

/** An instant as it is nearest to the reader: relative, with date, time and zone on hover and focus. */
export function Time({ at, bare = false }: { at: string; bare?: boolean }) {
  const current = useNow()
  const said = bare ? formatDuration(Math.abs(current - Date.parse(at)) / 1_000) : formatRelative(at, current)
  return (
    <Tooltip label={formatInstant(at)}>
      <time dateTime={at}>{said}</time>
    </Tooltip>
  )
}

/** An instant by clock and, on another day, date. */
export function Clock({ at }: { at: string }) {
  return (
    <Tooltip label={formatInstant(at)}>
      <time dateTime={at}>{formatShortly(at, useNow())}</time>
    </Tooltip>
  )
}

/** Days of uptime side by side, each a stroke with its own words; one picture for a screen reader. */
import { Tooltip } from '@mantine/core'
import { useState } from 'react'
import classes from './UptimeBar.module.css'

export interface UptimeDay {
  /** `2026-11-21`. */
  day: string
  /** From 0 to 1; null where nothing is known. */
  uptime: number | null
}

const GOOD = 0.999
const FAIR = 0.98

const dayName = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** `21 Nov 2026`, of a day as `2026-11-21`. */
export function formatDay(day: string): string {
  return dayName.format(new Date(`${day}T00:00:00Z`))
}

/** `99.98%`: never rounded up to 100. */
export function formatUptime(uptime: number): string {
  if (uptime >= 1) return '100%'
  return `${(Math.floor(uptime * 10_000) / 100).toFixed(2)}%`
}

type Tone = 'good' | 'fair' | 'poor' | 'none'

function tone(uptime: number | null): Tone {
  if (uptime === null) return 'none'
  if (uptime >= GOOD) return 'good'
  return uptime >= FAIR ? 'fair' : 'poor'
}

const TONES: readonly { tone: Tone; words: string }[] = [
  { tone: 'good', words: `${GOOD * 100}% or more` },
  { tone: 'fair', words: `${FAIR * 100}% or more` },
  { tone: 'poor', words: 'less' },
  { tone: 'none', words: 'no data' },
]

/** Oldest day first. Only the day that is pointed at has a tooltip: lists hold very many of them. */
export function UptimeBar({ days, label }: { days: readonly UptimeDay[]; label: string }) {
  const [pointed, setPointed] = useState<string>()
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={label}
      onMouseMove={({ target }) => setPointed((target as HTMLElement).dataset.day)}
      onMouseLeave={() => setPointed(undefined)}
    >
      {days.map(({ day, uptime }) => {
        const stroke = <span key={day} className={classes.day} data-day={day} data-tone={tone(uptime)} />
        if (day !== pointed) return stroke
        const known = uptime === null ? 'no data' : formatUptime(uptime)
        return (
          <Tooltip key={day} opened label={`${formatDay(day)}: ${known}`}>
            {stroke}
          </Tooltip>
        )
      })}
    </div>
  )
}

/** What the colours of its days mean. */
export function UptimeLegend() {
  return (
    <ul className={classes.legend} aria-label="Colours of days">
      {TONES.map(({ tone: of, words }) => (
        <li key={of}>
          <span className={classes.swatch} data-tone={of} />
          {words}
        </li>
      ))}
    </ul>
  )
}

/** Days of uptime side by side, each a stroke with its own words; one picture for a screen reader. */
import { Tooltip } from '@mantine/core'
import classes from './UptimeBar.module.css'

export interface UptimeDay {
  /** `2026-11-21`. */
  day: string
  /** From 0 to 1; null where nothing is known. */
  uptime: number | null
}

const dayName = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** `99.98 %`: never rounded up to 100. */
export function formatUptime(uptime: number): string {
  if (uptime >= 1) return '100 %'
  return `${(Math.floor(uptime * 10_000) / 100).toFixed(2)} %`
}

function tone(uptime: number | null): string {
  if (uptime === null) return 'none'
  if (uptime >= 0.999) return 'good'
  return uptime >= 0.98 ? 'fair' : 'poor'
}

/** Oldest day first. */
export function UptimeBar({ days, label }: { days: readonly UptimeDay[]; label: string }) {
  return (
    <div className={classes.bar} role="img" aria-label={label}>
      {days.map(({ day, uptime }) => (
        <Tooltip
          key={day}
          label={`${dayName.format(new Date(`${day}T00:00:00Z`))}: ${uptime === null ? 'no data' : formatUptime(uptime)}`}
        >
          <span className={classes.day} data-tone={tone(uptime)} />
        </Tooltip>
      ))}
    </div>
  )
}

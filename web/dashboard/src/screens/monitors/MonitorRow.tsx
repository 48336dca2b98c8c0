/** One monitor in the list: what it is now, how fast it answers, and how it fared for a month. */
import { IconArrowsDownUp, IconClockExclamation, IconHourglass } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useOrganization } from '../../app/organization'
import { StatusBadge } from '../../components/StatusBadge'
import { Time } from '../../components/Time'
import { formatUptime, UptimeBar } from '../../components/UptimeBar'
import classes from './MonitorRow.module.css'
import { daysFrom, type Figures } from './queries'
import { Sparkline } from './Sparkline'
import { formatLatency, KINDS, type Monitor, REASONS, stateOf, targetOf } from './words'

interface Properties {
  monitor: Monitor
  service: string
  figures?: Figures
  firstDay: string | null
}

/** Why it is not well, as most of its regions say. */
function reasonOf({ in_regions: regions = [], status }: Monitor): string | null {
  if (status === 'up') return null
  const found = regions.find(one => one.status === status && one.last_reason)?.last_reason
  return found ? REASONS[found] : null
}

function Marks({ monitor }: { monitor: Monitor }) {
  return (
    <>
      {monitor.is_flapping && (
        <span>
          <IconArrowsDownUp size={15} aria-hidden /> flapping
        </span>
      )}
      {monitor.is_stale && !monitor.paused_at && (
        <span>
          <IconClockExclamation size={15} aria-hidden /> not being checked
        </span>
      )}
      {monitor.pending_status && (
        <span>
          <IconHourglass size={15} aria-hidden /> maybe {monitor.pending_status}
        </span>
      )}
    </>
  )
}

function latencyWords(hours: readonly (number | null)[], last: number): string {
  const known = hours.filter(one => one !== null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  return `Latency of the last day, ${formatLatency(least)} to ${formatLatency(most)}, ${formatLatency(last)} of late`
}

/** Drawn anew only when something of it is new: each check of any monitor is told to the whole list. */
export const MonitorRow = memo(function MonitorRow({ monitor, service, figures, firstDay }: Properties) {
  const { id: org } = useOrganization()
  const { icon: Icon, label } = KINDS[monitor.kind]
  const state = stateOf(monitor)
  const reason = reasonOf(monitor)
  const last = figures?.hours.findLast(one => one !== null) ?? null
  return (
    <li className={classes.row} data-state={state} data-monitor={monitor.id}>
      <div className={classes.state}>
        <StatusBadge state={state} />
        {monitor.since && !monitor.paused_at && (
          <span className={classes.since}>
            <Time at={monitor.since} bare />
          </span>
        )}
      </div>
      <div className={classes.what}>
        <Link to="/o/$org/monitors/$monitor" params={{ org, monitor: monitor.id }} className={classes.name}>
          {monitor.name}
        </Link>
        <div className={classes.facts}>
          <span title={label}>
            <Icon size={15} aria-label={label} /> <span className={classes.target}>{targetOf(monitor.spec)}</span>
          </span>
          {reason && !monitor.paused_at && <span className={classes.reason}>{reason}</span>}
          <Marks monitor={monitor} />
        </div>
        <div className={classes.facts}>
          <span className={classes.service}>{service}</span>
          {monitor.tags.map(tag => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
        </div>
      </div>
      <div className={classes.latency}>
        {figures && last !== null && (
          <>
            <Sparkline values={figures.hours} label={latencyWords(figures.hours, last)} />
            <span>{formatLatency(last)}</span>
          </>
        )}
      </div>
      <div className={classes.uptime}>
        {figures && firstDay && (
          <>
            <UptimeBar
              days={daysFrom(firstDay, figures.days)}
              label={`Uptime of ${figures.days.length} days: ${figures.uptime === null ? 'not known' : formatUptime(figures.uptime)}`}
            />
            <span>
              {figures.uptime === null ? 'no data' : formatUptime(figures.uptime)}
              <span className={classes.caption}> in {figures.days.length} days</span>
            </span>
          </>
        )}
      </div>
    </li>
  )
})

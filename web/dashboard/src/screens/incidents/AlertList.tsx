/** The deduplicated conditions behind an incident. */
import type { Model } from '../../api/types'
import { StatusBadge } from '../../components/StatusBadge'
import { Clock, Time } from '../../components/Time'
import classes from './AlertList.module.css'

export function AlertList({ alerts }: { alerts: Model<'Alert'>[] }) {
  return (
    <ul className={classes.list}>
      {alerts.map(alert => (
        <li key={alert.id}>
          <div className={classes.head}>
            <StatusBadge state={alert.status === 'resolved' ? 'resolved' : alert.severity} />
            <span className={classes.summary}>{alert.summary}</span>
          </div>
          <p className={classes.facts}>
            {alert.event_count} {alert.event_count === 1 ? 'event' : 'events'}, the first at{' '}
            <Clock at={alert.first_event_at} />, the last <Time at={alert.last_event_at} />
            {alert.source && <> · from {alert.source}</>}
          </p>
          <p className={classes.facts}>
            Dedup key <code>{alert.dedup_key}</code>
          </p>
        </li>
      ))}
    </ul>
  )
}

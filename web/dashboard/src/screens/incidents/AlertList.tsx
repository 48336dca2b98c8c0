/** The deduplicated conditions behind an incident; each leads to an event that says what broke. */
import { lazy, Suspense, useState } from 'react'
import type { Model } from '../../api/types'
import { StatusBadge } from '../../components/StatusBadge'
import { Clock, Time } from '../../components/Time'
import classes from './AlertList.module.css'
import type { Detail } from './detail'
import { useLines } from './queries'
import { eventOf } from './story'

const EventModal = lazy(async () => ({ default: (await import('../services/EventModal')).EventModal }))

export function AlertList({ incident: { id, alerts } }: { incident: Detail }) {
  const lines = useLines(id) ?? []
  const [shown, setShown] = useState<string>()
  return (
    <>
      <ul className={classes.list}>
        {alerts.map(alert => {
          const event = eventOf(alert, lines)
          return (
            <li key={alert.id}>
              <Told alert={alert} />
              {event && (
                <button type="button" className={classes.look} onClick={() => setShown(event.id)}>
                  See its {event.which} event
                </button>
              )}
            </li>
          )
        })}
      </ul>
      {shown && (
        <Suspense>
          <EventModal id={shown} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </>
  )
}

function Told({ alert }: { alert: Model<'Alert'> }) {
  return (
    <>
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
    </>
  )
}

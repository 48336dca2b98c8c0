/** Who has an incident; loudly, where nobody has. */
import { IconUserOff } from '@tabler/icons-react'
import type { Incident } from './actions'
import classes from './Owner.module.css'

export function Owner({ incident }: { incident: Incident }) {
  if (incident.status === 'resolved')
    return <span>by {incident.resolved_by_name?.replace(/^integration /, '') ?? 'itself'}</span>
  if (incident.status === 'acknowledged') return <strong>{incident.acknowledged_by_name ?? 'Somebody'}</strong>
  return (
    <span className={classes.nobody}>
      <IconUserOff size={15} aria-hidden /> Nobody yet
    </span>
  )
}

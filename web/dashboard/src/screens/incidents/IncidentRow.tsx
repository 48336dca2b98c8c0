/** One incident in the list: at a glance what is broken, how badly, who has it, and since when. */
import { Button, Checkbox } from '@mantine/core'
import { IconBellOff, IconCheck, IconClockPause } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useOrganization } from '../../app/organization'
import { StatusBadge } from '../../components/StatusBadge'
import { Clock, Time } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import { type Incident, inert, type Move } from './actions'
import classes from './IncidentRow.module.css'
import { Owner } from './Owner'

interface Properties {
  incident: Incident
  isSelected: boolean
  isCurrent: boolean
  /** Whether a tap anywhere selects it, in place of opening it. */
  isSelecting: boolean
  isSettling: boolean
  onSelect: () => void
  onMove: (move: Move) => void
}

function Marks({ incident: { snoozed_until: snoozed, muted_by: muted, urgency } }: { incident: Incident }) {
  return (
    <>
      {snoozed && (
        <span className={classes.mark}>
          <IconClockPause size={15} aria-hidden /> until <Clock at={snoozed} />
        </span>
      )}
      {muted && (
        <span className={classes.mark}>
          <IconBellOff size={15} aria-hidden /> muted
        </span>
      )}
      {urgency === 'low' && <span className={classes.mark}>low urgency</span>}
    </>
  )
}

export function IncidentRow({
  incident,
  isSelected,
  isCurrent,
  isSelecting,
  isSettling,
  onSelect,
  onMove,
}: Properties) {
  const { id: org } = useOrganization()
  const why = useWhyNot('responder')
  const { id, number, status, severity, title, service_name: service, created_at: since } = incident
  const move: Move | null = status === 'triggered' ? 'acknowledge' : status === 'acknowledged' ? 'resolve' : null
  return (
    <li className={classes.row} data-status={status} data-current={isCurrent || undefined}>
      <Checkbox
        className={classes.check}
        aria-label={`Select incident ${number}`}
        checked={isSelected}
        onChange={onSelect}
        disabled={why !== null}
        title={why ?? undefined}
      />
      <div className={classes.state}>
        <StatusBadge state={status} />
      </div>
      <div className={classes.what}>
        <Link
          to="/o/$org/incidents/$incident"
          params={{ org, incident: id }}
          className={classes.title}
          data-incident={id}
          onClick={event => {
            if (!isSelecting) return
            event.preventDefault()
            onSelect()
          }}
        >
          {title}
        </Link>
        <div className={classes.facts}>
          <StatusBadge state={severity} plain />
          <span>{service}</span>
          <span className={classes.number}>#{number}</span>
          <Marks incident={incident} />
        </div>
      </div>
      <div className={classes.who}>
        <span className={classes.owner}>
          <Owner incident={incident} />
        </span>
        <span className={classes.since}>
          <Time at={status === 'resolved' && incident.resolved_at ? incident.resolved_at : since} />
        </span>
      </div>
      <div className={classes.action}>
        {move && (
          <Button
            size="sm"
            variant={move === 'acknowledge' ? 'filled' : 'default'}
            leftSection={<IconCheck size={18} aria-hidden />}
            aria-label={`${move === 'acknowledge' ? 'Acknowledge' : 'Resolve'} incident ${number}`}
            disabled={why !== null}
            title={why ?? undefined}
            {...inert(isSettling)}
            onClick={() => isSettling || onMove(move)}
          >
            {move === 'acknowledge' ? 'Acknowledge' : 'Resolve'}
          </Button>
        )}
      </div>
    </li>
  )
}

/** The facts of an incident beside its story. */
import { Anchor, Card } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { Clock, Time } from '../../components/Time'
import type { Detail } from './detail'
import classes from './IncidentFacts.module.css'
import { Owner } from './Owner'
import { useLines } from './queries'
import { pagedOf } from './story'

const MOST_NAMES = 4

/** `isBrief` for what a phone tells in one line. */
function Fact({ name, isBrief = false, children }: { name: string; isBrief?: boolean; children: ReactNode }) {
  return (
    <div className={classes.fact} data-brief={isBrief || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Only what is http is a link: the tool that sent it may have said anything. */
function Runbook({ url }: { url: string }) {
  if (!/^https?:\/\//i.test(url)) return url
  return (
    <Anchor href={url} target="_blank" rel="noreferrer" fz="sm">
      Open the runbook <IconExternalLink size={14} aria-label="in a new tab" />
    </Anchor>
  )
}

/** Whom pages have gone out to, while nobody has answered. */
function Paged({ incident }: { incident: Detail }) {
  const lines = useLines(incident.id)
  if (!lines) return null
  const paged = pagedOf(lines)
  if (!paged) return <span className={classes.soft}>nobody was paged</span>
  const { names, last } = paged
  const others = names.length - MOST_NAMES
  return (
    <span className={classes.soft}>
      paged {names.slice(0, MOST_NAMES).join(', ')}
      {others > 0 && ` and ${others} more`}; last <Clock at={last} />
    </span>
  )
}

export function IncidentFacts({ incident }: { incident: Detail }) {
  const { id: org } = useOrganization()
  const service = (
    <LinkAnchor to="/o/$org/services/$service" params={{ org, service: incident.service_id }} fz="sm">
      {incident.service_name}
    </LinkAnchor>
  )
  return (
    <Card>
      <p className={classes.brief}>
        {service} · <Time bare at={incident.created_at} /> · {incident.urgency} urgency
      </p>
      <dl className={classes.facts}>
        {incident.status === 'triggered' && (
          <Fact name="Who has it">
            <Owner incident={incident} />
            <Paged incident={incident} />
          </Fact>
        )}
        <Fact name="Service" isBrief>
          {service}
        </Fact>
        <Fact name="Began" isBrief>
          <Time at={incident.created_at} />
        </Fact>
        {incident.acknowledged_at && (
          <Fact name="Acknowledged">
            <strong>{incident.acknowledged_by_name ?? 'Somebody'}</strong>, <Time at={incident.acknowledged_at} />
          </Fact>
        )}
        {incident.resolved_at && (
          <Fact name="Resolved">
            <strong>{incident.resolved_by_name?.replace(/^integration /, '') ?? 'By itself'}</strong>,{' '}
            <Time at={incident.resolved_at} />
          </Fact>
        )}
        {incident.snoozed_until && (
          <Fact name="Snoozed">
            until <Clock at={incident.snoozed_until} />
            {incident.snoozed_by_name && ` by ${incident.snoozed_by_name}`}
          </Fact>
        )}
        {incident.acknowledgement_ends_at && (
          <Fact name="Acknowledged until">
            <Clock at={incident.acknowledgement_ends_at} />, then it pages again
          </Fact>
        )}
        {incident.muted_by && <Fact name="Muted">{incident.muted_by.split(':')[0]?.replaceAll('_', ' ')}</Fact>}
        <Fact name="Urgency" isBrief>
          {incident.urgency === 'high' ? 'High' : 'Low'}
        </Fact>
        {incident.reopened_count > 0 && <Fact name="Reopened">{incident.reopened_count} times</Fact>}
        {incident.responders.length > 0 && (
          <Fact name="Helping">{incident.responders.map(one => one.name).join(', ')}</Fact>
        )}
        {incident.runbook_url && (
          <Fact name="Runbook">
            <Runbook url={incident.runbook_url} />
          </Fact>
        )}
      </dl>
    </Card>
  )
}

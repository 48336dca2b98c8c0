/** What one wants to know of a service at a glance. */
import { Anchor } from '@mantine/core'
import { IconAlertTriangle, IconExternalLink, IconStairsUp, IconUsers } from '@tabler/icons-react'
import { useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { StatusBadge } from '../../components/StatusBadge'
import classes from './ServiceFacts.module.css'
import type { Service } from './serviceValues'
import { useOpenIncidents, usePolicies, useTeams } from './useNames'

export function ServiceFacts({ service }: { service: Service }) {
  const { id: org } = useOrganization()
  const policies = usePolicies().names
  const teams = useTeams().names
  const open = useOpenIncidents().get(service.id)
  const { policy_id: policy, team_id: team, runbook_url: runbook } = service
  return (
    <div className={classes.facts}>
      <LinkAnchor to="/o/$org/incidents" params={{ org }} search={{ service_id: service.id }} underline="never">
        {open ? (
          <StatusBadge state={open.state} word={`${open.count} open`} />
        ) : (
          <StatusBadge state="operational" word="Quiet" />
        )}
      </LinkAnchor>
      {policy ? (
        <span>
          <IconStairsUp size={16} aria-hidden />
          <LinkAnchor fz="inherit" to="/o/$org/policies/$policy" params={{ org, policy }}>
            {policies.get(policy) ?? 'Escalation policy'}
          </LinkAnchor>
        </span>
      ) : (
        <span className={classes.missing}>
          <IconAlertTriangle size={16} aria-hidden /> No escalation policy
        </span>
      )}
      {team && (
        <span>
          <IconUsers size={16} aria-hidden /> {teams.get(team) ?? '…'}
        </span>
      )}
      {runbook && /^https?:\/\//i.test(runbook) && (
        <Anchor href={runbook} target="_blank" rel="noreferrer" fz="inherit">
          Runbook <IconExternalLink size={14} aria-label="in a new tab" />
        </Anchor>
      )}
    </div>
  )
}

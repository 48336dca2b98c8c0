/** Where the escalation stands: the steps of the version it runs on, and which comes next. */
import { Card, Text, Title } from '@mantine/core'
import { IconCheck, IconClock, IconPlayerPause, IconPointFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { useTargetNames } from '../../app/useTargetNames'
import { LinkAnchor } from '../../components/links'
import { Time } from '../../components/Time'
import type { Detail } from './detail'
import classes from './EscalationCard.module.css'

type Escalation = Model<'Escalation'>

function Standing({ escalation }: { escalation: Escalation }) {
  if (escalation.state === 'held')
    return (
      <>
        <IconPlayerPause size={16} aria-hidden /> Held by {escalation.held_by_name ?? 'somebody'}
      </>
    )
  if (escalation.state === 'exhausted') return <>No step is left, and the fallback was paged.</>
  if (escalation.state === 'stopped') return <>Stopped.</>
  if (!escalation.next_at) return <>Waits.</>
  return (
    <>
      <IconClock size={16} aria-hidden /> Next step <Time at={escalation.next_at} />
    </>
  )
}

export function EscalationCard({ incident }: { incident: Detail }) {
  const { escalation } = incident
  const { id: org } = useOrganization()
  if (!escalation) return null
  const { policy_id: policy, policy_version: version } = escalation
  return (
    <Card>
      <Title order={2} size="h4" mb={4}>
        Escalation
      </Title>
      <Text size="sm" className={classes.standing}>
        <Standing escalation={escalation} />
      </Text>
      {policy && version !== null && <Steps escalation={escalation} policy={policy} version={version} />}
      {policy && (
        <LinkAnchor to="/o/$org/policies/$policy" params={{ org, policy }} fz="sm">
          See the policy
        </LinkAnchor>
      )}
    </Card>
  )
}

function Steps({ escalation, policy, version }: { escalation: Escalation; policy: string; version: number }) {
  const api = useApi()
  const path = { policy_id: policy, version }
  const found = useQuery({
    ...api.get('/v1/escalation-policies/{policy_id}/versions/{version}', { path }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const nameOf = useTargetNames(found.data?.steps.flatMap(step => step.targets) ?? [])
  if (!found.data) return null
  const { rounds, steps } = found.data
  return (
    <>
      <ol className={classes.steps}>
        {steps.map((step, position) => {
          const isPast = escalation.state === 'exhausted' || position < escalation.position
          const isNext = escalation.state === 'waiting' && position === escalation.position
          return (
            <li key={step.step_id} data-past={isPast || undefined} aria-current={isNext ? 'step' : undefined}>
              {isPast ? <IconCheck size={16} aria-label="done" /> : <IconPointFilled size={16} aria-hidden />}
              <span>{step.targets.map(nameOf).join(', ')}</span>
            </li>
          )
        })}
      </ol>
      {rounds > 1 && (
        <Text size="sm" c="dimmed" mb={4}>
          Round {escalation.round + 1} of {rounds}
        </Text>
      )}
    </>
  )
}

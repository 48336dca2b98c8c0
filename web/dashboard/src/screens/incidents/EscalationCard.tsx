/** Where the escalation stands: the steps of the version it runs on, and which comes next. */
import { Card, Text, Title } from '@mantine/core'
import { IconChevronDown, IconClock, IconPlayerPause, IconPointFilled, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { useTargetNames } from '../../app/useTargetNames'
import { LinkAnchor } from '../../components/links'
import { Clock, Time } from '../../components/Time'
import type { Detail } from './detail'
import classes from './EscalationCard.module.css'
import { useLines } from './queries'
import { capital, endOf, fateOfStep, type Line, roundOf } from './story'

type Escalation = Model<'Escalation'>

/** No step is left: whom that has reached, if anybody. */
function Exhausted({ lines }: { lines: readonly Line[] }) {
  const end = endOf(lines)
  if (!end) return <>Nobody answered, and no step is left.</>
  if (end === 'nobody')
    return <strong className={classes.lost}>Nobody answered, and there is no fallback contact.</strong>
  return (
    <span>
      Nobody answered. {capital(end.who)} was paged <Clock at={end.at} />.
    </span>
  )
}

function Standing({ escalation, lines }: { escalation: Escalation; lines: readonly Line[] }) {
  if (escalation.state === 'held')
    return (
      <>
        <IconPlayerPause size={16} aria-hidden /> Held by {escalation.held_by_name ?? 'somebody'}
      </>
    )
  if (escalation.state === 'exhausted') return <Exhausted lines={lines} />
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
  const lines = useLines(incident.id) ?? []
  const [isOpen, setOpen] = useState(false)
  if (!escalation) return null
  const { policy_id: policy, policy_version: version } = escalation
  return (
    <Card>
      <div className={classes.head}>
        <Title order={2} size="h4">
          Escalation
        </Title>
        {policy && (
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={isOpen}
            onClick={() => setOpen(before => !before)}
          >
            Its steps <IconChevronDown size={16} aria-hidden />
          </button>
        )}
      </div>
      <Text size="sm" component="div" className={classes.standing}>
        <Standing escalation={escalation} lines={lines} />
      </Text>
      {policy && (
        <div className={classes.more} data-open={isOpen || undefined}>
          {version !== null && <Steps incident={incident} policy={policy} version={version} lines={lines} />}
          <LinkAnchor to="/o/$org/policies/$policy" params={{ org, policy }} fz="sm">
            See the policy
          </LinkAnchor>
        </div>
      )}
    </Card>
  )
}

interface StepsProperties {
  incident: Detail
  policy: string
  version: number
  lines: readonly Line[]
}

function Steps({ incident: { escalation, status }, policy, version, lines }: StepsProperties) {
  const api = useApi()
  const path = { policy_id: policy, version }
  const found = useQuery({
    ...api.get('/v1/escalation-policies/{policy_id}/versions/{version}', { path }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const nameOf = useTargetNames(found.data?.steps.flatMap(step => step.targets) ?? [])
  if (!found.data || !escalation) return null
  const { rounds, steps } = found.data
  const isOver = escalation.state === 'exhausted' || escalation.round >= rounds
  const round = roundOf(escalation.round, rounds)
  return (
    <>
      <ol className={classes.steps}>
        {steps.map((step, position) => {
          const isPast = isOver || position < escalation.position
          const isNext = !isOver && escalation.state === 'waiting' && position === escalation.position
          return (
            <li key={step.step_id} data-past={isPast || undefined} aria-current={isNext ? 'step' : undefined}>
              {isPast ? <IconSend size={16} aria-hidden /> : <IconPointFilled size={16} aria-hidden />}
              <span>
                {step.targets.map(nameOf).join(', ')}
                {isPast && ` · ${status === 'triggered' ? fateOfStep(lines, position) : 'taken'}`}
              </span>
            </li>
          )
        })}
      </ol>
      {rounds > 1 && (
        <Text size="sm" c="dimmed" mb={4}>
          Round {round} of {rounds}
        </Text>
      )}
    </>
  )
}

/** What can be done to an incident: one big button for what comes next, the rest in a menu. On a phone it sticks to the bottom. */
import { Button, Menu } from '@mantine/core'
import {
  IconBellPause,
  IconCheck,
  IconChevronDown,
  IconCircleCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotate,
  IconSpeakerphone,
  IconStairsUp,
  IconUserPlus,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useApi } from '../../app/organization'
import { notifyDone, notifyProblem } from '../../components/notices'
import { useWhyNot } from '../../components/WhyNot'
import { inert, type Move, useMove } from './actions'
import type { Detail } from './detail'
import classes from './IncidentActions.module.css'
import { PeopleModal } from './PeopleModal'
import { SNOOZES } from './snoozing'

/** Calls that have no place of their own to show that they failed. */
function useEscalation({ id, escalation }: Detail) {
  const api = useApi()
  const queries = useQueryClient()
  const path = { incident_id: id }
  const step = escalation ? { round: escalation.round, position: escalation.position } : {}
  return useMutation({
    mutationFn: (what: 'escalate' | 'hold' | 'resume' | { snooze: number }) => {
      if (typeof what === 'object')
        return api.post('/v1/incidents/{incident_id}/snooze', { path, body: { seconds: what.snooze } })
      if (what === 'escalate') return api.post('/v1/incidents/{incident_id}/escalate', { path, body: step })
      return api.post(`/v1/incidents/{incident_id}/${what}`, { path })
    },
    onSuccess: (_, what) => {
      if (what === 'escalate') notifyDone('The next step is being taken.')
    },
    onError: notifyProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: api.topic('incidents') }),
  })
}

const TellPublicModal = lazy(() =>
  import('../status-pages/TellPublicModal').then(found => ({ default: found.TellPublicModal })),
)

const NEXT: Readonly<Record<Detail['status'], { move: Move; label: string } | null>> = {
  triggered: { move: 'acknowledge', label: 'Acknowledge' },
  acknowledged: { move: 'resolve', label: 'Resolve' },
  resolved: null,
}

type Whom = 'responders' | 'reassign'

export function IncidentActions({ incident }: { incident: Detail }) {
  const why = useWhyNot('responder')
  const off = { disabled: why !== null, title: why ?? undefined }
  const { move: moveAll, settling } = useMove()
  const isSettling = settling.has(incident.id)
  const [people, setPeople] = useState<Whom | null>(null)
  const [isTelling, setTelling] = useState(false)
  const moveAnyway = (how: Move) => moveAll([incident.id], how)
  const move = (how: Move) => isSettling || moveAnyway(how)
  const next = NEXT[incident.status]
  const isOpen = incident.status !== 'resolved'
  return (
    <div className={classes.bar}>
      {next && (
        <Button
          className={classes.next}
          size="md"
          leftSection={<IconCheck size={20} aria-hidden />}
          {...off}
          {...inert(isSettling)}
          onClick={() => move(next.move)}
        >
          {next.label}
        </Button>
      )}
      {incident.status === 'triggered' && (
        <Button size="md" variant="default" {...off} {...inert(isSettling)} onClick={() => move('resolve')}>
          Resolve
        </Button>
      )}
      {!isOpen && (
        <Button
          size="md"
          variant="default"
          leftSection={<IconRotate size={20} aria-hidden />}
          {...off}
          {...inert(isSettling)}
          onClick={() => move('reopen')}
        >
          Open again
        </Button>
      )}
      {!isOpen && (
        <Button
          size="md"
          variant="default"
          leftSection={<IconSpeakerphone size={20} aria-hidden />}
          {...off}
          onClick={() => setTelling(true)}
        >
          Tell the public
        </Button>
      )}
      {isOpen && (
        <More incident={incident} off={off} move={moveAnyway} onPeople={setPeople} onTell={() => setTelling(true)} />
      )}
      <PeopleModal incident={incident} what={people} onClose={() => setPeople(null)} />
      {isTelling && (
        <Suspense>
          <TellPublicModal incidentId={incident.id} onClose={() => setTelling(false)} />
        </Suspense>
      )}
    </div>
  )
}

interface MoreProperties {
  incident: Detail
  off: { disabled: boolean; title: string | undefined }
  move: (how: Move) => void
  onPeople: (whom: Whom) => void
  onTell: () => void
}

/** What is done less often to an incident that is open. */
function More({ incident, off, move, onPeople, onTell }: MoreProperties) {
  const escalating = useEscalation(incident)
  const state = incident.escalation?.state
  return (
    <Menu position="top-end" width={260}>
      <Menu.Target>
        <Button
          size="md"
          variant="default"
          {...off}
          rightSection={<IconChevronDown size={18} aria-hidden />}
          loading={escalating.isPending}
        >
          More
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {incident.status === 'acknowledged' && (
          <Menu.Item leftSection={<IconRotate size={18} />} onClick={() => move('unacknowledge')}>
            Take the acknowledgement back
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconUserPlus size={18} />} onClick={() => onPeople('responders')}>
          Call people in
        </Menu.Item>
        <Menu.Item leftSection={<IconCircleCheck size={18} />} onClick={() => onPeople('reassign')}>
          Give it to others
        </Menu.Item>
        <Menu.Item leftSection={<IconSpeakerphone size={18} />} onClick={onTell}>
          Tell the public
        </Menu.Item>
        {state === 'waiting' && (
          <>
            <Menu.Item leftSection={<IconStairsUp size={18} />} onClick={() => escalating.mutate('escalate')}>
              Take the next step now
            </Menu.Item>
            <Menu.Item leftSection={<IconPlayerPause size={18} />} onClick={() => escalating.mutate('hold')}>
              Hold the escalation
            </Menu.Item>
          </>
        )}
        {state === 'held' && (
          <Menu.Item leftSection={<IconPlayerPlay size={18} />} onClick={() => escalating.mutate('resume')}>
            Let the escalation go on
          </Menu.Item>
        )}
        <Menu.Divider />
        {incident.snoozed_until ? (
          <Menu.Item leftSection={<IconBellPause size={18} />} onClick={() => move('unsnooze')}>
            End the snooze
          </Menu.Item>
        ) : (
          SNOOZES.map(({ label, seconds }) => (
            <Menu.Item
              key={label}
              leftSection={<IconBellPause size={18} />}
              onClick={() => escalating.mutate({ snooze: seconds() })}
            >
              Snooze {label}
            </Menu.Item>
          ))
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

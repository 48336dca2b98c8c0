/** The last step: what becomes of the event, as it happens, until its page is answered. */
import { Button, Group, Loader, Text } from '@mantine/core'
import { IconCircleCheckFilled, IconCircleXFilled, IconUserCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Model } from '../../api/types'
import { useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { useNow } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import { inert, useMove } from '../incidents/actions'
import type { Detail } from '../incidents/detail'
import { channelOf } from '../incidents/fates'
import { fateOf } from '../incidents/PageList'
import { outcomeOf } from '../services/outcomes'
import { between } from './firstPage'
import classes from './WatchStep.module.css'

type Notification = Model<'Notification'>
type State = 'done' | 'bad' | 'open' | 'none'

const LATE_MS = 30_000
const TITLE = 120

const MARKS: Readonly<Record<State, ReactNode>> = {
  done: <IconCircleCheckFilled size={20} aria-label="Done:" />,
  bad: <IconCircleXFilled size={20} aria-label="Failed:" />,
  open: <Loader size={18} role="img" aria-label="Going on:" />,
  none: <span className={classes.dot} />,
}

function Stage({ state, title, children }: { state: State; title: string; children?: ReactNode }) {
  return (
    <li className={classes.stage} data-state={state}>
      <span className={classes.mark}>{MARKS[state]}</span>
      <div>
        <strong>{title}</strong>
        {children && <div className={classes.words}>{children}</div>}
      </div>
    </li>
  )
}

interface Properties {
  /** When the event was accepted. */
  at: string
  /** Once it has been processed. */
  event: Model<'Event'> | undefined
  incident: Detail | undefined
  pages: readonly Notification[]
}

export function WatchStep({ at, event, incident, pages }: Properties) {
  const isLate = useNow() - Date.parse(at) > LATE_MS
  const isNothing = event && !event.incident_id
  return (
    <>
      <ol className={classes.stages} aria-live="polite">
        <Stage state="done" title="Event accepted">
          {event?.summary?.slice(0, TITLE)}
        </Stage>
        <Stage
          state={incident ? 'done' : isNothing ? 'bad' : 'open'}
          title={isNothing ? 'No incident' : 'Incident opened'}
        >
          {incident && <Opened incident={incident} from={at} />}
          {isNothing && `${outcomeOf(event.outcome)}. Its service says why.`}
        </Stage>
        <Paged incident={incident} pages={pages} from={at} />
        <Answered incident={incident} />
      </ol>
      {isLate && !event && (
        <Text size="sm" c="dimmed">
          This takes longer than it should. Nothing is lost: the event waits in a queue, and who runs this deployment
          can ask <code>tocsin doctor</code>.
        </Text>
      )}
    </>
  )
}

function Opened({ incident, from }: { incident: Detail; from: string }) {
  const { id: org } = useOrganization()
  return (
    <>
      <LinkAnchor fz="inherit" to="/o/$org/incidents/$incident" params={{ org, incident: incident.id }}>
        #{incident.number} {incident.title.slice(0, TITLE)}
      </LinkAnchor>{' '}
      after {between(from, incident.created_at)}
    </>
  )
}

function Paged({
  incident,
  pages,
  from,
}: {
  incident: Detail | undefined
  pages: readonly Notification[]
  from: string
}) {
  const { id: org } = useOrganization()
  const isSent = pages.some(one => one.state === 'delivered')
  const isFailed = pages.length > 0 && pages.every(one => one.state === 'failed')
  const isStopped = !isSent && incident && incident.status !== 'triggered'
  const state: State = isSent ? 'done' : isFailed ? 'bad' : incident && !isStopped ? 'open' : 'none'
  return (
    <Stage state={state} title="Page sent">
      {pages.map(page => (
        <div key={page.id}>
          {channelOf(page.channel).name}
          {page.address && ` to ${page.address}`}: {fateOf(page).words.toLowerCase()}
          {page.state === 'delivered' && page.finished_at && ` after ${between(from, page.finished_at)}`}
        </div>
      ))}
      {isFailed && (
        <LinkAnchor fz="inherit" to="/o/$org/me" params={{ org }}>
          See to how you are reached
        </LinkAnchor>
      )}
    </Stage>
  )
}

function Answered({ incident }: { incident: Detail | undefined }) {
  const why = useWhyNot('responder')
  const moving = useMove()
  if (!incident) return <Stage state="none" title="You acknowledge it" />
  const isSettling = moving.settling.has(incident.id)
  const move = (how: 'acknowledge' | 'resolve') => isSettling || moving.move([incident.id], how)
  if (incident.acknowledged_at)
    return (
      <Stage state="done" title="Acknowledged">
        {incident.acknowledged_by_name && `By ${incident.acknowledged_by_name} `}
        after {between(incident.created_at, incident.acknowledged_at)}. Nobody else is paged for it.
        {incident.status === 'acknowledged' && (
          <Group mt="xs">
            <Button
              size="sm"
              variant="default"
              disabled={why !== null}
              {...inert(isSettling)}
              onClick={() => move('resolve')}
            >
              Resolve it
            </Button>
          </Group>
        )}
      </Stage>
    )
  if (incident.status === 'resolved') return <Stage state="bad" title="Resolved before anybody acknowledged it" />
  return (
    <Stage state="none" title="You acknowledge it">
      Here, or by the link in the page itself: it takes no sign-in.
      <Group mt="xs">
        <Button
          className={classes.acknowledge}
          size="md"
          leftSection={<IconUserCheck size={20} aria-hidden />}
          disabled={why !== null}
          title={why ?? undefined}
          onClick={() => move('acknowledge')}
        >
          Acknowledge
        </Button>
      </Group>
    </Stage>
  )
}

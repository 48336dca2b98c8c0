/** The guide to the first page: four steps, each as far as what is there says, so that one goes on where one was. */
import { Alert, Button, Stack } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { serverNow } from '../../api/clock'
import type { Model } from '../../api/types'
import { leaveGuide, useIsBegun } from '../../app/firstRun'
import { Loading } from '../../app/Loading'
import { useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { LinkButton } from '../../components/links'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { PagingStopped } from '../incidents/PagingStopped'
import { ContactStep } from './ContactStep'
import { isWhole, type Path, partsOf, provenOf } from './firstPage'
import { NextSteps } from './NextSteps'
import { useMethods, useOutcome, useParts, useTrigger } from './queries'
import { SendStep } from './SendStep'
import { SetUpStep } from './SetUpStep'
import classes from './StartScreen.module.css'
import { StepCard, type StepState } from './StepCard'
import { WatchStep } from './WatchStep'

const TITLE = 'Your first page'

export function StartScreen() {
  const { userId } = useOrganization()
  return userId ? <Guide user={userId} /> : <OfTheDemo />
}

function OfTheDemo() {
  return (
    <Page title={TITLE} width="narrow">
      <Empty
        icon={IconRocket}
        title="The demo is set up already"
        action={<LinkButton to="/sign-up">Sign up</LinkButton>}
      >
        In an organization of your own this leads to the first page in two minutes: a way to reach you, a service, a
        test event, and the page itself.
      </Empty>
    </Page>
  )
}

function Guide({ user }: { user: string }) {
  const { id: org } = useOrganization()
  const navigate = useNavigate()
  const isToBegin = useIsBegun() === false
  const methods = useMethods()
  const { parts, error, refetch } = useParts()
  const leave = () => {
    leaveGuide(org)
    void navigate({ to: '/o/$org/incidents', params: { org } })
  }
  const again = () => {
    refetch()
    if (methods.error) void methods.refetch()
  }
  return (
    <Page
      title={TITLE}
      description="Four steps and two minutes, and you know that a page reaches you."
      width="narrow"
      actions={
        isToBegin && (
          <Button variant="default" onClick={leave}>
            Leave it for later
          </Button>
        )
      }
    >
      <ProblemAlert error={error ?? methods.error} onRetry={again} />
      {parts && methods.data ? (
        <Steps methods={methods.data.items} parts={partsOf(parts, user)} />
      ) : (
        !error && !methods.error && <Loading />
      )}
    </Page>
  )
}

interface Properties {
  methods: readonly Model<'ContactMethod'>[]
  parts: Partial<Path>
}

function Steps({ methods, parts }: Properties) {
  const isReachable = provenOf(methods) !== undefined
  const state: StepState = isWhole(parts) ? 'done' : isReachable ? 'now' : 'later'
  return (
    <Stack>
      <ol className={classes.steps}>
        <StepCard number={1} title="A way to reach you" state={isReachable ? 'done' : 'now'}>
          <ContactStep methods={methods} />
        </StepCard>
        <StepCard number={2} title="Something that pages you" state={state}>
          <SetUpStep parts={parts} />
        </StepCard>
        {isReachable && isWhole(parts) ? (
          <Trial path={parts} />
        ) : (
          <>
            <StepCard number={3} title="Send a test event" state="later" />
            <StepCard number={4} title="Watch it, and answer" state="later" />
          </>
        )}
      </ol>
    </Stack>
  )
}

function Trial({ path }: { path: Path }) {
  const [sent, setSent] = useState<{ id: string; at: string }>()
  const { event, error, isPending } = useTrigger(path.integration, sent?.id)
  const { incident, pages, error: lost } = useOutcome(event?.incident_id)
  const at = event?.received_at ?? sent?.at
  const isAnswered = Boolean(incident?.acknowledged_at)
  const isOver = incident?.status === 'resolved' || (event !== undefined && !event.incident_id)
  if (isPending) return <Loading />
  return (
    <>
      <StepCard number={3} title="Send a test event" state={at ? 'done' : 'now'}>
        <PagingStopped stop={incident?.paging_stop} />
        <SendStep
          integration={path.integration}
          sentAt={at}
          mayAgain={isOver}
          onSent={id => setSent({ id, at: new Date(serverNow()).toISOString() })}
        />
      </StepCard>
      <StepCard number={4} title="Watch it, and answer" state={isAnswered ? 'done' : at ? 'now' : 'later'}>
        <ProblemAlert error={error ?? lost} />
        {at && <WatchStep at={at} event={event} incident={incident} pages={pages} />}
      </StepCard>
      {isAnswered && (
        <li className={classes.after}>
          <Alert color="green" icon={<IconRocket aria-hidden />} title="That was your first page" mb="md">
            It came, you answered, and it is on record. From now on the same happens for what your tools report.
          </Alert>
          <NextSteps
            integration={path.integration.id}
            isConnected={event?.summary !== `Test of ${path.integration.name}`}
          />
        </li>
      )}
    </>
  )
}

/** A code of an authenticator app at every sign-in: on by scanning, off by a word. */
import { Button, Group, Modal, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { authenticatorQuery, withoutAuthenticator } from '../../auth/myself'
import { ConfirmButton } from '../../components/ConfirmButton'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StatusBadge } from '../../components/StatusBadge'
import { Section } from '../settings/Section'
import { EnrolSteps } from './EnrolSteps'

export function AuthenticatorCard() {
  const queries = useQueryClient()
  const found = useQuery(authenticatorQuery)
  const [isOpen, { open, close }] = useDisclosure(false)
  const changed = () => queries.invalidateQueries({ queryKey: authenticatorQuery.queryKey })
  const end = async () => {
    await withoutAuthenticator()
    await changed()
  }
  if (found.isPending) return <Skeleton height={84} radius="lg" />
  if (!found.data) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
  return (
    <Section
      title="Authenticator app"
      action={
        found.data.isOn ? (
          <Group gap="xs">
            <Button variant="default" onClick={open}>
              Another phone…
            </Button>
            <ConfirmButton
              c="red"
              question="Sign in without codes?"
              consequence="Whoever has your password can sign in as you from then on."
              confirm="Turn it off"
              onConfirm={end}
            >
              Turn off
            </ConfirmButton>
          </Group>
        ) : (
          <Button onClick={open}>Turn on…</Button>
        )
      }
    >
      <StatusBadge state={found.data.isOn ? 'resolved' : 'warning'} word={found.data.isOn ? 'On' : 'Off'} plain />
      <div>
        {found.data.isOn
          ? 'Every sign-in asks for a code from your phone.'
          : 'With it, a stolen password alone opens nothing: every sign-in also asks for a code from your phone.'}
      </div>
      <Modal opened={isOpen} onClose={close} title="Authenticator app">
        <EnrolSteps
          onDone={async () => {
            close()
            await changed()
          }}
        />
      </Modal>
    </Section>
  )
}

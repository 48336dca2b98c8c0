/** Ends the organization after 30 days, or takes that back. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../api/problem'
import { meQuery } from '../../app/me'
import { useApi } from '../../app/organization'
import { notifyDone, notifyProblem } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Clock } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import type { Organization } from './GeneralForm'
import { Section } from './Section'

/** Shows an organization as it is now, here and wherever its end is told. */
function useShown(): (made: Organization) => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  return async made => {
    queries.setQueryData(api.get('/v1/organization').queryKey, made)
    await queries.invalidateQueries({ queryKey: meQuery.queryKey })
  }
}

export function EndCard({ organization }: { organization: Organization }) {
  const api = useApi()
  const why = useWhyNot('owner')
  const shown = useShown()
  const [isOpen, { open, close }] = useDisclosure(false)
  const restore = useMutation({
    mutationFn: () => api.post('/v1/organization/restore'),
    onSuccess: made => {
      notifyDone('The organization goes on.')
      return shown(made)
    },
    onError: notifyProblem,
  })
  if (organization.deletes_at)
    return (
      <Section
        title="It is to be deleted"
        action={
          <Button
            disabled={why !== null}
            title={why ?? undefined}
            loading={restore.isPending}
            onClick={() => restore.mutate()}
          >
            Keep the organization
          </Button>
        }
      >
        On <Clock at={organization.deletes_at} />, with everything in it. Until then an owner can take that back.
      </Section>
    )
  return (
    <Section
      title="Delete the organization"
      action={
        <Button
          variant="default"
          c={why === null ? 'red' : undefined}
          disabled={why !== null}
          title={why ?? undefined}
          onClick={open}
        >
          Delete…
        </Button>
      }
    >
      With everything in it, 30 days from now. Until then it can be taken back.
      <Modal opened={isOpen} onClose={close} title="Delete the organization">
        <Editor organization={organization} onClose={close} />
      </Modal>
    </Section>
  )
}

function Editor({ organization, onClose }: { organization: Organization; onClose: () => void }) {
  const api = useApi()
  const shown = useShown()
  const [typed, setTyped] = useState('')
  const end = useMutation({
    mutationFn: () => api.delete('/v1/organization', { body: { name: typed } }),
    onSuccess: async made => {
      onClose()
      await shown(made)
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        end.mutate()
      }}
    >
      <Stack>
        <Text size="sm">
          Members, services, monitors, status pages and all that ever happened are deleted 30 days from now. Export
          first what you want to keep.
        </Text>
        <ProblemAlert error={end.error} />
        <TextInput
          label={`Type its name: ${organization.name}`}
          autoComplete="off"
          data-autofocus
          value={typed}
          error={fieldErrors(end.error).name}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            color="red"
            disabled={typed.trim() !== organization.name.trim()}
            loading={end.isPending}
          >
            Delete it in 30 days
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

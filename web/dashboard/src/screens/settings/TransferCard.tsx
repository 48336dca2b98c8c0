/** Hands the organization to another member. */
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery } from '../../app/me'
import { useApi, useOrganization } from '../../app/organization'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot } from '../../components/WhyNot'
import { Section } from './Section'

export function TransferCard() {
  const why = useWhyNot('owner')
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <Section
      title="Transfer ownership"
      action={
        <Button variant="default" disabled={why !== null} title={why ?? undefined} onClick={open}>
          Choose an owner…
        </Button>
      }
    >
      Another member becomes its owner in your place; you stay as an admin. To have several owners, give them the role
      under People.
      <Modal opened={isOpen} onClose={close} title="Hand the organization over">
        <Editor onClose={close} />
      </Modal>
    </Section>
  )
}

function Editor({ onClose }: { onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const { userId } = useOrganization()
  const [heir, setHeir] = useState<string | null>(null)
  const members = useQuery(api.get('/v1/members', { query: { limit: 200 } }))
  const others = members.data?.items.filter(one => one.user_id !== userId) ?? []
  const transfer = useMutation({
    mutationFn: (id: string) => api.post('/v1/organization/transfer', { body: { user_id: id } }),
    onSuccess: async made => {
      onClose()
      notifyDone(`${made.name} owns the organization from now on; you are an admin.`)
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      await queries.invalidateQueries({ queryKey: api.topic('members') })
    },
  })
  return (
    <Stack>
      <Text size="sm">Only the new owner can give the role back to you.</Text>
      <ProblemAlert error={transfer.error ?? members.error} />
      <Select
        label="New owner"
        searchable
        data-autofocus
        placeholder={others.length === 0 ? 'There is no other member' : 'Choose a member'}
        value={heir}
        onChange={setHeir}
        data={others.map(one => ({ value: one.user_id, label: `${one.name} (${one.email})` }))}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          color="red"
          disabled={heir === null}
          loading={transfer.isPending}
          onClick={() => heir && transfer.mutate(heir)}
        >
          Transfer ownership
        </Button>
      </Group>
    </Stack>
  )
}

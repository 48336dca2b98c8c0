/** Chooses people: to call in beside the escalation, or to give the incident to instead of it. */
import { Button, Group, Modal, MultiSelect, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import type { Detail } from './detail'

type What = 'responders' | 'reassign'

const WORDS: Readonly<Record<What, { title: string; text: string; button: string }>> = {
  responders: {
    title: 'Call people in',
    text: 'They are paged at once, each of them once, beside the escalation.',
    button: 'Page them',
  },
  reassign: {
    title: 'Give it to others',
    text: 'They are paged in place of whom the escalation would page.',
    button: 'Give it to them',
  },
}

export function PeopleModal({ incident, what, onClose }: { incident: Detail; what: What | null; onClose: () => void }) {
  return (
    <Modal opened={what !== null} onClose={onClose} title={what && WORDS[what].title}>
      {what && <Choice key={what} incident={incident} what={what} onClose={onClose} />}
    </Modal>
  )
}

function Choice({ incident, what, onClose }: { incident: Detail; what: What; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<string[]>([])
  const members = useQuery(api.get('/v1/members', { query: { limit: 200 } }))
  const path = { incident_id: incident.id }
  const doing = useMutation({
    mutationFn: async () => {
      if (what === 'responders')
        await api.post('/v1/incidents/{incident_id}/responders', { path, body: { user_ids: chosen } })
      else await api.post('/v1/incidents/{incident_id}/reassign', { path, body: { user_ids: chosen } })
    },
    onSuccess: () => {
      onClose()
      return queries.invalidateQueries({ queryKey: api.topic('incidents') })
    },
  })
  return (
    <Stack>
      <Text size="sm">{WORDS[what].text}</Text>
      <ProblemAlert error={doing.error ?? members.error} />
      <MultiSelect
        label="People"
        searchable
        data-autofocus
        value={chosen}
        onChange={setChosen}
        data={members.data?.items.map(one => ({ value: one.user_id, label: one.name })) ?? []}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={chosen.length === 0} loading={doing.isPending} onClick={() => doing.mutate()}>
          {WORDS[what].button}
        </Button>
      </Group>
    </Stack>
  )
}

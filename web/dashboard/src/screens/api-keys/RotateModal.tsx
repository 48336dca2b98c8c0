/** Puts a new key in a key's place; the old one goes on working for as long as it takes to change what uses it. */
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import type { ApiKey } from './keys'

const OVERLAPS = [
  { value: '0', label: 'It ends at once' },
  { value: '3600', label: 'For an hour' },
  { value: '86400', label: 'For a day' },
  { value: '604800', label: 'For a week' },
  { value: '2592000', label: 'For 30 days' },
]

interface Properties {
  apiKey: ApiKey
  isOpen: boolean
  onClose: () => void
  onMade: (made: Model<'NewApiKey'>) => void
}

export function RotateModal({ apiKey, isOpen, onClose, onMade }: Properties) {
  const api = useApi()
  const queries = useQueryClient()
  const [overlap, setOverlap] = useState('86400')
  const rotate = useMutation({
    mutationFn: () =>
      api.post('/v1/api-keys/{key_id}/rotate', {
        path: { key_id: apiKey.id },
        body: { overlap_seconds: Number(overlap) },
      }),
    onSuccess: made => {
      onClose()
      onMade(made)
      return queries.invalidateQueries({ queryKey: api.topic('api-keys') })
    },
  })
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Replace ${apiKey.name.slice(0, 80)}`}>
      <Stack>
        <Text size="sm">A new key that may do the same. It is shown once, on the next screen.</Text>
        <ProblemAlert error={rotate.error} />
        <Select
          label="The old one goes on working"
          description="Long enough to change whatever uses it."
          allowDeselect={false}
          data={OVERLAPS}
          value={overlap}
          onChange={value => setOverlap(value ?? '86400')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
            Make the new key
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

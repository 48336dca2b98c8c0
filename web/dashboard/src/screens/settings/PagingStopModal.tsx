/** Stops all paging: why, and until when. */
import { Alert, Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconBellOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { serverNow } from '../../api/clock'
import { fieldErrors } from '../../api/problem'
import { useApi } from '../../app/organization'
import { instantTextOf, viewerZone, wallAt, zoneName } from '../../app/zones'
import { ProblemAlert } from '../../components/ProblemAlert'
import { usePagingChanged } from './PagingCard'

const MINUTE_MS = 60_000
const LASTS = [
  { value: '30', label: 'For 30 minutes' },
  { value: '60', label: 'For an hour' },
  { value: '240', label: 'For 4 hours' },
  { value: '720', label: 'For 12 hours' },
  { value: 'at', label: 'Until…' },
]

interface Values {
  reason: string
  lasts: string
  at: string
}

export function PagingStopModal({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Stop all paging">
      <Editor onClose={onClose} />
    </Modal>
  )
}

function Editor({ onClose }: { onClose: () => void }) {
  const api = useApi()
  const changed = usePagingChanged()
  const form = useForm<Values>({
    initialValues: { reason: '', lasts: '60', at: wallAt(serverNow() + 60 * MINUTE_MS, viewerZone) },
    validate: { at: (at, values) => (values.lasts === 'at' && !instantTextOf(at, viewerZone) ? 'is no time' : null) },
  })
  const stop = useMutation({
    mutationFn: ({ reason, lasts, at }: Values) => {
      const chosen = lasts === 'at' ? instantTextOf(at, viewerZone) : null
      const ends_at = chosen ?? new Date(serverNow() + Number(lasts) * MINUTE_MS).toISOString()
      return api.put('/v1/organization/paging-stop', { body: { reason: reason.trim(), ends_at } })
    },
    onSuccess: () => {
      onClose()
      return changed()
    },
    onError: error => {
      const { ends_at, ...errors } = fieldErrors(error)
      form.setErrors(ends_at ? { ...errors, [form.values.lasts === 'at' ? 'at' : 'lasts']: ends_at } : errors)
    },
  })
  return (
    <form onSubmit={form.onSubmit(values => stop.mutate(values))}>
      <Stack>
        <Alert color="red" icon={<IconBellOff aria-hidden />} title="Nobody will be paged">
          For nothing, however bad. Incidents still open, and everybody who looks sees that paging is stopped.
        </Alert>
        <ProblemAlert error={stop.error} />
        <Textarea
          label="Why"
          description="Shown to everybody with the incidents."
          required
          withAsterisk={false}
          maxLength={500}
          autosize
          minRows={1}
          maxRows={4}
          data-autofocus
          {...form.getInputProps('reason')}
        />
        <Select label="How long" allowDeselect={false} data={LASTS} {...form.getInputProps('lasts')} />
        {form.values.lasts === 'at' && (
          <TextInput
            type="datetime-local"
            label="Until"
            description={`Within 24 hours, in ${zoneName(viewerZone)}`}
            {...form.getInputProps('at')}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={stop.isPending}>
            Stop all paging
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

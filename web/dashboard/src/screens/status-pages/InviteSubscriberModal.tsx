/** Asks somebody whether they want to be told; nothing else is sent before they confirm. */
import { Button, Checkbox, Group, Modal, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import type { Component, StatusPage } from './queries'
import { CHANNELS, KINDS, type ReportKind } from './words'

interface Properties {
  page: StatusPage
  components: readonly Component[]
  onClose: () => void
}

export function InviteSubscriberModal({ isOpen, ...rest }: Properties & { isOpen: boolean }) {
  return (
    <Modal opened={isOpen} onClose={rest.onClose} title="Invite a subscriber">
      <Editor {...rest} />
    </Modal>
  )
}

const LABELS: Readonly<Record<Model<'SubscriberChannel'>, { label: string; placeholder: string }>> = {
  email: { label: 'E-mail address', placeholder: 'ops@customer.example' },
  webhook: { label: 'URL', placeholder: 'https://' },
  slack: { label: 'Incoming webhook', placeholder: 'https://hooks.slack.com/services/…' },
}

interface Values {
  channel: Model<'SubscriberChannel'>
  address: string
  kinds: ReportKind[]
  component_ids: string[]
}

function Editor({ page, components, onClose }: Properties) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm<Values>({
    initialValues: { channel: 'email', address: '', kinds: ['incident', 'maintenance'], component_ids: [] },
    validate: { kinds: kinds => (kinds.length > 0 ? null : 'choose at least one') },
  })
  const ask = useMutation({
    mutationFn: ({ component_ids, ...values }: Values) =>
      api.post('/v1/status-pages/{page_id}/subscribers', {
        path: { page_id: page.id },
        body: {
          ...values,
          address: values.address.trim(),
          component_ids: component_ids.length > 0 ? component_ids : null,
        },
      }),
    onSuccess: made => {
      onClose()
      notifyDone(`${made.shown} has been asked to confirm.`)
      return queries.invalidateQueries({ queryKey: api.topic('status-pages') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <form onSubmit={form.onSubmit(values => ask.mutate(values))}>
      <Stack>
        <ProblemAlert error={ask.error} />
        <Select
          label="By which way"
          allowDeselect={false}
          data={Object.entries(CHANNELS).map(([value, label]) => ({ value, label }))}
          {...form.getInputProps('channel')}
        />
        <TextInput
          required
          withAsterisk={false}
          maxLength={2_048}
          data-autofocus
          {...LABELS[form.values.channel]}
          {...form.getInputProps('address')}
        />
        <Checkbox.Group label="Of what" {...form.getInputProps('kinds')}>
          <Group mt="xs">
            {Object.entries(KINDS).map(([value, label]) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </Group>
        </Checkbox.Group>
        <MultiSelect
          label="Components"
          placeholder={form.values.component_ids.length > 0 ? undefined : 'All, also later ones'}
          searchable
          clearable
          data={components.map(one => ({ value: one.id, label: one.name }))}
          {...form.getInputProps('component_ids')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={ask.isPending}>
            Ask them
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Makes a status page, private until it is published. */
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fieldErrors } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { allZones, viewerZone } from '../../app/zones'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { slugOf } from './words'

export function NewPageModal({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="A new status page">
      <NewPage onClose={onClose} />
    </Modal>
  )
}

function NewPage({ onClose }: { onClose: () => void }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ initialValues: { name: '', slug: '', time_zone: viewerZone } })
  const { forget } = useDraft('status-page.new', form)
  const create = useMutation({
    mutationFn: (values: typeof form.values) =>
      api.post('/v1/status-pages', { body: { ...values, name: values.name.trim(), slug: values.slug.trim() } }),
    onSuccess: async made => {
      forget()
      await queries.invalidateQueries({ queryKey: api.topic('status-pages') })
      await navigate({ to: '/o/$org/status-pages/$page', params: { org, page: made.id } })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const { onChange: _, ...name } = form.getInputProps('name')
  const rename = (next: string) => {
    const follows = form.values.slug === slugOf(form.values.name)
    form.setFieldValue('name', next)
    if (follows) form.setFieldValue('slug', slugOf(next))
  }
  const close = () => {
    forget()
    onClose()
  }
  return (
    <form onSubmit={form.onSubmit(values => create.mutate(values))}>
      <Stack>
        <ProblemAlert error={create.error} />
        <TextInput
          label="Name"
          description="What the public knows you by."
          required
          withAsterisk={false}
          maxLength={120}
          data-autofocus
          {...name}
          onChange={({ currentTarget }) => rename(currentTarget.value)}
        />
        <TextInput
          label="Address"
          description="What the page’s address ends with: 3 to 63 of a-z, 0-9 and -."
          required
          withAsterisk={false}
          maxLength={63}
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('slug')}
        />
        <Select
          label="Time zone"
          description="Whose days its bars are."
          searchable
          allowDeselect={false}
          data={allZones()}
          {...form.getInputProps('time_zone')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create the page
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

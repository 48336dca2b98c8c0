/** Makes a service, and goes on to connect a tool to it. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fieldErrors } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { MainFields } from './ServiceFields'
import { inputOf, NO_VALUES, type ServiceValues } from './serviceValues'

export function NewServiceModal({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="A new service">
      <NewService onClose={onClose} />
    </Modal>
  )
}

function NewService({ onClose }: { onClose: () => void }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm<ServiceValues>({ initialValues: NO_VALUES })
  const { forget } = useDraft('service.new', form)
  const create = useMutation({
    mutationFn: (values: ServiceValues) => api.post('/v1/services', { body: inputOf(values) }),
    onSuccess: async made => {
      forget()
      await queries.invalidateQueries({ queryKey: api.topic('services') })
      await navigate({ to: '/o/$org/services/$service', params: { org, service: made.id }, search: { connect: true } })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const close = () => {
    forget()
    onClose()
  }
  return (
    <form onSubmit={form.onSubmit(values => create.mutate(values))}>
      <Stack>
        <ProblemAlert error={create.error} />
        <MainFields form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create the service
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

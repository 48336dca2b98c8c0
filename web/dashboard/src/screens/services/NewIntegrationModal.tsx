/** Chooses what to connect to a service, and makes the integration with its first key. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fieldErrors } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { keepKey } from './freshKeys'
import classes from './NewIntegrationModal.module.css'
import { TOOLS, type Tool } from './tools'

type Values = { tool: string | null; name: string }

interface Properties {
  service: string
  isOpen: boolean
  onClose: () => void
}

export function NewIntegrationModal({ service, isOpen, onClose }: Properties) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Connect a tool" size="lg">
      <NewIntegration service={service} onClose={onClose} />
    </Modal>
  )
}

function NewIntegration({ service, onClose }: { service: string; onClose: () => void }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm<Values>({ initialValues: { tool: null, name: '' } })
  const { forget } = useDraft(`integration.new.${service}`, form)
  const tool = TOOLS.find(one => one.id === form.values.tool)
  const choose = ({ id, name }: Tool) => {
    if (form.values.name === '' || form.values.name === tool?.name) form.setFieldValue('name', name)
    form.setFieldValue('tool', id)
  }
  const create = useMutation({
    mutationFn: ({ name }: Values) =>
      api.post('/v1/integrations', { body: { service_id: service, name: name.trim() } }),
    onSuccess: async made => {
      forget()
      keepKey(made.id, made.routing_key.key)
      await queries.invalidateQueries({ queryKey: api.topic('integrations') })
      const params = { org, integration: made.id }
      await navigate({ to: '/o/$org/integrations/$integration', params, search: { tool: tool?.id } })
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
        <fieldset className={classes.tools}>
          <legend>What reports here?</legend>
          {TOOLS.map((one, index) => (
            <label key={one.id} className={classes.tool}>
              <input
                type="radio"
                name="tool"
                data-autofocus={index === 0 || undefined}
                checked={one === tool}
                onChange={() => choose(one)}
              />
              <one.icon size={22} stroke={1.6} aria-hidden />
              <span className={classes.name}>{one.name}</span>
              <span className={classes.words}>{one.words}</span>
            </label>
          ))}
        </fieldset>
        <TextInput
          label="Name"
          description="Told in incidents that it opens."
          required
          withAsterisk={false}
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!tool}>
            Get the address and the key
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

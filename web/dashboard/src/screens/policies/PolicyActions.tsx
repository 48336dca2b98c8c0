/** What can be done with a policy as a whole: a copy of it, or its end. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fieldErrors } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot } from '../../components/WhyNot'
import type { Policy } from './policyForm'

export function PolicyActions({ policy }: { policy: Policy }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const why = useWhyNot('admin', policy.team_id)
  const [isOpen, { open, close }] = useDisclosure(false)
  const remove = async () => {
    await api.delete('/v1/escalation-policies/{policy_id}', { path: { policy_id: policy.id } })
    await navigate({ to: '/o/$org/policies', params: { org } })
    notifyDone('The policy is deleted.')
    await queries.invalidateQueries({ queryKey: api.topic('escalation-policies') })
  }
  return (
    <>
      <Button variant="default" disabled={why !== null} title={why ?? undefined} onClick={open}>
        Duplicate
      </Button>
      <ConfirmButton
        question="Delete this policy?"
        consequence="New incidents can’t follow it any more. While a service or an event rule uses it, it can’t be deleted."
        confirm="Delete it"
        disabled={why !== null}
        title={why ?? undefined}
        onConfirm={remove}
      >
        Delete
      </ConfirmButton>
      <Modal opened={isOpen} onClose={close} title="A policy like this one">
        <Copy policy={policy} onClose={close} />
      </Modal>
    </>
  )
}

function Copy({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({
    initialValues: { name: `${policy.name.slice(0, 190)} (copy)` },
    validate: { name: name => (name.trim() ? null : 'Give it a name') },
  })
  const copy = useMutation({
    mutationFn: ({ name }: { name: string }) =>
      api.post('/v1/escalation-policies/{policy_id}/duplicate', {
        path: { policy_id: policy.id },
        body: { name: name.trim(), team_id: policy.team_id },
      }),
    onSuccess: async made => {
      onClose()
      void queries.invalidateQueries({ queryKey: api.topic('escalation-policies') })
      notifyDone('This is the copy.')
      await navigate({ to: '/o/$org/policies/$policy', params: { org, policy: made.id } })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <form onSubmit={form.onSubmit(values => copy.mutate(values))} noValidate>
      <Stack>
        <ProblemAlert error={copy.error} />
        <TextInput label="Name" maxLength={200} required data-autofocus {...form.getInputProps('name')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={copy.isPending}>
            Duplicate
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

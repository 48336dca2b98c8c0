/** Changes the role or the teams of an invitation that waits. */
import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors, isStale } from '../../api/problem'
import type { Model } from '../../api/types'
import { type Role, useApi, useOrganization } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useKept } from '../../components/useKept'
import type { Invitation } from './InvitationsPanel'
import { grantable } from './roles'
import { TeamChoices } from './TeamChoices'

type Values = { role: Role; teams: Model<'InvitedTeam'>[] }

function valuesOf({ role, teams }: Invitation): Values {
  return { role, teams }
}

interface Properties {
  invitation: Invitation | undefined
  onClose: () => void
}

export function EditInvitationModal({ invitation, onClose }: Properties) {
  const kept = useKept(invitation)
  return (
    <Modal opened={invitation !== undefined} onClose={onClose} title={kept?.email.slice(0, 80)}>
      {kept && <Editor key={kept.id} invitation={kept} onClose={onClose} />}
    </Modal>
  )
}

function Editor({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { role: own } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm<Values>({ initialValues: valuesOf(invitation) })
  const { begun, begin } = useBegun(invitation, form, valuesOf, () => draft.forget())
  const draft = useDraft(`invitation.${invitation.id}`, form, begun.version)
  const path = { invitation_id: invitation.id }
  const save = useMutation({
    mutationFn: (body: Values) => api.patch('/v1/invitations/{invitation_id}', { path, body, version: draft.version }),
    onSuccess: () => {
      draft.forget()
      onClose()
      return queries.invalidateQueries({ queryKey: api.topic('invitations') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    const found = await queries.fetchQuery({ ...api.get('/v1/invitations/{invitation_id}', { path }), staleTime: 0 })
    save.reset()
    begin(found)
  }
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))}>
      <Stack>
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <Select label="Role" allowDeselect={false} data={grantable(own)} {...form.getInputProps('role')} />
        <TeamChoices {...form.getInputProps('teams')} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Makes a team, or renames one. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors, isStale } from '../../api/problem'
import { meQuery } from '../../app/me'
import { useApi } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import type { Team } from './TeamCard'

interface Properties {
  team?: Team
  onClose: () => void
}

export function TeamModal({ isOpen, ...rest }: Properties & { isOpen: boolean }) {
  return (
    <Modal opened={isOpen} onClose={rest.onClose} title={rest.team ? 'Rename the team' : 'A new team'}>
      <Editor {...rest} />
    </Modal>
  )
}

function valuesOf(team: Team | undefined) {
  return { name: team?.name ?? '' }
}

function Editor({ team, onClose }: Properties) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm({ initialValues: valuesOf(team) })
  const { begun, begin } = useBegun(team, form, valuesOf, () => draft.forget())
  const draft = useDraft(`team.${team?.id ?? 'new'}`, form, begun?.version)
  const path = { team_id: team?.id ?? '' }
  const save = useMutation({
    mutationFn: ({ name }: { name: string }) => {
      const body = { name: name.trim() }
      return team
        ? api.patch('/v1/teams/{team_id}', { path, body, version: draft.version })
        : api.post('/v1/teams', { body })
    },
    onSuccess: async () => {
      draft.forget()
      onClose()
      await queries.invalidateQueries({ queryKey: api.topic('teams') })
      await queries.invalidateQueries({ queryKey: api.topic('members') })
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    const found = await queries.fetchQuery({ ...api.get('/v1/teams/{team_id}', { path }), staleTime: 0 })
    save.reset()
    begin(found)
  }
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))}>
      <Stack>
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {team ? 'Save' : 'Create the team'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

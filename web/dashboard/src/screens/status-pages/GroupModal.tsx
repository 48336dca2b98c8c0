/** Adds a group to a page, or changes one. */
import { Button, Modal, Group as Row, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi, useMay } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useKept } from '../../components/useKept'
import { type Group, pageQueries, type StatusPage } from './queries'

type GroupValues = { name: string; description: string; is_collapsed: boolean }

function valuesOf(group: Group | undefined): GroupValues {
  return group
    ? { name: group.name, description: group.description, is_collapsed: group.is_collapsed }
    : { name: '', description: '', is_collapsed: false }
}

interface Properties {
  page: StatusPage
  /** `new`, or whose. */
  id: string | undefined
  groups: readonly Group[]
  onClose: () => void
}

export function GroupModal({ page, id, groups, onClose }: Properties) {
  const may = useMay('admin')
  const kept = useKept(id)
  const group = groups.find(one => one.id === kept)
  const isOpen = may && (id === 'new' || (id !== undefined && group !== undefined))
  return (
    <Modal opened={isOpen} onClose={onClose} title={group ? group.name.slice(0, 80) : 'A new group'}>
      <Editor key={kept} page={page} group={group} onClose={onClose} />
    </Modal>
  )
}

function Editor({ page, group, onClose }: { page: StatusPage; group: Group | undefined; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm<GroupValues>({ initialValues: valuesOf(group) })
  const { begun, begin } = useBegun(group, form, valuesOf, () => draft.forget())
  const draft = useDraft(`component-group.${group?.id ?? `new.${page.id}`}`, form, begun?.version)
  const path = { page_id: page.id }
  const one = { ...path, component_group_id: group?.id ?? '' }
  const done = () => {
    draft.forget()
    onClose()
    return queries.invalidateQueries({ queryKey: api.topic('status-pages') })
  }
  const save = useMutation({
    mutationFn: ({ name, ...rest }: GroupValues) => {
      const body = { ...rest, name: name.trim() }
      return group
        ? api.put('/v1/status-pages/{page_id}/component-groups/{component_group_id}', {
            path: one,
            body,
            version: draft.version,
          })
        : api.post('/v1/status-pages/{page_id}/component-groups', { path, body })
    },
    onSuccess: done,
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    const { items } = await queries.fetchQuery({ ...pageQueries(api, page.id).groups, staleTime: 0 })
    save.reset()
    begin(items.find(found => found.id === group?.id))
  }
  const end = async () => {
    await api.delete('/v1/status-pages/{page_id}/component-groups/{component_group_id}', { path: one })
    await done()
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
          maxLength={120}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Textarea label="Description" autosize minRows={1} maxRows={4} {...form.getInputProps('description')} />
        <Switch label="Closed while all is well" {...form.getInputProps('is_collapsed', { type: 'checkbox' })} />
        <Row justify="flex-end">
          {group && (
            <ConfirmButton
              c="red"
              mr="auto"
              question={`Delete the group ${group.name.slice(0, 80)}?`}
              consequence="Its components stay on the page, in no group."
              confirm="Delete the group"
              onConfirm={end}
            >
              Delete
            </ConfirmButton>
          )}
          <Button type="submit" loading={save.isPending}>
            {group ? 'Save' : 'Add it'}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}

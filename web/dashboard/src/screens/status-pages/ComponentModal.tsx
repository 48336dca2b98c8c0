/** Adds a component to a page, or changes one. */
import { Button, Modal, MultiSelect, Group as Row, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
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
import { type ComponentValues, componentInput, componentValues } from './componentValues'
import { type Component, type Group, pageQueries, type StatusPage } from './queries'
import { useSources, withChosen } from './useSources'

interface Properties {
  page: StatusPage
  /** `new`, or whose. */
  id: string | undefined
  components: readonly Component[]
  groups: readonly Group[]
  onClose: () => void
}

export function ComponentModal({ id, components, ...rest }: Properties) {
  const may = useMay('admin')
  const kept = useKept(id)
  const component = components.find(one => one.id === kept)
  const isOpen = may && (id === 'new' || (id !== undefined && component !== undefined))
  return (
    <Modal
      opened={isOpen}
      onClose={rest.onClose}
      size="lg"
      title={component ? component.name.slice(0, 80) : 'A new component'}
    >
      <Editor key={kept} component={component} {...rest} />
    </Modal>
  )
}

type EditorProperties = Omit<Properties, 'id' | 'components'> & { component: Component | undefined }

function Editor({ page, component, groups, onClose }: EditorProperties) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm<ComponentValues>({ initialValues: componentValues(component) })
  const { begun, begin } = useBegun(component, form, componentValues, () => draft.forget())
  const draft = useDraft(`component.${component?.id ?? `new.${page.id}`}`, form, begun?.version)
  const done = () => {
    draft.forget()
    onClose()
    return queries.invalidateQueries({ queryKey: api.topic('status-pages') })
  }
  const path = { page_id: page.id }
  const save = useMutation({
    mutationFn: (values: ComponentValues) => {
      const body = componentInput(values)
      if (!component) return api.post('/v1/status-pages/{page_id}/components', { path, body })
      const one = { ...path, component_id: component.id }
      return api.put('/v1/status-pages/{page_id}/components/{component_id}', {
        path: one,
        body,
        version: draft.version,
      })
    },
    onSuccess: done,
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    const { items } = await queries.fetchQuery({ ...pageQueries(api, page.id).components, staleTime: 0 })
    save.reset()
    begin(items.find(one => one.id === component?.id))
  }
  const end = async () => {
    const one = { ...path, component_id: component?.id ?? '' }
    await api.delete('/v1/status-pages/{page_id}/components/{component_id}', { path: one })
    await done()
  }
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))}>
      <Stack>
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <Fields form={form} groups={groups} />
        <Row justify="flex-end">
          {component && (
            <ConfirmButton
              c="red"
              mr="auto"
              question={`Take ${component.name.slice(0, 80)} off the page?`}
              consequence="It leaves the page with its bars. Reports that named it go on naming it. This can’t be taken back."
              confirm="Take it off"
              onConfirm={end}
            >
              Remove
            </ConfirmButton>
          )}
          <Button
            variant="default"
            onClick={() => {
              draft.forget()
              onClose()
            }}
          >
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {component ? 'Save' : 'Add it'}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}

function Fields({ form, groups }: { form: ReturnType<typeof useForm<ComponentValues>>; groups: readonly Group[] }) {
  const { monitors, services } = useSources()
  return (
    <>
      <TextInput
        label="Name"
        description="As the public knows it: “Shop”, not “web-prod-2”."
        required
        withAsterisk={false}
        maxLength={120}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea
        label="Description"
        autosize
        minRows={1}
        maxRows={4}
        maxLength={2_000}
        {...form.getInputProps('description')}
      />
      <Select
        label="Group"
        placeholder="None"
        clearable
        data={groups.map(one => ({ value: one.id, label: one.name }))}
        {...form.getInputProps('group_id')}
      />
      <MultiSelect
        label="Monitors"
        description="One of several down is a partial outage, all of them a major one."
        searchable
        hidePickedOptions
        maxValues={50}
        data={withChosen(monitors, form.values.monitor_ids)}
        {...form.getInputProps('monitor_ids')}
      />
      <MultiSelect
        label="Services"
        description="It is as bad as their open incidents. Without monitors and services it is kept by hand."
        searchable
        hidePickedOptions
        maxValues={50}
        data={withChosen(services, form.values.service_ids)}
        {...form.getInputProps('service_ids')}
      />
      <Switch label="Show its last 90 days" {...form.getInputProps('shows_uptime', { type: 'checkbox' })} />
      <Switch label="Show how fast it answers" {...form.getInputProps('shows_latency', { type: 'checkbox' })} />
      <Switch
        label="Show it only while it is not operational"
        {...form.getInputProps('only_if_degraded', { type: 'checkbox' })}
      />
    </>
  )
}

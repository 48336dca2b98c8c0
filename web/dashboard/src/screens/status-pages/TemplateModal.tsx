/** Makes a template, or changes one. */
import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors, isStale } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi, useMay } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useKept } from '../../components/useKept'
import { pageQueries, type StatusPage, type Template } from './queries'
import { FIRST, OPEN, OVER, type ReportKind, type ReportStatus, statusChoices, USED_WHEN } from './words'

type TemplateValues = {
  name: string
  kind: ReportKind
  title: string
  body: string
  status: ReportStatus
  used_when: 'opened' | 'resolved' | null
}

const NEW: TemplateValues = {
  name: '',
  kind: 'incident',
  title: '',
  body: '',
  status: 'investigating',
  used_when: null,
}

function valuesOf(template: Template | undefined): TemplateValues {
  if (!template) return NEW
  const { name, kind, title, body, status, used_when } = template
  return { name, kind, title, body, status, used_when }
}

interface Properties {
  page: StatusPage
  /** `new`, or whose. */
  id: string | undefined
  templates: readonly Template[]
  onClose: () => void
}

export function TemplateModal({ page, id, templates, onClose }: Properties) {
  const may = useMay('responder')
  const kept = useKept(id)
  const template = templates.find(one => one.id === kept)
  const isOpen = may && (id === 'new' || (id !== undefined && template !== undefined))
  return (
    <Modal opened={isOpen} onClose={onClose} size="lg" title={template ? template.name.slice(0, 80) : 'A new template'}>
      <Editor key={kept} page={page} template={template} onClose={onClose} />
    </Modal>
  )
}

function Editor({
  page,
  template,
  onClose,
}: {
  page: StatusPage
  template: Template | undefined
  onClose: () => void
}) {
  const api = useApi()
  const queries = useQueryClient()
  const asked = pageQueries(api, page.id).templates
  const form = useForm<TemplateValues>({ initialValues: valuesOf(template) })
  const { begun, begin } = useBegun(template, form, valuesOf, () => draft.forget())
  const draft = useDraft(`template.${template?.id ?? `new.${page.id}`}`, form, begun?.version)
  const path = { template_id: template?.id ?? '' }
  const done = () => {
    draft.forget()
    onClose()
    return queries.invalidateQueries({ queryKey: asked.queryKey })
  }
  const save = useMutation({
    mutationFn: (values: TemplateValues) => {
      const body: Model<'TemplateInput'> = { ...values, name: values.name.trim(), title: values.title.trim() }
      return template
        ? api.put('/v1/status-report-templates/{template_id}', { path, body, version: draft.version })
        : api.post('/v1/status-pages/{page_id}/templates', { path: { page_id: page.id }, body })
    },
    onSuccess: done,
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    const { items } = await queries.fetchQuery({ ...asked, staleTime: 0 })
    save.reset()
    begin(items.find(one => one.id === template?.id))
  }
  const end = async () => {
    await api.delete('/v1/status-report-templates/{template_id}', { path })
    await done()
  }
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))}>
      <Stack>
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <Fields form={form} />
        <Group justify="flex-end">
          {template && (
            <ConfirmButton
              c="red"
              mr="auto"
              question={`Delete the template ${template.name.slice(0, 80)}?`}
              consequence="Reports that were begun with it stay as they are."
              confirm="Delete the template"
              onConfirm={end}
            >
              Delete
            </ConfirmButton>
          )}
          <Button type="submit" loading={save.isPending}>
            {template ? 'Save' : 'Make it'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Fields({ form }: { form: ReturnType<typeof useForm<TemplateValues>> }) {
  const { kind } = form.values
  const statuses = kind === 'incident' ? [...OPEN.incident, ...OVER.slice(0, 2)] : FIRST.maintenance
  const { onChange: _, ...chosen } = form.getInputProps('kind')
  const choose = (next: string | null) => {
    const isIncident = next === 'incident'
    form.setValues({
      kind: isIncident ? 'incident' : 'maintenance',
      status: isIncident ? 'investigating' : 'scheduled',
    })
    if (!isIncident) form.setFieldValue('used_when', null)
  }
  return (
    <>
      <TextInput
        label="Name"
        description="What members know it by."
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Select
        label="For"
        allowDeselect={false}
        data={[
          { value: 'incident', label: 'Incidents' },
          { value: 'maintenance', label: 'Maintenance' },
        ]}
        {...chosen}
        onChange={choose}
      />
      <Select label="Status" allowDeselect={false} data={statusChoices(statuses)} {...form.getInputProps('status')} />
      <TextInput
        label="Title"
        description="{components} and {page} are filled in."
        required
        withAsterisk={false}
        maxLength={200}
        {...form.getInputProps('title')}
      />
      <Textarea
        label="Text"
        required
        withAsterisk={false}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={20_000}
        {...form.getInputProps('body')}
      />
      {kind === 'incident' && (
        <Select
          label="Used by itself"
          placeholder="Never"
          description="By reports that the page drafts or publishes by itself."
          clearable
          data={Object.entries(USED_WHEN).map(([value, label]) => ({ value, label }))}
          {...form.getInputProps('used_when')}
        />
      )}
    </>
  )
}

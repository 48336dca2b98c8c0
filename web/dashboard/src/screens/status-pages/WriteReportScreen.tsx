/** Writes a report or announces maintenance: as a draft, or for the public at once. */
import { Button, Card, Group, Select, Stack, Switch, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ChangeEvent, useState } from 'react'
import { serverNow } from '../../api/clock'
import { fieldErrors } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { pageQueries, type StatusPage } from './queries'
import { ReportFields } from './ReportFields'
import {
  filled,
  maintenanceInput,
  newReport,
  type ReportValues,
  reportErrors,
  reportInput,
  withTemplate,
} from './reportValues'
import { FIRST, type ReportKind } from './words'

const route = getRouteApi('/o/$org/status-pages/$page/write')

export function WriteReportScreen() {
  const { page: id } = route.useParams()
  const { kind = 'incident' } = route.useSearch()
  const { id: org } = useOrganization()
  const found = useQuery(pageQueries(useApi(), id).page)
  return (
    <Page
      title={kind === 'incident' ? 'Write a report' : 'Announce maintenance'}
      width="narrow"
      back={{
        label: found.data?.name ?? 'Status page',
        to: '/o/$org/status-pages/$page',
        params: { org, page: id },
        search: { tab: kind === 'incident' ? 'reports' : 'maintenance' },
      }}
    >
      <WhyNot role="responder" />
      <Loaded query={found}>{page => <Writing key={kind} page={page} kind={kind} />}</Loaded>
    </Page>
  )
}

/** Writes it; what the public sees at once is told apart from a draft by the state. */
function useWriting(page: StatusPage, kind: ReportKind, onDone: () => void) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const path = { page_id: page.id }
  return useMutation({
    mutationFn: ({ values, state }: { values: ReportValues; state: 'draft' | 'published' }) =>
      kind === 'incident'
        ? api.post('/v1/status-pages/{page_id}/reports', { path, body: reportInput(values, state) })
        : api.post('/v1/status-pages/{page_id}/maintenance', { path, body: maintenanceInput(values, state) }),
    onSuccess: async made => {
      onDone()
      await queries.invalidateQueries({ queryKey: api.topic('status-pages') })
      await navigate({ to: '/o/$org/status-reports/$report', params: { org, report: made.id } })
    },
  })
}

function Writing({ page, kind }: { page: StatusPage; kind: ReportKind }) {
  const asked = pageQueries(useApi(), page.id)
  const why = useWhyNot('responder')
  const { data: components } = useQuery(asked.components)
  const [first] = useState(() => newReport(kind, serverNow()))
  const form = useForm<ReportValues>({ initialValues: first })
  const { forget } = useDraft(`report.${kind}.${page.id}`, form)
  const write = useWriting(page, kind, forget)
  const send = (state: 'draft' | 'published') =>
    form.onSubmit(values =>
      write.mutate(
        { values: filled(values, components?.items ?? [], page.name), state },
        { onError: error => form.setErrors(reportErrors(fieldErrors(error))) },
      ),
    )()
  return (
    <Card>
      <form
        onSubmit={event => {
          event.preventDefault()
          send('published')
        }}
      >
        <Stack>
          <ProblemAlert error={write.error} />
          <TemplateChoice page={page} kind={kind} onChoose={one => form.setValues(withTemplate(form.values, one))} />
          <ReportFields form={form} kind={kind} components={components?.items ?? []} statuses={FIRST[kind]} />
          <Tells page={page} {...form.getInputProps('tells_subscribers', { type: 'checkbox' })} />
          <Group justify="flex-end">
            <Button
              variant="default"
              disabled={why !== null}
              loading={write.isPending && write.variables.state === 'draft'}
              onClick={() => send('draft')}
            >
              Keep as a draft
            </Button>
            <Button
              type="submit"
              disabled={why !== null}
              loading={write.isPending && write.variables.state === 'published'}
            >
              {page.visibility === 'public' ? 'Publish' : 'Publish on the private page'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}

interface TemplateChoiceProperties {
  page: StatusPage
  kind: ReportKind
  onChoose: (template: Parameters<typeof withTemplate>[1]) => void
}

function TemplateChoice({ page, kind, onChoose }: TemplateChoiceProperties) {
  const found = useQuery(pageQueries(useApi(), page.id).templates)
  const own = found.data?.items.filter(one => one.kind === kind) ?? []
  if (own.length === 0) return null
  return (
    <Select
      label="Begin with a template"
      placeholder="Choose one"
      data={own.map(one => ({ value: one.id, label: one.name }))}
      onChange={id => {
        const chosen = own.find(one => one.id === id)
        if (chosen) onChoose(chosen)
      }}
    />
  )
}

interface TellsProperties {
  page: StatusPage
  checked?: boolean
  onChange?: (event: ChangeEvent<HTMLInputElement>) => void
}

/** Whether subscribers are told, and how many those are. */
export function Tells({ page, ...input }: TellsProperties) {
  const counts = useQuery(pageQueries(useApi(), page.id).counts)
  const active = counts.data?.items.filter(one => one.state === 'active') ?? []
  const total = active.reduce((sum, one) => sum + one.subscribers, 0)
  return (
    <>
      <Switch label="Tell subscribers" {...input} />
      {counts.data && (
        <Text size="xs" c="dimmed" mt={-8}>
          {total === 1 ? '1 subscriber' : `${total} subscribers`}; each is told of what they have chosen.
        </Text>
      )}
    </>
  )
}

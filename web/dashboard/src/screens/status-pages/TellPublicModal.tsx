/** Drafts what the public is told of an incident, in public words, and goes on to it. */
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi, useOrganization } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { pageQueries, type StatusPage } from './queries'

interface Properties {
  incidentId: string
  onClose: () => void
}

export function TellPublicModal(properties: Properties) {
  const found = useQuery(useApi().get('/v1/status-pages'))
  return (
    <Modal opened onClose={properties.onClose} title="Tell the public">
      <Loaded query={found}>{({ items }) => <Choice pages={items} {...properties} />}</Loaded>
    </Modal>
  )
}

function Choice({ pages, incidentId, onClose }: Properties & { pages: readonly StatusPage[] }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [page, setPage] = useState<string | null>(null)
  const [template, setTemplate] = useState<string | null>(null)
  const chosen = page ?? (pages.length === 1 ? (pages[0]?.id ?? null) : null)
  const templates = useQuery({ ...pageQueries(api, chosen ?? '').templates, enabled: chosen !== null })
  const fitting = templates.data?.items.filter(one => one.kind === 'incident') ?? []
  const draft = useMutation({
    mutationFn: () =>
      api.post('/v1/incidents/{incident_id}/status-report', {
        path: { incident_id: incidentId },
        body: { status_page_id: chosen, template_id: template },
      }),
    onSuccess: async made => {
      await queries.invalidateQueries({ queryKey: api.topic('status-pages') })
      await navigate({ to: '/o/$org/status-reports/$report', params: { org, report: made.id } })
    },
  })
  if (pages.length === 0)
    return (
      <Text size="sm">
        There is no status page yet.{' '}
        <LinkAnchor to="/o/$org/status-pages" params={{ org }} search={{ create: true }}>
          Make one
        </LinkAnchor>
        , and tell people there what works.
      </Text>
    )
  return (
    <Stack>
      <Text size="sm">
        A report is drafted in words for the public, with the names of components and nothing of what is here. You read
        and change it before anybody sees it.
      </Text>
      <ProblemAlert error={draft.error ?? templates.error} />
      {pages.length > 1 && (
        <Select
          label="Status page"
          placeholder="The one that has a component of it"
          clearable
          value={page}
          onChange={setPage}
          data={pages.map(one => ({ value: one.id, label: one.name }))}
        />
      )}
      {fitting.length > 0 && (
        <Select
          label="Template"
          placeholder="None"
          clearable
          value={template}
          onChange={setTemplate}
          data={fitting.map(one => ({ value: one.id, label: one.name }))}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus loading={draft.isPending} onClick={() => draft.mutate()}>
          Draft the report
        </Button>
      </Group>
    </Stack>
  )
}

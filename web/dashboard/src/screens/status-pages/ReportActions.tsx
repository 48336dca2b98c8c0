/** What can be done with a report as a whole. */
import { Button, Group } from '@mantine/core'
import { IconPencil, IconRotate } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyProblem } from '../../components/notices'
import { useWhyNot } from '../../components/WhyNot'
import { DetailsModal } from './DetailsModal'
import type { Report, StatusPage } from './queries'
import { useReport } from './useReport'

export function ReportActions({ report, page }: { report: Report; page: StatusPage }) {
  const api = useApi()
  const why = useWhyNot('responder')
  const { saved } = useReport(report.id)
  const [isEdited, setEdited] = useState(false)
  const path = { report_id: report.id }
  const restore = useMutation({
    mutationFn: () => api.post('/v1/status-reports/{report_id}/restore', { path }),
    onSuccess: saved,
    onError: notifyProblem,
  })
  const discard = async () => {
    await saved(await api.post('/v1/status-reports/{report_id}/discard', { path }))
  }
  return (
    <Group gap="xs" mb="md">
      {report.state === 'published' && (
        <Button
          variant="default"
          disabled={why !== null}
          leftSection={<IconPencil size={18} aria-hidden />}
          onClick={() => setEdited(true)}
        >
          Edit
        </Button>
      )}
      {report.state === 'draft' && (
        <ConfirmButton
          disabled={why !== null}
          question="Put the draft aside?"
          consequence="It can be restored. If an incident drafted it, it is not drafted again."
          confirm="Discard the draft"
          onConfirm={discard}
        >
          Discard
        </ConfirmButton>
      )}
      {report.state === 'discarded' && (
        <Button
          disabled={why !== null}
          loading={restore.isPending}
          leftSection={<IconRotate size={18} aria-hidden />}
          onClick={() => restore.mutate()}
        >
          Restore the draft
        </Button>
      )}
      <DeleteButton report={report} isDisabled={why !== null} />
      <DetailsModal report={report} page={page} isOpen={isEdited} onClose={() => setEdited(false)} />
    </Group>
  )
}

function DeleteButton({ report, isDisabled }: { report: Report; isDisabled: boolean }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const end = async () => {
    await api.delete('/v1/status-reports/{report_id}', { path: { report_id: report.id } })
    await navigate({
      to: '/o/$org/status-pages/$page',
      params: { org, page: report.status_page_id },
      search: { tab: report.kind === 'maintenance' ? 'maintenance' : 'reports' },
    })
    await queries.invalidateQueries({ queryKey: api.topic('status-pages') })
  }
  return (
    <ConfirmButton
      c="red"
      disabled={isDisabled}
      question="Delete the report?"
      consequence={
        report.state === 'published'
          ? 'It leaves the page, its history and its feeds, and what it said of components is taken back. Subscribers keep what they were told. This can’t be taken back.'
          : 'This can’t be taken back.'
      }
      confirm="Delete the report"
      onConfirm={end}
    >
      Delete
    </ConfirmButton>
  )
}

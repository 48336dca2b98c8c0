/** Takes an update away, with what it said of components. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { isStale } from '../../api/problem'
import { useApi } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import type { Report } from './queries'
import type { Update } from './UpdateList'
import { useReport } from './useReport'

interface Properties {
  report: Report
  update: Update | undefined
  onClose: () => void
}

export function TakeBackModal({ report, update, onClose }: Properties) {
  const api = useApi()
  const { saved, read } = useReport(report.id)
  const end = useMutation({
    mutationFn: (id: string) =>
      api.delete('/v1/status-reports/{report_id}/updates/{update_id}', {
        path: { report_id: report.id, update_id: id },
        version: report.version,
      }),
    onSuccess: made => {
      onClose()
      return saved(made)
    },
  })
  const reload = async () => {
    await read()
    end.reset()
    onClose()
  }
  return (
    <Modal opened={update !== undefined} onClose={onClose} title="Take the update back?">
      <Stack>
        <Text size="sm">
          It leaves the page; what the last update said of components is taken back. Subscribers keep what they were
          told.
        </Text>
        <StaleAlert error={end.error} onReload={() => void reload()} />
        {!isStale(end.error) && <ProblemAlert error={end.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={end.isPending} onClick={() => update && end.mutate(update.id)}>
            Take it back
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

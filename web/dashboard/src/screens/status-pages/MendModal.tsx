/** Mends the text of an update that was published, or as of when it is shown. */
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi } from '../../app/organization'
import { instantTextOf, viewerZone, wallAt, zoneName } from '../../app/zones'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useDraft } from '../../components/useDraft'
import { useKept } from '../../components/useKept'
import type { Report } from './queries'
import type { Update } from './UpdateList'
import { useReport } from './useReport'

interface Properties {
  report: Report
  update: Update | undefined
  onClose: () => void
}

export function MendModal({ report, update, onClose }: Properties) {
  const kept = useKept(update)
  return (
    <Modal opened={update !== undefined} onClose={onClose} size="lg" title="Mend the update">
      {kept && <Editor key={kept.id} report={report} update={kept} onClose={onClose} />}
    </Modal>
  )
}

function valuesOf(update: Update) {
  return { body: update.body, display_at: wallAt(Date.parse(update.display_at), viewerZone) }
}

function Editor({ report, update, onClose }: Properties & { update: Update }) {
  const api = useApi()
  const { saved, read } = useReport(report.id)
  const [shown] = useState(report.version)
  const form = useForm({ initialValues: valuesOf(update) })
  const draft = useDraft(`mend.${update.id}`, form, shown)
  const close = () => {
    draft.forget()
    onClose()
  }
  const save = useMutation({
    mutationFn: ({ body, display_at }: typeof form.values) =>
      api.patch('/v1/status-reports/{report_id}/updates/{update_id}', {
        path: { report_id: report.id, update_id: update.id },
        body: {
          body: body.trim(),
          ...(display_at === valuesOf(update).display_at
            ? {}
            : { display_at: instantTextOf(display_at, viewerZone) ?? display_at }),
        },
        version: draft.version,
      }),
    onSuccess: made => {
      close()
      return saved(made)
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    await read()
    close()
  }
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))}>
      <Stack>
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <Textarea
          label="Text"
          description={update.told_at ? 'Subscribers are not told again.' : undefined}
          required
          withAsterisk={false}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={20_000}
          data-autofocus
          {...form.getInputProps('body')}
        />
        <TextInput
          type="datetime-local"
          label="Shown as of"
          description={`In ${zoneName(viewerZone)}`}
          {...form.getInputProps('display_at')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

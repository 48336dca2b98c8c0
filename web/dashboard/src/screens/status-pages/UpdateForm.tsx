/** Tells the public what is new about a report. */
import { Button, Card, Group, Select, Stack, Textarea, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi, useMay } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { ComponentWords } from './ComponentWords'
import { pageQueries, type Report, type StatusPage } from './queries'
import type { Said } from './reportValues'
import { useReport } from './useReport'
import { Tells } from './WriteReportScreen'
import { FOLLOWING, OVER, type ReportStatus, statusChoices } from './words'

type UpdateValues = {
  body: string
  status: ReportStatus
  components: Said[]
  tells_subscribers: boolean
}

function noUpdate({ status }: Report): UpdateValues {
  return { body: '', status, components: [], tells_subscribers: true }
}

export function UpdateForm({ report, page }: { report: Report; page: StatusPage }) {
  const may = useMay('responder')
  return may ? <Editor report={report} page={page} /> : null
}

function Editor({ report, page }: { report: Report; page: StatusPage }) {
  const api = useApi()
  const { saved, read } = useReport(report.id)
  const { data: components } = useQuery(pageQueries(api, page.id).components)
  const following = FOLLOWING[report.status]
  const form = useForm<UpdateValues>({ initialValues: noUpdate(report) })
  const { begun, begin, rebase } = useBegun(report, form, noUpdate, () => draft.forget())
  const draft = useDraft(`update.${report.id}`, form, begun.version)
  const tell = useMutation({
    mutationFn: ({ body, ...rest }: UpdateValues) =>
      api.post('/v1/status-reports/{report_id}/updates', {
        path: { report_id: report.id },
        body: { ...rest, body: body.trim() },
        version: draft.version,
      }),
    onSuccess: made => {
      begin(made)
      return saved(made)
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  // What is typed stays: it is read beside what the other has written, and sent again.
  const reload = async () => {
    const found = await read()
    tell.reset()
    draft.forget()
    rebase(found)
    if (!FOLLOWING[found.status].includes(form.values.status)) form.setFieldValue('status', found.status)
  }
  const isEnd = OVER.includes(form.values.status) && !OVER.includes(report.status)
  return (
    <Card>
      <form onSubmit={form.onSubmit(values => tell.mutate(values))}>
        <Stack>
          <Title order={2} size="h3">
            Post an update
          </Title>
          <StaleAlert error={tell.error} onReload={() => void reload()} />
          {!isStale(tell.error) && <ProblemAlert error={tell.error} />}
          <Select
            label="Status"
            allowDeselect={false}
            data={statusChoices(following)}
            {...form.getInputProps('status')}
          />
          <Textarea
            label="Text"
            placeholder="What is known now, what is being done, when people hear from you again."
            required
            withAsterisk={false}
            autosize
            minRows={3}
            maxRows={16}
            maxLength={20_000}
            {...form.getInputProps('body')}
          />
          {report.kind === 'incident' && (
            <ComponentWords
              label="Component status"
              description={
                isEnd
                  ? 'All of them are operational again, unless you say otherwise.'
                  : 'What was said of others stays.'
              }
              components={components?.items ?? []}
              {...form.getInputProps('components')}
            />
          )}
          <Tells page={page} {...form.getInputProps('tells_subscribers', { type: 'checkbox' })} />
          <Group justify="flex-end">
            <Button type="submit" loading={tell.isPending}>
              Publish the update
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}

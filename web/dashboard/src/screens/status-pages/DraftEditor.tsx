/** A draft: edited as a whole, and published in the version that is seen here. */
import { Button, Card, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi } from '../../app/organization'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useWhyNot } from '../../components/WhyNot'
import { pageQueries, type Report, type StatusPage } from './queries'
import { ReportFields } from './ReportFields'
import { type ReportValues, reportErrors, reportPatch, reportValues } from './reportValues'
import { useReport } from './useReport'
import { Tells } from './WriteReportScreen'
import { FIRST } from './words'

interface Saving {
  report: Report
  version: number | undefined
  onSaved: (made: Report) => void
  /** It is saved, and could not be published. */
  onHalf: (made: Report) => void
}

/** Saves what has been changed of a draft, and publishes it where that is asked. */
function useSaveDraft({ report, version, onSaved, onHalf }: Saving) {
  const api = useApi()
  const { saved } = useReport(report.id)
  const path = { report_id: report.id }
  return useMutation({
    mutationFn: async ({ values, publishes }: { values: ReportValues; publishes: boolean }) => {
      const patch = reportPatch(report, values)
      let made = report
      if (patch) made = await api.patch('/v1/status-reports/{report_id}', { path, body: patch, version })
      if (!publishes) return made
      return api
        .post('/v1/status-reports/{report_id}/publish', {
          path,
          body: { tells_subscribers: values.tells_subscribers },
          version: made.version,
        })
        .catch(async error => {
          // what was saved before it stays, and is what is edited from now on
          if (patch) {
            onHalf(made)
            await saved(made)
          }
          throw error
        })
    },
    onSuccess: (made, { publishes }) => {
      onSaved(made)
      notifyDone(publishes ? 'The public can read it within seconds.' : 'Saved.')
      return saved(made)
    },
  })
}

export function DraftEditor({ report, page }: { report: Report; page: StatusPage }) {
  const { read } = useReport(report.id)
  const why = useWhyNot('responder')
  const { data: components } = useQuery(pageQueries(useApi(), page.id).components)
  const form = useForm<ReportValues>({ initialValues: reportValues(report) })
  const { begun, begin, rebase } = useBegun(report, form, reportValues, () => draft.forget())
  const draft = useDraft(`report.${report.id}`, form, begun.version)
  const onHalf = (made: Report) => {
    draft.forget()
    rebase(made)
  }
  const save = useSaveDraft({ report: begun, version: draft.version, onSaved: begin, onHalf })
  const send = (publishes: boolean) =>
    form.onSubmit(values =>
      save.mutate({ values, publishes }, { onError: error => form.setErrors(reportErrors(fieldErrors(error))) }),
    )()
  const reload = async () => {
    save.reset()
    begin(await read())
  }
  return (
    <Card>
      <form
        onSubmit={event => {
          event.preventDefault()
          send(false)
        }}
      >
        <Stack>
          <StaleAlert error={save.error} onReload={() => void reload()} />
          {!isStale(save.error) && <ProblemAlert error={save.error} />}
          <ReportFields
            form={form}
            kind={report.kind}
            components={components?.items ?? []}
            statuses={FIRST[report.kind]}
          />
          <Tells page={page} {...form.getInputProps('tells_subscribers', { type: 'checkbox' })} />
          <Group justify="flex-end">
            <Button
              type="submit"
              variant="default"
              disabled={why !== null || !form.isDirty()}
              loading={save.isPending && !save.variables.publishes}
            >
              Save the draft
            </Button>
            <Button
              disabled={why !== null}
              loading={save.isPending && save.variables.publishes}
              onClick={() => send(true)}
            >
              Publish
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}

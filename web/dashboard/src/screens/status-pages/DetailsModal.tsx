/** Changes what a published report is about; its words are changed by updates. */
import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { pageQueries, type Report, type StatusPage } from './queries'
import { ReportFields } from './ReportFields'
import { type ReportValues, reportErrors, reportPatch, reportValues } from './reportValues'
import { useReport } from './useReport'
import { IMPACTS, type Impact } from './words'

interface Properties {
  report: Report
  page: StatusPage
  onClose: () => void
}

export function DetailsModal({ isOpen, ...rest }: Properties & { isOpen: boolean }) {
  return (
    <Modal opened={isOpen} onClose={rest.onClose} size="lg" title="Edit the report">
      <Editor {...rest} />
    </Modal>
  )
}

function Editor({ report, page, onClose }: Properties) {
  const api = useApi()
  const { saved, read } = useReport(report.id)
  const { data: components } = useQuery(pageQueries(api, page.id).components)
  const form = useForm<ReportValues>({ initialValues: reportValues(report) })
  const { begun, begin } = useBegun(report, form, reportValues, () => draft.forget())
  const draft = useDraft(`report.${report.id}`, form, begun.version)
  const [impact, setImpact] = useState<Impact | 'worst' | null>(null)
  const close = () => {
    draft.forget()
    onClose()
  }
  const save = useMutation({
    mutationFn: async (values: ReportValues) => {
      const patch = reportPatch(begun, values) ?? {}
      const body = impact === null ? patch : { ...patch, impact: impact === 'worst' ? null : impact }
      if (Object.keys(body).length === 0) return begun
      return api.patch('/v1/status-reports/{report_id}', {
        path: { report_id: report.id },
        body,
        version: draft.version,
      })
    },
    onSuccess: made => {
      close()
      return saved(made)
    },
    onError: error => form.setErrors(reportErrors(fieldErrors(error))),
  })
  const reload = async () => {
    save.reset()
    begin(await read())
  }
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))}>
      <Stack>
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <ReportFields form={form} kind={report.kind} components={components?.items ?? []} hasBody={false} />
        {report.kind === 'incident' && (
          <Select
            label="Impact"
            placeholder={IMPACTS[report.impact]}
            data={[
              { value: 'worst', label: 'The worst that is said of a component' },
              ...Object.entries(IMPACTS)
                .filter(([value]) => value !== 'maintenance')
                .map(([value, label]) => ({ value, label })),
            ]}
            value={impact}
            onChange={value => setImpact(value as Impact | 'worst' | null)}
            error={form.errors.impact}
          />
        )}
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

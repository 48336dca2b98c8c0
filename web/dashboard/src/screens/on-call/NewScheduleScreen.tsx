/** A new schedule, begun with one layer of weekly turns. */
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { serverNow } from '../../api/clock'
import { fieldErrors } from '../../api/problem'
import { useApi, useMay, useOrganization } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { notifyDone } from '../../components/notices'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { dateAt, mondayOf } from './days'
import { ScheduleEditor } from './ScheduleEditor'
import { newLayer, type ScheduleValues, scheduleErrors, scheduleInput } from './scheduleForm'

export function NewScheduleScreen() {
  const { id: org, userId, teams } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const isAdmin = useMay('admin')
  const why = useWhyNot('admin', 'any')
  const monday = mondayOf(dateAt(serverNow(), viewerZone))
  const form = useForm<ScheduleValues>({
    initialValues: {
      name: '',
      description: '',
      team_id: (!isAdmin && teams.find(team => team.role === 'lead')?.id) || null,
      time_zone: viewerZone,
      layers: [newLayer('Weekly', monday, userId ? [userId] : [])],
    },
    validate: scheduleErrors,
  })
  const draft = useDraft('schedule.new', form)
  const save = useMutation({
    mutationFn: (values: ScheduleValues) => api.post('/v1/schedules', { body: scheduleInput(values) }),
    onSuccess: async made => {
      draft.forget()
      notifyDone('The schedule is made. Let an escalation policy page by it.')
      void queries.invalidateQueries({ queryKey: api.topic('on-call') })
      void queries.invalidateQueries({ queryKey: api.topic('schedules') })
      await navigate({ to: '/o/$org/schedules/$schedule', params: { org, schedule: made.id } })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <Page
      title="New schedule"
      description="Who takes turns, how long each, and when they hand over. The preview shows who would be on call."
      back={{ label: 'On call', to: '/o/$org/on-call', params: { org } }}
    >
      <WhyNot role="admin" team="any" />
      <ScheduleEditor
        form={form}
        disabled={why !== null}
        isSaving={save.isPending}
        saveLabel="Make the schedule"
        onSubmit={values => save.mutate(values)}
        onReset={() => {
          draft.forget()
          form.reset()
          void navigate({ to: '/o/$org/on-call', params: { org } })
        }}
        problem={<ProblemAlert error={save.error} />}
      />
    </Page>
  )
}

/** The rotation of a schedule, to be changed: a change makes a version, and changes the future only. */
import { Group } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi } from '../../app/organization'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { DeleteSchedule } from './DeleteSchedule'
import { ScheduleEditor } from './ScheduleEditor'
import { type ScheduleValues, scheduleErrors, scheduleInput, scheduleValues } from './scheduleForm'
import type { Schedule } from './words'

export function SavedSchedule({ schedule }: { schedule: Schedule }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin', schedule.team_id)
  const form = useForm<ScheduleValues>({ initialValues: scheduleValues(schedule), validate: scheduleErrors })
  const { begun, begin } = useBegun(schedule, form, scheduleValues, () => draft.forget())
  const draft = useDraft(`schedule.${schedule.id}`, form, begun.version)
  const path = { schedule_id: schedule.id }
  const query = api.get('/v1/schedules/{schedule_id}', { path })
  const save = useMutation({
    mutationFn: (values: ScheduleValues) =>
      api.put('/v1/schedules/{schedule_id}', { path, body: scheduleInput(values), version: draft.version }),
    onSuccess: saved => {
      queries.setQueryData(query.queryKey, saved)
      begin(saved)
      notifyDone(`Version ${saved.version} is in effect.`)
      void queries.invalidateQueries({ queryKey: api.topic('on-call') })
      void queries.invalidateQueries({ queryKey: api.topic('lint') })
      return queries.invalidateQueries({ queryKey: api.topic('schedules') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    save.reset()
    begin(await queries.fetchQuery(query))
  }
  return (
    <>
      <WhyNot role="admin" team={schedule.team_id} />
      <ScheduleEditor
        form={form}
        scheduleId={schedule.id}
        disabled={why !== null}
        isSaving={save.isPending}
        saveLabel={`Save as version ${begun.version + 1}`}
        onSubmit={values => save.mutate(values)}
        onReset={() => begin(schedule)}
        problem={
          <>
            <StaleAlert error={save.error} onReload={() => void reload()} />
            {!isStale(save.error) && <ProblemAlert error={save.error} />}
          </>
        }
      />
      <Group mt="xl">
        <DeleteSchedule schedule={schedule} />
      </Group>
    </>
  )
}

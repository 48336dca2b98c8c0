/** Takes a schedule out of use; refused while an escalation policy pages by it. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyDone } from '../../components/notices'
import { useWhyNot } from '../../components/WhyNot'
import type { Schedule } from './words'

export function DeleteSchedule({ schedule }: { schedule: Schedule }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const why = useWhyNot('admin', schedule.team_id)
  const remove = async () => {
    await api.delete('/v1/schedules/{schedule_id}', { path: { schedule_id: schedule.id } })
    await navigate({ to: '/o/$org/on-call', params: { org } })
    notifyDone('The schedule is deleted.')
    await queries.invalidateQueries({ queryKey: api.topic('on-call') })
  }
  return (
    <ConfirmButton
      question="Delete this schedule?"
      consequence="Nobody is on call by it any more, and calendars that follow it end. While an escalation policy pages by it, it can’t be deleted."
      confirm="Delete it"
      onConfirm={remove}
      disabled={why !== null}
      title={why ?? undefined}
    >
      Delete the schedule
    </ConfirmButton>
  )
}

/** One override or temporary schedule: when, who, why, whether it holds; to change or to end. */
import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { formatRelative, useNow } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import classes from './OverrideList.module.css'
import { formatSpan, type Override, type Schedule } from './words'

interface Properties {
  override: Override
  schedule: Schedule
  zone: string
  names: ReadonlyMap<string, string>
  onEdit: () => void
}

function stateOf({ cancelled_at: cancelled, starts_at: from, ends_at: to }: Override, now: number): string {
  if (cancelled) return 'Cancelled'
  if (Date.parse(to) <= now) return 'Over'
  return Date.parse(from) <= now ? 'Now' : formatRelative(from, now)
}

function titleOf({ kind, user_id: id, layers }: Override, names: ReadonlyMap<string, string>): string {
  if (kind === 'override') return id === null ? 'Nobody' : (names.get(id) ?? 'Somebody who has left')
  const people = new Set(layers?.flatMap(layer => layer.participants).filter(one => one !== null))
  if (people.size === 0) return 'A temporary schedule of nobody'
  return `A temporary schedule of ${[...people].map(one => names.get(one) ?? 'somebody').join(', ')}`
}

export function OverrideRow({ override, schedule, zone, names, onEdit }: Properties) {
  const api = useApi()
  const queries = useQueryClient()
  const now = useNow()
  const why = useWhyNot(override.kind === 'temporary' ? 'admin' : 'responder', schedule.team_id)
  const state = stateOf(override, now)
  const isOpen = state !== 'Cancelled' && state !== 'Over'
  const author = names.get(override.created_by.replace('user:', ''))
  const cancel = async () => {
    const path = { schedule_id: schedule.id, override_id: override.id }
    await api.post('/v1/schedules/{schedule_id}/overrides/{override_id}/cancel', { path })
    void queries.invalidateQueries({ queryKey: api.topic('on-call') })
    await queries.invalidateQueries({ queryKey: api.topic('schedules') })
  }
  return (
    <li className={classes.row} data-over={!isOpen || undefined}>
      <div className={classes.words}>
        <strong>{titleOf(override, names)}</strong>
        <span>{formatSpan(override.starts_at, override.ends_at, zone)}</span>
        <span className={classes.why}>
          {[override.name, author && `made by ${author}`].filter(Boolean).join(' · ')}
        </span>
      </div>
      <span className={classes.state} data-now={state === 'Now' || undefined}>
        {state}
      </span>
      {isOpen && (
        <Group gap="xs">
          <Button size="xs" variant="default" disabled={why !== null} title={why ?? undefined} onClick={onEdit}>
            Change
          </Button>
          <ConfirmButton
            size="xs"
            disabled={why !== null}
            question={state === 'Now' ? 'End it now?' : 'Cancel it?'}
            consequence="From now on the rotation below it holds again. What it was until now stays in the calendar."
            confirm={state === 'Now' ? 'End it now' : 'Cancel it'}
            onConfirm={cancel}
          >
            {state === 'Now' ? 'End' : 'Cancel'}
          </ConfirmButton>
        </Group>
      )}
    </li>
  )
}

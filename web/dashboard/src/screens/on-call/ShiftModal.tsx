/** One shift: who, when, why, and what can be done about it. */
import { Button, Group, Modal, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { zoneName } from '../../app/zones'
import { useNow } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import { PersonMark } from './PersonMark'
import classes from './ShiftModal.module.css'
import { formatSpan, reasonOf, type Schedule, type Shift, whoOf } from './words'

const route = getRouteApi('/o/$org/schedules/$schedule')

interface Properties {
  schedule: Schedule
  shift: Shift | null
  hues: ReadonlyMap<string, number>
  zone: string
  onClose: () => void
  onOverride: (shift: Shift) => void
}

export function ShiftModal({ schedule, shift, hues, zone, onClose, onOverride }: Properties) {
  const navigate = route.useNavigate()
  const why = useWhyNot('responder', schedule.team_id)
  const now = useNow()
  const isOver = shift !== null && Date.parse(shift.ends_at) <= now
  const open = () => {
    onClose()
    const tab = shift?.reason.kind === 'layer' ? 'rotation' : 'overrides'
    void navigate({ search: before => ({ ...before, tab }), resetScroll: false })
  }
  return (
    <Modal opened={shift !== null} onClose={onClose} title="On call">
      {shift && (
        <>
          <div className={classes.shift}>
            <PersonMark
              size="large"
              name={shift.user_id === null ? null : whoOf(shift)}
              hue={shift.user_id ? hues.get(shift.user_id) : undefined}
            />
            <div className={classes.words}>
              <strong>{whoOf(shift)}</strong>
              <span>{formatSpan(shift.starts_at, shift.ends_at, zone)}</span>
              <Text size="sm" c="dimmed" span>
                {zoneName(zone)} · {reasonOf(shift.reason)}
                {shift.reason.version !== null && `, version ${shift.reason.version}`}
              </Text>
            </div>
          </div>
          {!shift.is_member && shift.user_id !== null && (
            <Text size="sm" c="red" mt="sm">
              They have left and can’t be paged. Take them out of the rotation, or put somebody else here.
            </Text>
          )}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={open}>
              {shift.reason.kind === 'layer' ? 'See the rotation' : 'See what lies over it'}
            </Button>
            <Button
              disabled={why !== null || isOver}
              title={why ?? (isOver ? 'This shift is over' : undefined)}
              onClick={() => {
                onClose()
                onOverride(shift)
              }}
            >
              Put somebody else here
            </Button>
          </Group>
        </>
      )}
    </Modal>
  )
}

/** One maintenance window: what it covers, when, and what can be done with it. */
import { Button, Group, Text } from '@mantine/core'
import { IconBellOff, IconRepeat, IconTool } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { zoneName } from '../../app/zones'
import { ConfirmButton } from '../../components/ConfirmButton'
import { Span } from '../../components/Span'
import { StatusBadge } from '../../components/StatusBadge'
import { Clock, formatDuration } from '../../components/Time'
import { inWords } from './recurrence'
import classes from './WindowRow.module.css'
import { isOver, type Window } from './windowValues'

interface Properties {
  window: Window
  services: ReadonlyMap<string, string>
  monitors: ReadonlyMap<string, string>
  isDisabled: boolean
  onEdit: () => void
}

/** What it covers, in words. */
export function covered(
  window: Pick<Window, 'everything' | 'monitor_ids' | 'service_ids' | 'labels'>,
  services: ReadonlyMap<string, string>,
  monitors: ReadonlyMap<string, string>,
): string {
  if (window.everything) return 'everything'
  const named = (ids: readonly string[], names: ReadonlyMap<string, string>) =>
    ids.map(id => names.get(id) ?? '…').join(', ')
  if (window.monitor_ids?.length) return `monitors ${named(window.monitor_ids, monitors)}`
  const labels = Object.entries(window.labels).map(([name, value]) => `${name}=${value}`)
  const what = window.service_ids.length > 0 ? named(window.service_ids, services) : 'whatever'
  return labels.length > 0 ? `${what} with ${labels.join(', ')}` : what
}

function seconds({ starts_at: from, ends_at: to }: { starts_at: string; ends_at: string }): number {
  return (Date.parse(to) - Date.parse(from)) / 1_000
}

export function WindowRow({ window, services, monitors, isDisabled, onEdit }: Properties) {
  const over = isOver(window)
  const next = window.open ?? window.upcoming[0] ?? { starts_at: window.starts_at, ends_at: window.ends_at }
  const isSilence = window.kind === 'silence'
  const Icon = isSilence ? IconBellOff : IconTool
  return (
    <li className={classes.row} data-open={window.open !== null || undefined}>
      <div className={classes.words}>
        <span className={classes.name}>{window.name}</span>
        <span>
          <Icon size={15} aria-label={isSilence ? 'Silence' : 'Maintenance'} /> {covered(window, services, monitors)}
        </span>
        {window.recurrence && (
          <span>
            <IconRepeat size={15} aria-label="Repeats" /> {inWords(window.recurrence)}, {zoneName(window.time_zone)}
          </span>
        )}
      </div>
      <div className={classes.when}>
        {window.cancelled_at ? (
          <StatusBadge state="paused" word="Cancelled" plain />
        ) : window.open ? (
          <StatusBadge state="under_maintenance" word={isSilence ? 'Quiet now' : 'Open now'} />
        ) : (
          over && <StatusBadge state="resolved" word="Over" plain />
        )}
        <Text size="sm">
          <Span from={next.starts_at} to={next.ends_at} />
        </Text>
        <Text size="sm" c="dimmed">
          for {formatDuration(seconds(next))}
          {window.upcoming.length > 1 && window.upcoming[1] && (
            <>
              , then <Clock at={window.upcoming[1].starts_at} />
            </>
          )}
        </Text>
      </div>
      {!over && <Actions window={window} isDisabled={isDisabled} onEdit={onEdit} />}
    </li>
  )
}

function Actions({ window, isDisabled, onEdit }: Pick<Properties, 'window' | 'isDisabled' | 'onEdit'>) {
  const api = useApi()
  const queries = useQueryClient()
  const path = { window_id: window.id }
  const act = async (how: 'end' | 'cancel') => {
    await api.post(`/v1/maintenance-windows/{window_id}/${how}`, { path })
    await queries.invalidateQueries({ queryKey: api.topic('maintenance-windows') })
  }
  return (
    <Group gap="xs" className={classes.actions}>
      {window.open && (
        <ConfirmButton
          size="sm"
          question={`End ${window.name.slice(0, 80)} now?`}
          consequence={
            window.recurrence
              ? 'What is still broken pages from now on. It opens again the next time.'
              : 'What is still broken pages from now on.'
          }
          confirm="End it"
          disabled={isDisabled}
          onConfirm={() => act('end')}
        >
          End now
        </ConfirmButton>
      )}
      <Button size="sm" variant="default" disabled={isDisabled} onClick={onEdit}>
        Edit
      </Button>
      <ConfirmButton
        size="sm"
        question={`Cancel ${window.name.slice(0, 80)}?`}
        consequence="It ends for good, open or not, and this can’t be taken back."
        confirm="Cancel it"
        disabled={isDisabled}
        onConfirm={() => act('cancel')}
      >
        Cancel
      </ConfirmButton>
    </Group>
  )
}

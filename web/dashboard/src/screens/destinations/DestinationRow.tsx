/** A channel or webhook: whose it is, whether it is on, and what can be done with it. */
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Since } from '../../components/Since'
import { StatusBadge } from '../../components/StatusBadge'
import { TestFate } from '../../components/TestFate'
import { useTrial } from '../../components/useTrial'
import { useWhyNot } from '../../components/WhyNot'
import { CHANNELS } from '../me/channels'
import classes from '../me/MethodRow.module.css'
import rows from '../services/Rows.module.css'
import { useTeams } from '../services/useNames'
import type { Destination } from './destinations'

interface Properties {
  destination: Destination
  onEdit: () => void
}

export function DestinationRow({ destination, onEdit }: Properties) {
  const { channel, name, team_id: team, disabled_at: disabledAt } = destination
  const why = useWhyNot('admin', team)
  const teams = useTeams().names
  const trial = useDestinationTrial(destination)
  const { icon: Icon, name: kind } = CHANNELS[channel]
  const may = { disabled: why !== null, title: why ?? undefined }
  return (
    <li className={classes.row} data-off={disabledAt !== null || undefined}>
      <Icon size={22} stroke={1.6} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <span className={classes.name}>{name}</span>
        <div className={rows.facts}>
          <span>{kind}</span>
          {team && <span>{teams.get(team) ?? '…'}</span>}
          <Since way={destination} />
        </div>
      </div>
      {disabledAt ? (
        <StatusBadge state="paused" word="Switched off" plain />
      ) : (
        <StatusBadge state="resolved" word="On" plain />
      )}
      <div className={classes.rest}>
        {trial.test && <TestFate test={trial.test} />}
        <ProblemAlert error={trial.send.error} />
        <div className={classes.actions}>
          {!disabledAt && (
            <Button
              size="xs"
              variant="default"
              {...may}
              loading={trial.send.isPending || trial.test?.state === 'queued'}
              onClick={() => trial.send.mutate()}
            >
              Send a test page
            </Button>
          )}
          <Button size="xs" variant={disabledAt ? 'filled' : 'default'} {...may} onClick={onEdit}>
            {disabledAt ? 'Switch on with a new URL' : 'Change'}
          </Button>
          <Endings destination={destination} may={may} />
        </div>
      </div>
    </li>
  )
}

function useChanged(): () => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: api.topic('destinations') })
    await queries.invalidateQueries({ queryKey: api.topic('lint') })
  }
}

function useDestinationTrial({ id }: Destination) {
  const api = useApi()
  const path = { destination_id: id }
  return useTrial({
    post: () => api.post('/v1/destinations/{destination_id}/tests', { path }),
    reading: test => api.get('/v1/destinations/{destination_id}/tests/{test_id}', { path: { ...path, test_id: test } }),
  })
}

interface Ending {
  destination: Destination
  may: { disabled: boolean; title: string | undefined }
}

function Endings({ destination: { id, name, disabled_at: disabledAt }, may }: Ending) {
  const api = useApi()
  const changed = useChanged()
  const path = { destination_id: id }
  const called = name.slice(0, 80)
  return (
    <>
      {!disabledAt && (
        <ConfirmButton
          size="xs"
          {...may}
          question={`Switch off ${called}?`}
          consequence="Nothing is sent there from this moment on. Steps that name it stay, and pass it over. With its URL given anew it is on again."
          confirm="Switch it off"
          onConfirm={async () => {
            await api.post('/v1/destinations/{destination_id}/disable', { path })
            await changed()
          }}
        >
          Switch off
        </ConfirmButton>
      )}
      <ConfirmButton
        size="xs"
        c="red"
        {...may}
        question={`Delete ${called}?`}
        consequence="Steps that name it pass it over, and say so. This can’t be taken back."
        confirm="Delete it"
        onConfirm={async () => {
          await api.delete('/v1/destinations/{destination_id}', { path })
          await changed()
        }}
      >
        Delete
      </ConfirmButton>
    </>
  )
}

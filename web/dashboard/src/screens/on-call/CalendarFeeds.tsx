/** Calendars that follow a schedule, in whatever program: their secret addresses are shown once. */
import { Alert, Anchor, Button, Card, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCalendarShare, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { CopyText } from '../../components/CopyText'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { notifyProblem } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Time } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import classes from './OverrideList.module.css'
import { membersQuery, scheduleQueries } from './queries'
import type { Schedule } from './words'

const EVERYBODY = 'everybody'

export function CalendarFeeds({ schedule }: { schedule: Schedule }) {
  const api = useApi()
  const queries = useQueryClient()
  const query = scheduleQueries(api, schedule.id).calendars
  const found = useQuery(query)
  const members = useQuery(membersQuery(api))
  const names = new Map(members.data?.items.map(one => [one.user_id, one.name]))
  const why = useWhyNot('responder', schedule.team_id)
  const [isOpen, { open, close }] = useDisclosure(false)
  const [url, setUrl] = useState<string | null>(null)
  const path = { schedule_id: schedule.id }
  const told = (made: { url: string }) => {
    close()
    setUrl(made.url)
    return queries.invalidateQueries({ queryKey: query.queryKey })
  }
  const make = useMutation({
    mutationFn: (whose: string) =>
      api.post('/v1/schedules/{schedule_id}/calendars', {
        path,
        body: { user_id: whose === EVERYBODY ? null : whose },
      }),
    onSuccess: told,
  })
  const rotate = useMutation({
    mutationFn: (id: string) =>
      api.post('/v1/schedules/{schedule_id}/calendars/{calendar_id}/rotate', { path: { ...path, calendar_id: id } }),
    onSuccess: told,
    onError: notifyProblem,
  })
  const revoke = async (id: string) => {
    await api.post('/v1/schedules/{schedule_id}/calendars/{calendar_id}/revoke', { path: { ...path, calendar_id: id } })
    await queries.invalidateQueries({ queryKey: query.queryKey })
  }
  const create = (
    <Button
      disabled={why !== null}
      title={why ?? undefined}
      leftSection={<IconPlus size={18} aria-hidden />}
      onClick={open}
    >
      New calendar
    </Button>
  )
  return (
    <>
      <Group justify="flex-end" mb="md">
        {create}
      </Group>
      <WhyNot role="responder" team={schedule.team_id} />
      {url && <NewAddress url={url} onClose={() => setUrl(null)} />}
      <Loaded query={found}>
        {({ items }) => {
          const open = items.filter(one => one.revoked_at === null)
          return (
            <Card p={0}>
              {open.length === 0 ? (
                <Empty icon={IconCalendarShare} title="No calendar follows this schedule">
                  Subscribe with Google Calendar, Apple Calendar, Outlook or any other: shifts show up there, and stay
                  up to date.
                </Empty>
              ) : (
                <ul className={classes.list}>
                  {open.map(one => (
                    <li key={one.id} className={classes.row}>
                      <div className={classes.words}>
                        <strong>
                          {one.user_id === null
                            ? 'Shifts of everybody'
                            : `Shifts of ${names.get(one.user_id) ?? 'somebody'}`}
                        </strong>
                        <span className={classes.why}>
                          made by {names.get(one.created_by.replace('user:', '')) ?? 'an API key'}{' '}
                          <Time at={one.created_at} />;{' '}
                          {one.last_used_at ? (
                            <>
                              last read <Time at={one.last_used_at} />
                            </>
                          ) : (
                            'never read so far'
                          )}
                        </span>
                      </div>
                      <Group gap="xs">
                        <Button
                          size="xs"
                          variant="default"
                          disabled={why !== null}
                          loading={rotate.isPending && rotate.variables === one.id}
                          onClick={() => rotate.mutate(one.id)}
                        >
                          New address
                        </Button>
                        <ConfirmButton
                          size="xs"
                          disabled={why !== null}
                          question="End this calendar?"
                          consequence="Whoever has its address sees no shifts any more."
                          confirm="End it"
                          onConfirm={() => revoke(one.id)}
                        >
                          End
                        </ConfirmButton>
                      </Group>
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          )
        }}
      </Loaded>
      <Modal opened={isOpen} onClose={close} title="A calendar of this schedule">
        <Choice
          names={names}
          isMaking={make.isPending}
          error={make.error}
          onMake={whose => make.mutate(whose)}
          onClose={close}
        />
      </Modal>
    </>
  )
}

interface ChoiceProperties {
  names: ReadonlyMap<string, string>
  isMaking: boolean
  error: unknown
  onMake: (whose: string) => void
  onClose: () => void
}

function Choice({ names, isMaking, error, onMake, onClose }: ChoiceProperties) {
  const { userId } = useOrganization()
  const [whose, setWhose] = useState(EVERYBODY)
  return (
    <Stack>
      <ProblemAlert error={error} />
      <Select
        label="Whose shifts"
        data-autofocus
        searchable
        openOnFocus={false}
        allowDeselect={false}
        value={whose}
        onChange={value => value && setWhose(value)}
        data={[
          { value: EVERYBODY, label: 'Everybody’s' },
          ...[...names].map(([value, label]) => ({ value, label: value === userId ? `${label} (you)` : label })),
        ]}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={isMaking} onClick={() => onMake(whose)}>
          Make it
        </Button>
      </Group>
    </Stack>
  )
}

function NewAddress({ url, onClose }: { url: string; onClose: () => void }) {
  return (
    <Alert
      mb="md"
      color="green"
      title="Copy this address now: it isn’t shown again"
      withCloseButton
      closeButtonLabel="Close"
      onClose={onClose}
    >
      <CopyText text={url} label="calendar address" />
      <Text size="sm" mt="xs">
        In Google Calendar: “Other calendars”, “From URL”. In Outlook: “Add calendar”, “Subscribe from web”. On a Mac or
        iPhone{' '}
        <Anchor href={url.replace(/^https?:/, 'webcal:')} inherit>
          open it in Calendar
        </Anchor>
        . Whoever has the address sees the shifts.
      </Text>
    </Alert>
  )
}

/** The probes of a private location. */
import { Alert, Button, Card, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconKey } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getConfig } from '../../api/config'
import { fieldErrors } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { CopyText } from '../../components/CopyText'
import { ProblemAlert } from '../../components/ProblemAlert'
import { type State, StatusBadge } from '../../components/StatusBadge'
import { Clock, Time } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import rows from '../monitors/PingKeysScreen.module.css'
import { enrolling } from './enrolling'
import classes from './locations.module.css'

type Probe = Model<'Probe'>
type Status = Probe['status']

const PAGE = 50
const STATES: Readonly<Record<Status, { state: State; word: string }>> = {
  waiting: { state: 'unknown', word: 'Waits to be enrolled' },
  enrolled: { state: 'up', word: 'Enrolled' },
  expired: { state: 'warning', word: 'Its token has expired' },
  revoked: { state: 'paused', word: 'Shut out' },
}

export function ProbeList({ location }: { location: string }) {
  const why = useWhyNot('admin')
  const path = { location_id: location }
  const found = useInfiniteQuery(
    useApi().list('/v1/private-locations/{location_id}/probes', { path, query: { limit: PAGE } }),
  )
  const probes = found.data?.pages.flatMap(page => page.items) ?? []
  const [isOpen, { open, close }] = useDisclosure(false)
  const [made, setMade] = useState<Model<'NewProbe'> | null>(null)
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          Probes
        </Title>
        <Button size="sm" disabled={why !== null} title={why ?? undefined} onClick={open}>
          Let a probe in
        </Button>
      </Group>
      <Stack gap="sm">
        {made && <Token probe={made} onClose={() => setMade(null)} />}
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        {found.data && probes.length === 0 && (
          <Text size="sm" c="dimmed">
            There is none yet. A probe is <code>tocsin probe</code> on a machine of yours; two make up for each other.
          </Text>
        )}
        <ul className={classes.probes}>
          {probes.map(one => (
            <Row key={one.id} probe={one} isDisabled={why !== null} onToken={setMade} />
          ))}
        </ul>
        {found.hasNextPage && (
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        )}
      </Stack>
      <Modal opened={isOpen} onClose={close} title="Let a probe in">
        <NewProbe location={location} onMade={setMade} onClose={close} />
      </Modal>
    </Card>
  )
}

function Token({ probe, onClose }: { probe: Model<'NewProbe'>; onClose: () => void }) {
  const config = useQuery({ queryKey: [null, 'config'], queryFn: getConfig, staleTime: Number.POSITIVE_INFINITY })
  return (
    <Alert
      color="green"
      icon={<IconKey aria-hidden />}
      title={`The token of ${probe.name} is shown this once`}
      withCloseButton
      closeButtonLabel="Hide it"
      onClose={onClose}
    >
      <Text size="sm" mb="xs">
        It lets one probe in, until <Clock at={probe.token_expires_at} />. On the machine that shall check, with the
        networks of yours that it may reach:
      </Text>
      <CopyText block text={enrolling(config.data?.api ?? '…', probe.token)} label="commands" />
    </Alert>
  )
}

interface RowProperties {
  probe: Probe
  isDisabled: boolean
  onToken: (probe: Model<'NewProbe'>) => void
}

function Row({ probe, isDisabled, onToken }: RowProperties) {
  const api = useApi()
  const queries = useQueryClient()
  const path = { location_id: probe.private_location_id, probe_id: probe.id }
  const refresh = () => queries.invalidateQueries({ queryKey: api.topic('private-locations') })
  const rotate = async () => {
    onToken(await api.post('/v1/private-locations/{location_id}/probes/{probe_id}/rotate', { path }))
    await refresh()
  }
  const revoke = async () => {
    await api.post('/v1/private-locations/{location_id}/probes/{probe_id}/revoke', { path })
    await refresh()
  }
  const { state, word } = STATES[probe.status]
  return (
    <li className={classes.probe}>
      <div className={rows.words}>
        <strong>{probe.name}</strong>
        <span>
          <StatusBadge state={state} word={word} plain />
        </span>
        <span>
          {probe.last_seen_at ? (
            <>
              heard <Time at={probe.last_seen_at} />
            </>
          ) : (
            'never heard'
          )}
          {probe.software && `, ${probe.software}`}
          {probe.certificate_expires_at && probe.status === 'enrolled' && (
            <>
              , let in until <Clock at={probe.certificate_expires_at} />
            </>
          )}
        </span>
      </div>
      {probe.status !== 'revoked' && (
        <Group gap="xs">
          <ConfirmButton
            size="sm"
            question={`Give ${probe.name.slice(0, 80)} another token?`}
            consequence="Once somebody enrols with it, the certificates the probe had are revoked."
            confirm="Make a token"
            disabled={isDisabled}
            onConfirm={rotate}
          >
            New token
          </ConfirmButton>
          <ConfirmButton
            size="sm"
            question={`Shut ${probe.name.slice(0, 80)} out?`}
            consequence="It is refused at once, with all its certificates, and this can’t be taken back."
            confirm="Shut it out"
            disabled={isDisabled}
            onConfirm={revoke}
          >
            Revoke
          </ConfirmButton>
        </Group>
      )}
    </li>
  )
}

interface NewProperties {
  location: string
  onMade: (probe: Model<'NewProbe'>) => void
  onClose: () => void
}

function NewProbe({ location, onMade, onClose }: NewProperties) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm({ initialValues: { name: '' } })
  const create = useMutation({
    mutationFn: (body: { name: string }) =>
      api.post('/v1/private-locations/{location_id}/probes', { path: { location_id: location }, body }),
    onSuccess: async made => {
      onMade(made)
      onClose()
      await queries.invalidateQueries({ queryKey: api.topic('private-locations') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <form onSubmit={form.onSubmit(values => create.mutate(values))}>
      <Stack>
        <ProblemAlert error={create.error} />
        <TextInput
          label="Name"
          placeholder="rack-3"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make its token
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

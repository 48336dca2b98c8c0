/** Ping keys: one URL for many heartbeats, by their slugs. */
import { Alert, Button, Card, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconKey } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { CopyText } from '../../components/CopyText'
import { Empty } from '../../components/Empty'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Time } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { ListSkeleton } from '../incidents/ListSkeleton'
import classes from './PingKeysScreen.module.css'
import { useServices } from './queries'

const PAGE = 50

export function PingKeysScreen() {
  const { id: org } = useOrganization()
  const why = useWhyNot('admin')
  const found = useInfiniteQuery(useApi().list('/v1/ping-keys', { query: { limit: PAGE } }))
  const keys = found.data?.pages.flatMap(page => page.items) ?? []
  const [isOpen, { open, close }] = useDisclosure(false)
  const [made, setMade] = useState<Model<'NewPingKey'> | null>(null)
  const button = (
    <Button disabled={why !== null} title={why ?? undefined} onClick={open}>
      New ping key
    </Button>
  )
  return (
    <Page
      title="Ping keys"
      description="One key opens all heartbeats by their slugs, so that jobs need no URL of their own."
      width="narrow"
      back={{ label: 'Monitors', to: '/o/$org/monitors', params: { org } }}
      actions={keys.length > 0 && button}
    >
      <WhyNot role="admin" />
      <Stack>
        {made && (
          <Alert
            color="green"
            title={`${made.name} is shown this once`}
            withCloseButton
            closeButtonLabel="Hide it"
            onClose={() => setMade(null)}
          >
            <Text size="sm" mb="xs">
              Put a heartbeat’s slug in the place of the last part.
            </Text>
            <CopyText text={made.ping_url} label="ping URL" />
          </Alert>
        )}
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        {found.isPending && <ListSkeleton />}
        {found.data && keys.length === 0 && (
          <Card p={0}>
            <Empty icon={IconKey} title="No ping keys yet" action={button}>
              With a key and a service, a job may even make its heartbeat by itself: the first ping to a new slug with
              <code> ?create=1</code> does.
            </Empty>
          </Card>
        )}
        {keys.length > 0 && (
          <Card p={0} component="ul" className={classes.list}>
            {keys.map(one => (
              <Row key={one.id} pingKey={one} isDisabled={why !== null} />
            ))}
          </Card>
        )}
        {found.hasNextPage && (
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        )}
      </Stack>
      <Modal opened={isOpen} onClose={close} title="A new ping key">
        <NewKey onMade={setMade} onClose={close} />
      </Modal>
    </Page>
  )
}

function Row({ pingKey, isDisabled }: { pingKey: Model<'PingKey'>; isDisabled: boolean }) {
  const api = useApi()
  const queries = useQueryClient()
  const services = useServices().names
  const revoke = async () => {
    await api.post('/v1/ping-keys/{ping_key_id}/revoke', { path: { ping_key_id: pingKey.id } })
    await queries.invalidateQueries({ queryKey: api.topic('ping-keys') })
  }
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <strong>{pingKey.name}</strong>
        <span>
          …{pingKey.hint}, made <Time at={pingKey.created_at} />,{' '}
          {pingKey.last_used_at ? (
            <>
              used <Time at={pingKey.last_used_at} />
            </>
          ) : (
            'never used'
          )}
        </span>
        {pingKey.service_id && <span>makes heartbeats of {services.get(pingKey.service_id) ?? '…'}</span>}
        {pingKey.unknown_slug && (
          <span className={classes.unknown}>
            A ping came for <code>{pingKey.unknown_slug}</code>, which no heartbeat has
            {pingKey.unknown_slug_at && (
              <>
                , <Time at={pingKey.unknown_slug_at} />
              </>
            )}
          </span>
        )}
      </div>
      {pingKey.revoked_at ? (
        <Text size="sm" c="dimmed">
          revoked <Time at={pingKey.revoked_at} />
        </Text>
      ) : (
        <ConfirmButton
          size="sm"
          question={`Revoke ${pingKey.name.slice(0, 80)}?`}
          consequence="Jobs that report by it are refused within some seconds, and their heartbeats will be missed."
          confirm="Revoke the key"
          disabled={isDisabled}
          onConfirm={revoke}
        >
          Revoke
        </ConfirmButton>
      )}
    </li>
  )
}

function NewKey({ onMade, onClose }: { onMade: (key: Model<'NewPingKey'>) => void; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const services = useServices()
  const form = useForm<{ name: string; service_id: string | null }>({ initialValues: { name: '', service_id: null } })
  const create = useMutation({
    mutationFn: (body: { name: string; service_id: string | null }) => api.post('/v1/ping-keys', { body }),
    onSuccess: async made => {
      onMade(made)
      onClose()
      await queries.invalidateQueries({ queryKey: api.topic('ping-keys') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <form onSubmit={form.onSubmit(values => create.mutate(values))}>
      <Stack>
        <ProblemAlert error={create.error} />
        <TextInput
          label="Name"
          placeholder="cron on db-1"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label="Service of heartbeats it may make"
          description="Without one it makes none."
          placeholder="None"
          clearable
          searchable
          data={services.choices}
          {...form.getInputProps('service_id')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

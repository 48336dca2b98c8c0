/** The groups that monitors are shown in: made, named, put into order, deleted. */
import { ActionIcon, Button, Card, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconFolders, IconPencil } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors, isStale } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { LinkAnchor } from '../../components/links'
import { notifyProblem } from '../../components/notices'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Sortable } from '../../components/Sortable'
import { StaleAlert } from '../../components/StaleAlert'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import classes from './GroupsScreen.module.css'
import { reordered } from './reordered'

type MonitorGroup = Model<'MonitorGroup'>

export function GroupsScreen() {
  const { id: org } = useOrganization()
  const why = useWhyNot('admin')
  const found = useQuery(useApi().get('/v1/monitor-groups'))
  const [edited, setEdited] = useState<MonitorGroup | 'new' | null>(null)
  const button = (
    <Button disabled={why !== null} title={why ?? undefined} onClick={() => setEdited('new')}>
      New group
    </Button>
  )
  return (
    <Page
      title="Groups"
      description="What monitors are shown in, in this order."
      width="narrow"
      back={{ label: 'Monitors', to: '/o/$org/monitors', params: { org } }}
      actions={found.data && found.data.items.length > 0 && button}
    >
      <WhyNot role="admin" />
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Card p={0}>
              <Empty icon={IconFolders} title="No groups yet" action={button}>
                Once there are many monitors, groups show together what belongs together, as “Shop” and “Platform”.
              </Empty>
            </Card>
          ) : (
            <Groups items={items} isDisabled={why !== null} onEdit={setEdited} />
          )
        }
      </Loaded>
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? 'A new group' : 'Group'}
      >
        {edited && (
          <GroupForm
            group={edited === 'new' ? null : edited}
            position={found.data?.items.length ?? 0}
            onClose={() => setEdited(null)}
          />
        )}
      </Modal>
    </Page>
  )
}

interface GroupsProperties {
  items: readonly MonitorGroup[]
  isDisabled: boolean
  onEdit: (group: MonitorGroup) => void
}

function Groups({ items, isDisabled, onEdit }: GroupsProperties) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const [shown, setShown] = useState<readonly MonitorGroup[] | null>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: api.topic('monitor-groups') })
  const move = useMutation({
    mutationFn: async (changed: readonly MonitorGroup[]) => {
      for (const { id, name, position, version } of changed)
        await api.put('/v1/monitor-groups/{group_id}', { path: { group_id: id }, body: { name, position }, version })
    },
    onError: notifyProblem,
    onSettled: async () => {
      await refresh()
      setShown(null)
    },
  })
  const remove = async (group: MonitorGroup) => {
    await api.delete('/v1/monitor-groups/{group_id}', { path: { group_id: group.id } })
    await Promise.all([refresh(), queries.invalidateQueries({ queryKey: api.topic('monitors') })])
  }
  return (
    <Card p={0}>
      <Sortable
        label="Groups in order"
        items={shown ?? items}
        idOf={one => one.id}
        nameOf={one => one.name}
        disabled={isDisabled || move.isPending}
        onMove={(from, to) => {
          const { order, changed } = reordered(shown ?? items, from, to)
          setShown(order)
          move.mutate(changed)
        }}
      >
        {(group, _, handle) => (
          <div className={classes.row}>
            {handle}
            <LinkAnchor className={classes.name} to="/o/$org/monitors" params={{ org }} search={{ group_id: group.id }}>
              {group.name}
            </LinkAnchor>
            <Text size="sm" c="dimmed">
              {group.monitors} {group.monitors === 1 ? 'monitor' : 'monitors'}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Rename ${group.name}`}
              disabled={isDisabled}
              onClick={() => onEdit(group)}
            >
              <IconPencil size={18} aria-hidden />
            </ActionIcon>
            <ConfirmButton
              size="sm"
              question={`Delete ${group.name.slice(0, 80)}?`}
              consequence="Its monitors stay, in no group."
              confirm="Delete the group"
              disabled={isDisabled}
              onConfirm={() => remove(group)}
            >
              Delete
            </ConfirmButton>
          </div>
        )}
      </Sortable>
    </Card>
  )
}

interface FormProperties {
  group: MonitorGroup | null
  position: number
  onClose: () => void
}

function GroupForm({ group, position, onClose }: FormProperties) {
  const api = useApi()
  const queries = useQueryClient()
  const [current, setCurrent] = useState(group)
  const form = useForm({ initialValues: { name: group?.name ?? '' } })
  const save = useMutation({
    mutationFn: ({ name }: { name: string }) =>
      current
        ? api.put('/v1/monitor-groups/{group_id}', {
            path: { group_id: current.id },
            body: { name, position: current.position },
            version: current.version,
          })
        : api.post('/v1/monitor-groups', { body: { name, position } }),
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries({ queryKey: api.topic('monitor-groups') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    if (!current) return
    const path = { group_id: current.id }
    const theirs = await queries.fetchQuery({ ...api.get('/v1/monitor-groups/{group_id}', { path }), staleTime: 0 })
    setCurrent(theirs)
    form.setValues({ name: theirs.name })
    save.reset()
  }
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))}>
      <Stack>
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <TextInput
          label="Name"
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
          <Button type="submit" loading={save.isPending}>
            {current ? 'Save' : 'Make the group'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What can be done with a monitor: check it now, edit, pause, copy, silence. */
import { Button, Group, Menu, Modal, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import {
  IconChevronDown,
  IconCopy,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRadar2,
  IconTool,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fieldErrors } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { LinkButton, LinkMenuItem } from '../../components/links'
import { notifyDone, notifyProblem } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot } from '../../components/WhyNot'
import { keepUrl } from './freshUrls'
import type { Monitor } from './words'

export function MonitorActions({ monitor }: { monitor: Monitor }) {
  const { id: org } = useOrganization()
  const why = useWhyNot('admin', monitor.team_id)
  const whyNoWindow = useWhyNot('responder')
  const [isCopying, copying] = useDisclosure(false)
  const pausing = usePausing(monitor)
  const isPaused = monitor.paused_at !== null
  return (
    <>
      {monitor.kind !== 'heartbeat' && <RunButton monitor={monitor} />}
      <LinkButton
        to="/o/$org/monitors/$monitor/edit"
        params={{ org, monitor: monitor.id }}
        variant="default"
        leftSection={<IconPencil size={18} aria-hidden />}
        disabled={why !== null}
        title={why ?? undefined}
      >
        Edit
      </LinkButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={18} aria-hidden />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={
              isPaused ? <IconPlayerPlay size={18} aria-hidden /> : <IconPlayerPause size={18} aria-hidden />
            }
            disabled={why !== null}
            title={why ?? undefined}
            onClick={() => pausing.mutate(isPaused ? 'resume' : 'pause')}
          >
            {isPaused ? 'Resume' : 'Pause'}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={18} aria-hidden />}
            disabled={why !== null}
            title={why ?? undefined}
            onClick={copying.open}
          >
            Copy
          </Menu.Item>
          <LinkMenuItem
            to="/o/$org/maintenance"
            params={{ org }}
            search={{ create: true, monitor_id: monitor.id }}
            leftSection={<IconTool size={18} aria-hidden />}
            disabled={whyNoWindow !== null}
            title={whyNoWindow ?? undefined}
          >
            Plan maintenance
          </LinkMenuItem>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isCopying} onClose={copying.close} title="A monitor like this one">
        <Copy monitor={monitor} onClose={copying.close} />
      </Modal>
    </>
  )
}

function RunButton({ monitor }: { monitor: Monitor }) {
  const api = useApi()
  const navigate = useNavigate({ from: '/o/$org/monitors/$monitor' })
  const why = useWhyNot('responder')
  const run = useMutation({
    mutationFn: () => api.post('/v1/monitors/{monitor_id}/run', { path: { monitor_id: monitor.id } }),
    onSuccess: made => navigate({ search: { run: made.id }, replace: true, resetScroll: false }),
    onError: notifyProblem,
  })
  return (
    <Button
      leftSection={<IconRadar2 size={18} aria-hidden />}
      loading={run.isPending}
      disabled={why !== null}
      title={why ?? undefined}
      onClick={() => run.mutate()}
    >
      Check now
    </Button>
  )
}

function usePausing(monitor: Monitor) {
  const api = useApi()
  const queries = useQueryClient()
  const path = { monitor_id: monitor.id }
  return useMutation({
    mutationFn: (how: 'pause' | 'resume') => api.post(`/v1/monitors/{monitor_id}/${how}`, { path }),
    onSuccess: (_, how) =>
      notifyDone(how === 'pause' ? 'It is not checked until somebody resumes it.' : 'It is checked again.'),
    onError: notifyProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: api.topic('monitors') }),
  })
}

function Copy({ monitor, onClose }: { monitor: Monitor; onClose: () => void }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ initialValues: { name: `Copy of ${monitor.name}`.slice(0, 200), paused: true } })
  const copy = useMutation({
    mutationFn: (body: { name: string; paused: boolean }) =>
      api.post('/v1/monitors/{monitor_id}/clone', {
        path: { monitor_id: monitor.id },
        body: { ...body, team_id: monitor.team_id },
      }),
    onSuccess: async made => {
      if (made.ping_url) keepUrl(made.id, made.ping_url)
      onClose()
      await navigate({ to: '/o/$org/monitors/$monitor', params: { org, monitor: made.id } })
      await queries.invalidateQueries({ queryKey: api.topic('monitors') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <form onSubmit={form.onSubmit(values => copy.mutate(values))}>
      <Stack>
        <ProblemAlert error={copy.error} />
        <TextInput label="Name" required withAsterisk={false} maxLength={200} {...form.getInputProps('name')} />
        <Switch
          label="Paused, until you have changed what differs"
          {...form.getInputProps('paused', { type: 'checkbox' })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={copy.isPending}>
            Make the copy
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

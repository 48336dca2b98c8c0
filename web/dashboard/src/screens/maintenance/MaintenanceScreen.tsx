/** Maintenance windows and silences: what is quiet now, what will be, and what is over. */
import { Button, Card, Group, Modal, SegmentedControl, Stack, Title } from '@mantine/core'
import { IconPlus, IconTool } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { serverNow } from '../../api/clock'
import { useApi } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { ListSkeleton } from '../incidents/ListSkeleton'
import { useMonitorNames, useServices } from '../monitors/queries'
import classes from './MaintenanceScreen.module.css'
import { WindowForm } from './WindowForm'
import { WindowRow } from './WindowRow'
import { isOver, newWindow, valuesOf, type Window } from './windowValues'

const route = getRouteApi('/o/$org/maintenance')
const PAGE = 100

export function MaintenanceScreen() {
  const { view, create } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('responder')
  const found = useInfiniteQuery(useApi().list('/v1/maintenance-windows', { query: { limit: PAGE } }))
  const windows = found.data?.pages.flatMap(page => page.items) ?? []
  const plan = () => void navigate({ search: { view, create: true }, replace: true })
  const button = (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      disabled={why !== null}
      title={why ?? undefined}
      onClick={plan}
    >
      Plan maintenance
    </Button>
  )
  return (
    <Page
      title="Maintenance"
      description="While a window is open, what it covers is still recorded, but pages nobody."
      actions={button}
    >
      <WhyNot role="responder" />
      <SegmentedControl
        mb="md"
        aria-label="Which windows"
        value={view ?? 'ahead'}
        onChange={value => void navigate({ search: { view: value === 'over' ? 'over' : undefined }, replace: true })}
        data={[
          { value: 'ahead', label: 'Now and ahead' },
          { value: 'over', label: 'Over' },
        ]}
      />
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {found.data && <Windows windows={windows} isOverShown={view === 'over'} />}
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
      {why === null && <FormModal isNew={create === true} />}
    </Page>
  )
}

function byStart(a: Window, b: Window): number {
  const next = (one: Window) => one.upcoming[0]?.starts_at ?? one.starts_at
  return Date.parse(next(a)) - Date.parse(next(b))
}

function Windows({ windows, isOverShown }: { windows: readonly Window[]; isOverShown: boolean }) {
  if (isOverShown) return <List windows={windows.filter(isOver)} label="Over" />
  const ahead = windows.filter(one => !isOver(one))
  const open = ahead.filter(one => one.open)
  const planned = ahead.filter(one => !one.open).sort(byStart)
  if (ahead.length === 0) return <List windows={[]} label="Planned" />
  return (
    <Stack gap="lg">
      {open.length > 0 && <List windows={open} label="Open now" />}
      {planned.length > 0 && <List windows={planned} label="Planned" />}
    </Stack>
  )
}

function List({ windows, label }: { windows: readonly Window[]; label: string }) {
  const navigate = route.useNavigate()
  const why = useWhyNot('responder')
  const services = useServices().names
  const monitors = useMonitorNames().names
  if (windows.length === 0)
    return (
      <Card p={0}>
        <Empty icon={IconTool} title={label === 'Over' ? 'Nothing is over' : 'Nothing is planned'}>
          Plan a window before you work on something, so that nobody is paged for it. A silence only quiets what makes
          noise. Whatever is still broken at the end pages then.
        </Empty>
      </Card>
    )
  return (
    <section aria-label={label}>
      <Title order={2} size="h4" mb="xs">
        {label}
      </Title>
      <Card p={0} component="ul" className={classes.list}>
        {windows.map(one => (
          <WindowRow
            key={one.id}
            window={one}
            services={services}
            monitors={monitors}
            isDisabled={why !== null}
            onEdit={() => void navigate({ search: before => ({ view: before.view, window: one.id }), replace: true })}
          />
        ))}
      </Card>
    </section>
  )
}

function FormModal({ isNew }: { isNew: boolean }) {
  const { window: id, service_id: service, monitor_id: monitor } = route.useSearch()
  const navigate = route.useNavigate()
  const found = useQuery({
    ...useApi().get('/v1/maintenance-windows/{window_id}', { path: { window_id: id ?? '' } }),
    enabled: id !== undefined,
  })
  const close = () => void navigate({ search: before => ({ view: before.view }), replace: true })
  return (
    <Modal opened={isNew || id !== undefined} onClose={close} title={isNew ? 'Plan maintenance' : 'Window'} size="lg">
      {isNew ? (
        <WindowForm
          window={null}
          values={newWindow({ now: serverNow(), zone: viewerZone, service, monitor })}
          onClose={close}
        />
      ) : (
        id && (
          <Loaded query={found}>
            {one => <WindowForm key={one.id} window={one} values={valuesOf(one)} onClose={close} />}
          </Loaded>
        )
      )}
    </Modal>
  )
}

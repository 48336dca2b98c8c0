/** The list of monitors: what is down comes first to the eye, and how each fared lately is beside it. */
import { Button, Card, Menu } from '@mantine/core'
import { IconActivityHeartbeat, IconChevronDown, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { LinkButton, LinkMenuItem } from '../../components/links'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot } from '../../components/WhyNot'
import type { MonitorFilter } from '../../routes/monitors'
import { ListSkeleton } from '../incidents/ListSkeleton'
import { grouped } from './grouped'
import { MonitorFilters, useTags } from './MonitorFilters'
import { MonitorRow } from './MonitorRow'
import classes from './MonitorsScreen.module.css'
import { useFigures, useGroups, useServices } from './queries'
import type { Monitor } from './words'

const route = getRouteApi('/o/$org/monitors')
const PAGE = 50
const DAYS = 30

export function MonitorsScreen() {
  return (
    <Page title="Monitors" actions={<Actions />}>
      <Found />
    </Page>
  )
}

function Found() {
  const filter = route.useSearch()
  const api = useApi()
  const found = useInfiniteQuery(api.list('/v1/monitors', { query: asked(filter) }))
  const monitors = found.data?.pages.flatMap(page => page.items) ?? []
  const isEmpty = found.data !== undefined && monitors.length === 0
  const isFiltered = Object.values(filter).some(one => one !== undefined)
  const tags = useTags(monitors, filter.tag)
  return (
    <>
      {(!isEmpty || isFiltered) && <MonitorFilters filter={filter} tags={tags} />}
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {isEmpty && <NoMonitors isFiltered={isFiltered} />}
      {monitors.length > 0 && <Groups monitors={monitors} isOld={found.isPlaceholderData} />}
      {found.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

function asked({ tag, paused, ...filter }: MonitorFilter) {
  return { ...filter, tag: tag ? [tag] : undefined, paused: paused ?? undefined, limit: PAGE }
}

function Actions() {
  const { id: org } = useOrganization()
  const why = useWhyNot('admin', 'any')
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={18} aria-hidden />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <LinkMenuItem to="/o/$org/monitors/groups" params={{ org }}>
            Groups
          </LinkMenuItem>
          <LinkMenuItem to="/o/$org/monitors/regions" params={{ org }}>
            Regions and private locations
          </LinkMenuItem>
          <LinkMenuItem to="/o/$org/monitors/ping-keys" params={{ org }}>
            Ping keys of heartbeats
          </LinkMenuItem>
          <LinkMenuItem to="/o/$org/monitors/document" params={{ org }}>
            Import and export
          </LinkMenuItem>
        </Menu.Dropdown>
      </Menu>
      <LinkButton
        to="/o/$org/monitors/new"
        params={{ org }}
        leftSection={<IconPlus size={18} aria-hidden />}
        disabled={why !== null}
        title={why ?? undefined}
      >
        New monitor
      </LinkButton>
    </>
  )
}

function Groups({ monitors, isOld }: { monitors: Monitor[]; isOld: boolean }) {
  const groups = useGroups()
  const services = useServices().names
  const figures = useFigures(
    monitors.map(one => one.id),
    DAYS,
  )
  return (
    <div className={classes.groups} aria-busy={isOld}>
      {grouped(monitors, groups.items).map(({ id, name, monitors: members }) => (
        <section key={id ?? ''} aria-label={name ?? 'Monitors'}>
          {name && <h2 className={classes.group}>{name}</h2>}
          <Card p={0} component="ul" className={classes.list}>
            {members.map(one => (
              <MonitorRow
                key={one.id}
                monitor={one}
                service={services.get(one.service_id) ?? '…'}
                figures={figures.of.get(one.id)}
                firstDay={figures.firstDay}
              />
            ))}
          </Card>
        </section>
      ))}
    </div>
  )
}

function NoMonitors({ isFiltered }: { isFiltered: boolean }) {
  const { id: org } = useOrganization()
  return (
    <Card p={0}>
      <Empty
        icon={IconActivityHeartbeat}
        title={isFiltered ? 'No monitor is like that' : 'Know before your users do'}
        action={
          isFiltered ? (
            <LinkButton variant="default" to="/o/$org/monitors" params={{ org }}>
              Show all monitors
            </LinkButton>
          ) : (
            <LinkButton to="/o/$org/monitors/new" params={{ org }}>
              Watch something
            </LinkButton>
          )
        }
      >
        {isFiltered
          ? 'There may be others that this filter leaves out.'
          : 'A monitor looks at a page, an API, a port, a certificate or a name from several regions, or waits for a job to report. When regions agree that it is down, whoever is on call is paged.'}
      </Empty>
    </Card>
  )
}

/** The list of monitors: what needs attention comes first, and how each fared lately is beside it. */
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
import { type Counts, countsOf } from './attention'
import { CountsProvider, MonitorFilters, useTags } from './MonitorFilters'
import { MonitorSections } from './MonitorSections'
import classes from './MonitorsScreen.module.css'
import type { Monitor } from './words'

const route = getRouteApi('/o/$org/monitors')
const PAGE = 50
const MOST = 200
const ALL = ['down', 'degraded', 'unknown', 'up', 'paused'] as const
const TROUBLED = ['down', 'degraded', 'unknown'] as const

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
  const listed = found.data?.pages.flatMap(page => page.items) ?? []
  const isEmpty = found.data !== undefined && listed.length === 0
  const isFiltered = Object.values(filter).some(one => one !== undefined)
  const isByState = filter.status !== undefined || filter.paused !== undefined
  const troubled = useTroubled(filter, isByState || found.hasNextPage)
  const monitors = isByState ? listed : together(listed, troubled.monitors)
  const counts = isByState || found.hasNextPage ? troubled.counts : countsOf(listed, ALL)
  const tags = useTags(listed, filter.tag)
  return (
    <>
      {(!isEmpty || isFiltered) && (
        <CountsProvider counts={counts}>
          <MonitorFilters filter={filter} tags={tags} />
        </CountsProvider>
      )}
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {isEmpty && <NoMonitors isFiltered={isFiltered} />}
      {monitors.length > 0 && (
        <MonitorSections monitors={monitors} isApart={!isByState} isOld={found.isPlaceholderData} />
      )}
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

/** Those that are not well, where the list that is shown may not hold all of them. */
function useTroubled(filter: MonitorFilter, isNeeded: boolean): { monitors: Monitor[]; counts: Counts } {
  const query = { ...asked({ ...filter, paused: undefined }), status: [...TROUBLED], limit: MOST }
  const found = useInfiniteQuery({ ...useApi().list('/v1/monitors', { query }), enabled: isNeeded })
  if (!isNeeded || !found.data) return { monitors: [], counts: {} }
  const monitors = found.data.pages.flatMap(page => page.items)
  return { monitors, counts: found.hasNextPage ? {} : countsOf(monitors, TROUBLED) }
}

/** A list, and those of another that it does not hold. */
function together(listed: readonly Monitor[], others: readonly Monitor[]): Monitor[] {
  const known = new Set(listed.map(one => one.id))
  return [...listed, ...others.filter(one => !known.has(one.id) && one.paused_at === null)]
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

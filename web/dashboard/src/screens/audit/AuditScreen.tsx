/** The audit log: who changed what, when, from what to what. */
import { Button, Card, Stack } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { IconHistory, IconLock } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useApi, useMay, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { LinkButton } from '../../components/links'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import type { AuditFilter } from '../../routes/access'
import { ListSkeleton } from '../incidents/ListSkeleton'
import classes from './Audit.module.css'
import { AuditFilters } from './AuditFilters'
import { EntryRow } from './EntryRow'
import { ExportMenu } from './ExportMenu'
import { dayOf, spanOf } from './span'
import { useNames } from './useNames'
import type { Entry } from './words'

const route = getRouteApi('/o/$org/audit')
const PAGE = 50

export function AuditScreen() {
  const { isDemo } = useOrganization()
  const may = useMay('admin') || isDemo
  const filter = route.useSearch()
  return (
    <Page
      title="Audit log"
      description="Every change of how things are set up and who may do what. Entries are only ever added."
      actions={may && <ExportMenu query={queryOf(filter)} />}
    >
      {may ? <Log filter={filter} /> : <NotForAll />}
    </Page>
  )
}

function NotForAll() {
  const { id: org } = useOrganization()
  return (
    <Card p={0}>
      <Empty
        icon={IconLock}
        title="Admins read the audit log"
        action={
          <LinkButton variant="default" to="/o/$org/people" params={{ org }}>
            See who is an admin
          </LinkButton>
        }
      >
        It tells who did what and from where. What happened to an incident is on the incident, for everybody.
      </Empty>
    </Card>
  )
}

function queryOf({ from, to, ...rest }: AuditFilter) {
  return { ...rest, ...spanOf({ from, to }) }
}

function Log({ filter }: { filter: AuditFilter }) {
  const found = useInfiniteQuery(useApi().list('/v1/audit-entries', { query: { ...queryOf(filter), limit: PAGE } }))
  const entries = found.data?.pages.flatMap(page => page.items) ?? []
  const names = useNames()
  return (
    <>
      <AuditFilters filter={filter} names={names} />
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {found.data && entries.length === 0 && <NoEntries filter={filter} />}
      <div aria-busy={found.isPlaceholderData} className={classes.days}>
        <Days entries={entries} names={names} />
      </div>
      {found.hasNextPage && (
        <More
          isLoading={found.isFetchingNextPage}
          hasFailed={found.isError}
          onMore={() => void found.fetchNextPage()}
        />
      )}
    </>
  )
}

/** More is fetched once the end of the list is near; by the button, where that has failed. */
function More({ isLoading, hasFailed, onMore }: { isLoading: boolean; hasFailed: boolean; onMore: () => void }) {
  const { ref, entry } = useIntersection({ rootMargin: '600px' })
  const isNear = entry?.isIntersecting === true
  useEffect(() => {
    if (isNear && !isLoading && !hasFailed) onMore()
  }, [isNear, isLoading, hasFailed, onMore])
  return (
    <div ref={ref} className={classes.more}>
      <Button variant="default" loading={isLoading} onClick={onMore}>
        Show more
      </Button>
    </div>
  )
}

function NoEntries({ filter }: { filter: AuditFilter }) {
  const { id: org } = useOrganization()
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <Card p={0}>
      <Empty
        icon={IconHistory}
        title={isFiltered ? 'Nothing like that happened' : 'Nothing has been changed yet'}
        action={
          isFiltered && (
            <LinkButton variant="default" to="/o/$org/audit" params={{ org }} search={{}}>
              Show everything
            </LinkButton>
          )
        }
      >
        {isFiltered
          ? 'There may be entries that this filter leaves out.'
          : 'Whoever changes a service, a policy, a role or a key is named here, with what it was before.'}
      </Empty>
    </Card>
  )
}

function Days({ entries, names }: { entries: readonly Entry[]; names: ReadonlyMap<string, string> }) {
  const days = new Map<string, Entry[]>()
  for (const one of entries) days.set(dayOf(one.at), [...(days.get(dayOf(one.at)) ?? []), one])
  return (
    <Stack gap="lg">
      {[...days].map(([day, found]) => (
        <section key={day} aria-label={day}>
          <h2 className={classes.day}>{day}</h2>
          <Card p={0} component="ul" className={classes.list}>
            {found.map(one => (
              <EntryRow key={one.id} entry={one} names={names} />
            ))}
          </Card>
        </section>
      ))}
    </Stack>
  )
}

/** The list of incidents: what is broken, who has it, and one button. */
import { ActionIcon, Button, Card, Group, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKeyboard, IconMoodSmile } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useApi, useMay, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { LinkButton } from '../../components/links'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import type { IncidentFilter } from '../../routes/incidents'
import { type Incident, type Move, useMove } from './actions'
import { IncidentFilters, statusesOf } from './IncidentFilters'
import { IncidentRow } from './IncidentRow'
import classes from './IncidentsScreen.module.css'
import { ListSkeleton } from './ListSkeleton'
import { PagingStopped } from './PagingStopped'
import { useKeys } from './useKeys'

const route = getRouteApi('/o/$org/incidents')
const PAGE = 50
const KeysModal = lazy(async () => ({ default: (await import('./KeysModal')).KeysModal }))

export function IncidentsScreen() {
  const filter = route.useSearch()
  const api = useApi()
  const query = { ...filter, status: statusesOf(filter), limit: PAGE }
  const found = useInfiniteQuery(api.list('/v1/incidents', { query }))
  const [first] = found.data?.pages ?? []
  const incidents = found.data?.pages.flatMap(page => page.items) ?? []
  const [hasHelp, help] = useDisclosure(false)
  return (
    <Page
      title="Incidents"
      actions={
        <Tooltip label="Keyboard">
          <ActionIcon variant="default" size="lg" className={classes.keys} aria-label="Keyboard" onClick={help.open}>
            <IconKeyboard size={20} />
          </ActionIcon>
        </Tooltip>
      }
    >
      <PagingStopped stop={first?.paging_stop} />
      <IncidentFilters filter={filter} />
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {found.data && incidents.length === 0 && <NoIncidents filter={filter} />}
      {incidents.length > 0 && <List incidents={incidents} isOld={found.isPlaceholderData} onHelp={help.open} />}
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
      {hasHelp && (
        <Suspense>
          <KeysModal onClose={help.close} />
        </Suspense>
      )}
    </Page>
  )
}

function List({ incidents, isOld, onHelp }: { incidents: Incident[]; isOld: boolean; onHelp: () => void }) {
  const moving = useMove()
  const may = useMay('responder')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const selected = new Set(incidents.filter(one => chosen.has(one.id)).map(one => one.id))
  const select = (id: string) => {
    if (may) setChosen(before => new Set(before.has(id) ? [...before].filter(one => one !== id) : [...before, id]))
  }
  const move = (ids: readonly string[], how: Move) => {
    const from = how === 'acknowledge' ? ['triggered'] : ['triggered', 'acknowledged']
    const able = incidents.filter(one => ids.includes(one.id) && from.includes(one.status)).map(one => one.id)
    if (may && able.length > 0) moving.mutate({ ids: able, move: how })
    setChosen(new Set())
  }
  const current = useKeys({ incidents, selected, onSelect: select, onMove: move, onHelp })
  return (
    <>
      <Card p={0} component="ul" className={classes.list} aria-busy={isOld}>
        {incidents.map(one => (
          <IncidentRow
            key={one.id}
            incident={one}
            isSelected={selected.has(one.id)}
            isCurrent={one.id === current}
            onSelect={() => select(one.id)}
            onMove={how => move([one.id], how)}
          />
        ))}
      </Card>
      {selected.size > 0 && (
        <section className={classes.bulk} aria-label="Selected incidents">
          <strong>{selected.size} selected</strong>
          <Button size="sm" onClick={() => move([...selected], 'acknowledge')}>
            Acknowledge
          </Button>
          <Button size="sm" variant="default" onClick={() => move([...selected], 'resolve')}>
            Resolve
          </Button>
          {selected.size < incidents.length && (
            <Button size="sm" variant="subtle" onClick={() => setChosen(new Set(incidents.map(one => one.id)))}>
              Select all {incidents.length} shown
            </Button>
          )}
          <Button size="sm" variant="subtle" color="gray" onClick={() => setChosen(new Set())}>
            Clear
          </Button>
        </section>
      )}
    </>
  )
}

function NoIncidents({ filter }: { filter: IncidentFilter }) {
  const { id: org } = useOrganization()
  const isFiltered = Boolean(filter.service_id || filter.mine || filter.urgency)
  return (
    <Card p={0}>
      <Empty
        icon={IconMoodSmile}
        title={filter.status ? 'No incidents here' : 'Nothing is broken'}
        action={
          isFiltered ? (
            <LinkButton variant="default" to="/o/$org/incidents" params={{ org }} search={{ status: filter.status }}>
              Show those of everybody and everything
            </LinkButton>
          ) : (
            <LinkButton variant="default" to="/o/$org/services" params={{ org }}>
              Connect a tool
            </LinkButton>
          )
        }
      >
        {isFiltered
          ? 'There may be others that this filter leaves out.'
          : 'When a tool or a monitor reports a problem, it shows up here, and whoever is on call is paged.'}
      </Empty>
    </Card>
  )
}

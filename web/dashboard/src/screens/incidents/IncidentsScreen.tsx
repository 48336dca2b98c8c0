/** The list of incidents: what is broken, who has it, and one button. */
import { ActionIcon, Button, Card, Group, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKeyboard, IconMoodSmile } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { LinkButton } from '../../components/links'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import type { IncidentFilter } from '../../routes/incidents'
import { IncidentFilters, statusesOf } from './IncidentFilters'
import { IncidentList } from './IncidentList'
import classes from './IncidentsScreen.module.css'
import { ListSkeleton } from './ListSkeleton'
import { groupsOf } from './order'
import { PagingStopped } from './PagingStopped'
import { useSelection } from './useSelection'

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
  const isOpenOnly = !filter.status && !filter.sort && !found.isPlaceholderData
  const groups = isOpenOnly ? groupsOf(incidents) : [{ name: null, incidents }]
  const selection = useSelection(incidents)
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
      {incidents.length > 0 && (
        <IncidentList
          groups={groups}
          selection={selection}
          isOld={found.isPlaceholderData}
          hasMore={found.hasNextPage}
          onHelp={help.open}
        />
      )}
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

/** The services of the organization: what each is, who is paged for it, and whether something is wrong with it now. */
import { Button, Card, TextInput } from '@mantine/core'
import { IconPlugConnected, IconPlus, IconSearch, IconStairsUp, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StatusBadge } from '../../components/StatusBadge'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { ListSkeleton } from '../incidents/ListSkeleton'
import { NewServiceModal } from './NewServiceModal'
import classes from './Rows.module.css'
import type { Service } from './serviceValues'
import { type Open, useOpenIncidents, usePolicies, useTeams } from './useNames'

const route = getRouteApi('/o/$org/services')
const PAGE = 100

export function ServicesScreen() {
  const { q, create } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('admin')
  const open = (isOpen: boolean) =>
    void navigate({ search: before => ({ ...before, create: isOpen || undefined }), replace: true })
  const { found, services, isEmpty } = useFound(q)
  const button = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} disabled={why !== null} onClick={() => open(true)}>
      New service
    </Button>
  )
  return (
    <Page
      title="Services"
      description="What you run and are paged for. Tools and monitors report problems of a service; its escalation policy says who is paged."
      actions={!isEmpty && button}
    >
      <WhyNot role="admin" />
      <div className={classes.problem}>
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      </div>
      {!isEmpty && !(found.error && !found.data) && (
        <TextInput
          className={classes.search}
          aria-label="Find a service"
          placeholder="Find a service"
          leftSection={<IconSearch size={18} aria-hidden />}
          value={q ?? ''}
          onChange={({ currentTarget }) =>
            void navigate({ search: before => ({ ...before, q: currentTarget.value || undefined }), replace: true })
          }
        />
      )}
      {found.isPending && <ListSkeleton />}
      {isEmpty && (
        <Card p={0}>
          <Empty icon={IconPlugConnected} title="What do you run?" action={button}>
            Make a service for each thing that can break by itself, as a shop, a database, backups. Then connect the
            tools that watch it.
          </Empty>
        </Card>
      )}
      {services.length > 0 && <List services={services} />}
      {q && found.data && !found.hasNextPage && services.length === 0 && (
        <Card>
          <p>No service is called “{q}”.</p>
        </Card>
      )}
      {found.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <NewServiceModal isOpen={create === true && why === null} onClose={() => open(false)} />
    </Page>
  )
}

/** Services by name; while something is sought, all pages of them. */
function useFound(q: string | undefined) {
  const api = useApi()
  const found = useInfiniteQuery(api.list('/v1/services', { query: { limit: PAGE } }))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found
  useEffect(() => {
    if (q && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [q, hasNextPage, isFetchingNextPage, fetchNextPage])
  const all = found.data?.pages.flatMap(page => page.items) ?? []
  const sought = q?.toLowerCase()
  const services = sought ? all.filter(one => one.name.toLowerCase().includes(sought)) : all
  return { found, services, isEmpty: found.data !== undefined && all.length === 0 }
}

function List({ services }: { services: readonly Service[] }) {
  const policies = usePolicies().names
  const teams = useTeams().names
  const incidents = useOpenIncidents()
  return (
    <Card p={0} component="ul" className={classes.list}>
      {services.map(one => (
        <Row
          key={one.id}
          service={one}
          policy={one.policy_id ? (policies.get(one.policy_id) ?? '…') : null}
          team={one.team_id ? (teams.get(one.team_id) ?? '…') : null}
          open={incidents.get(one.id)}
        />
      ))}
    </Card>
  )
}

interface RowProperties {
  service: Service
  policy: string | null
  team: string | null
  open: Open | undefined
}

function Row({ service, policy, team, open }: RowProperties) {
  const { id: org } = useOrganization()
  return (
    <li className={classes.row}>
      <div>
        <Link to="/o/$org/services/$service" params={{ org, service: service.id }} className={classes.name}>
          {service.name}
        </Link>
        <div className={classes.facts}>
          <span className={policy ? undefined : classes.missing}>
            <IconStairsUp size={15} aria-hidden /> {policy ?? 'Pages nobody: it has no escalation policy'}
          </span>
          {team && (
            <span>
              <IconUsers size={15} aria-hidden /> {team}
            </span>
          )}
          {service.urgency !== 'by_severity' && <span>{service.urgency} urgency</span>}
        </div>
      </div>
      <div className={classes.end}>
        {open ? (
          <StatusBadge state={open.state} word={`${open.count} open`} />
        ) : (
          <StatusBadge state="operational" word="Quiet" plain />
        )}
      </div>
    </li>
  )
}

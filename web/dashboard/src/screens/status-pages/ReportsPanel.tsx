/** The reports of a page, of incidents or of maintenance: what the public reads now, drafts, and what is over. */
import { Button, Card, Group, SegmentedControl } from '@mantine/core'
import { IconCalendarPlus, IconPencilPlus, IconTool, IconWriting } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { LinkButton } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import type { ReportView } from '../../routes/status-pages'
import { ListSkeleton } from '../incidents/ListSkeleton'
import rows from '../services/Rows.module.css'
import type { StatusPage } from './queries'
import { ReportRow } from './ReportRow'
import classes from './ReportsPanel.module.css'
import { OPEN, OVER, type ReportKind } from './words'

const route = getRouteApi('/o/$org/status-pages/$page')

interface Filter {
  state?: Model<'State'>[]
  status?: Model<'ReportStatus'>[]
}

/** What is asked of the API for a view. */
export function filterOf(kind: ReportKind, view: ReportView | undefined): Filter {
  switch (view) {
    case 'drafts':
      return { state: ['draft'] }
    case 'past':
      return { state: ['published'], status: [...OVER] }
    case 'discarded':
      return { state: ['discarded'] }
    case 'all':
      return { state: ['draft', 'published', 'discarded'] }
    default:
      return { state: ['draft', 'published'], status: OPEN[kind] }
  }
}

const VIEWS = { now: 'Now', drafts: 'Drafts', past: 'Past', discarded: 'Discarded', all: 'All' }

export function ReportsPanel({ page, kind }: { page: StatusPage; kind: ReportKind }) {
  const { show } = route.useSearch()
  const navigate = route.useNavigate()
  const api = useApi()
  const query = { kind, ...filterOf(kind, show), limit: 50 }
  const found = useInfiniteQuery(api.list('/v1/status-pages/{page_id}/reports', { path: { page_id: page.id }, query }))
  const reports = found.data?.pages.flatMap(one => one.items) ?? []
  const look = (view: string) =>
    void navigate({
      search: before => ({ tab: before.tab, show: view === 'now' ? undefined : (view as ReportView) }),
      replace: true,
      resetScroll: false,
    })
  return (
    <>
      <WhyNot role="responder" />
      <Group justify="space-between" mb="md">
        <SegmentedControl
          className={classes.views}
          aria-label="Which reports"
          value={show ?? 'now'}
          onChange={look}
          data={Object.entries(VIEWS).map(([value, label]) => ({ value, label }))}
        />
        <WriteButton page={page} kind={kind} />
      </Group>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {found.data && reports.length === 0 && <NoReports kind={kind} view={show} />}
      {reports.length > 0 && (
        <Card p={0} component="ul" className={rows.list} aria-busy={found.isPlaceholderData}>
          {reports.map(one => (
            <ReportRow key={one.id} report={one} />
          ))}
        </Card>
      )}
      {found.hasNextPage && (
        <div className={rows.more}>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

function WriteButton({ page, kind }: { page: StatusPage; kind: ReportKind }) {
  const { id: org } = useOrganization()
  const why = useWhyNot('responder')
  const Icon = kind === 'incident' ? IconPencilPlus : IconCalendarPlus
  return (
    <LinkButton
      to="/o/$org/status-pages/$page/write"
      params={{ org, page: page.id }}
      search={{ kind: kind === 'maintenance' ? kind : undefined }}
      leftSection={<Icon size={18} aria-hidden />}
      disabled={why !== null}
    >
      {kind === 'incident' ? 'Write a report' : 'Announce maintenance'}
    </LinkButton>
  )
}

function NoReports({ kind, view }: { kind: ReportKind; view: ReportView | undefined }) {
  if (view && view !== 'all')
    return (
      <Card p={0}>
        <Empty icon={IconWriting} title="None here">
          {view === 'drafts' && 'Drafts are seen by members alone, until somebody publishes them.'}
          {view === 'past' && 'Reports that are over are listed here and in the page’s history.'}
          {view === 'discarded' && 'Drafts that were put aside are kept here, and can be restored.'}
        </Empty>
      </Card>
    )
  return (
    <Card p={0}>
      {kind === 'incident' ? (
        <Empty icon={IconWriting} title="Nothing to tell">
          When something breaks, say so here in words for the public: what they notice, and what you are doing. An
          incident can also draft its report by itself.
        </Empty>
      ) : (
        <Empty icon={IconTool} title="Nothing is planned">
          Maintenance that is announced begins and ends by itself at its times, and can keep what it is about from
          paging anybody.
        </Empty>
      )}
    </Card>
  )
}

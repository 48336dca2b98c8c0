/** How fast people answer, what pages weigh on them, and which services are noisy. */
import { Skeleton } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { serverNow } from '../../api/clock'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { LinkButton } from '../../components/links'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { AnalyticsFilters } from './AnalyticsFilters'
import classes from './AnalyticsScreen.module.css'
import { askedOf } from './asked'
import { LoadCard } from './LoadCard'
import { NoiseCard } from './NoiseCard'
import { ResponseCards } from './ResponseCards'
import { Tiles } from './Tiles'

const route = getRouteApi('/o/$org/analytics')

export interface Reports {
  response: Model<'ResponseTimesReport'>
  load: Model<'PageLoadReport'>
  noise: Model<'ServiceNoiseReport'>
}

/** Whether there was anything at all. */
function isEmpty({ response, load, noise }: Reports): boolean {
  return response.total.incidents === 0 && load.items.length === 0 && noise.items.every(one => one.events === 0)
}

export function AnalyticsScreen() {
  const search = route.useSearch()
  const api = useApi()
  const asked = askedOf(search, serverNow())
  const kept = { placeholderData: keepPreviousData }
  const response = useQuery({ ...api.get('/v1/analytics/response-times', { query: asked.response }), ...kept })
  const load = useQuery({ ...api.get('/v1/analytics/pages', { query: asked.pages }), ...kept })
  const noise = useQuery({ ...api.get('/v1/analytics/services', { query: asked.services }), ...kept })
  const all = [response, load, noise]
  const failed = all.find(one => one.error)
  const again = () => {
    for (const one of all) if (one.error) void one.refetch()
  }
  const reports = response.data &&
    load.data &&
    noise.data && { response: response.data, load: load.data, noise: noise.data }
  return (
    <Page title="Analytics" description="How fast you answer, what pages weigh on people, and what makes noise.">
      <AnalyticsFilters search={search} />
      <ProblemAlert error={failed?.error} onRetry={again} />
      {reports && !(failed && all.some(one => one.isPlaceholderData)) && (
        <div aria-busy={all.some(one => one.isPlaceholderData)} className={classes.reports}>
          {isEmpty(reports) ? (
            <Nothing isFiltered={Boolean(search.team_id || search.service_id || search.span)} />
          ) : (
            <>
              <Tiles {...reports} />
              <ResponseCards report={reports.response} asked={asked.response} />
              <LoadCard report={reports.load} asked={asked.pages} />
              <NoiseCard report={reports.noise} asked={asked.services} />
            </>
          )}
        </div>
      )}
      {!reports && !failed && <Waiting />}
    </Page>
  )
}

function Waiting() {
  return (
    <div className={classes.reports} role="status" aria-label="Loading">
      <Skeleton h={96} />
      <Skeleton h={320} />
      <Skeleton h={320} />
    </div>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const { id: org } = useOrganization()
  return (
    <Empty
      icon={IconChartBar}
      title="Nothing to count here"
      action={
        isFiltered ? (
          <LinkButton variant="default" to="/o/$org/analytics" params={{ org }}>
            Show the last 30 days
          </LinkButton>
        ) : (
          <LinkButton to="/o/$org/start" params={{ org }}>
            Get a first page
          </LinkButton>
        )
      }
    >
      Once incidents come and people are paged, this tells how fast they answer, who is woken at night, and which
      services page for nothing.
    </Empty>
  )
}

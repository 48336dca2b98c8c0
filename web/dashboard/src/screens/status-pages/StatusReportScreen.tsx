/** One report: what the public reads of it, an update to it, and what can be done with it. */
import { Anchor, Card, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { useActors } from '../../app/useActors'
import { Loaded } from '../../components/Loaded'
import { LinkAnchor } from '../../components/links'
import { Page } from '../../components/Page'
import { Span } from '../../components/Span'
import { StatusBadge } from '../../components/StatusBadge'
import { Time } from '../../components/Time'
import { WhyNot } from '../../components/WhyNot'
import { DraftEditor } from './DraftEditor'
import { pageQueries, type Report, reportQuery, type StatusPage } from './queries'
import { ReportActions } from './ReportActions'
import { StateBadge } from './ReportRow'
import classes from './StatusReportScreen.module.css'
import { UpdateForm } from './UpdateForm'
import { UpdateList } from './UpdateList'
import { IMPACTS, REPORT_LOOKS } from './words'

const route = getRouteApi('/o/$org/status-reports/$report')

export function StatusReportScreen() {
  const { report: id } = route.useParams()
  const { id: org } = useOrganization()
  const api = useApi()
  const found = useQuery(reportQuery(api, id))
  const page = useQuery({
    ...pageQueries(api, found.data?.status_page_id ?? '').page,
    enabled: found.data !== undefined,
  })
  const back = page.data
    ? {
        label: page.data.name,
        to: '/o/$org/status-pages/$page' as const,
        params: { org, page: page.data.id },
        search: { tab: found.data?.kind === 'maintenance' ? ('maintenance' as const) : ('reports' as const) },
      }
    : { label: 'Status pages', to: '/o/$org/status-pages' as const, params: { org } }
  return (
    <Page title={found.data?.title ?? 'Report'} back={back}>
      <Loaded query={found}>
        {report => <Loaded query={page}>{one => <Content key={report.id} report={report} page={one} />}</Loaded>}
      </Loaded>
    </Page>
  )
}

function Content({ report, page }: { report: Report; page: StatusPage }) {
  const look = REPORT_LOOKS[report.status]
  return (
    <>
      <div className={classes.badges}>
        <StatusBadge state={look.state} word={look.word} />
        <StateBadge report={report} />
        <Text size="sm" c="dimmed">
          {IMPACTS[report.impact]}
        </Text>
      </div>
      <WhyNot role="responder" />
      <ReportActions report={report} page={page} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {report.state === 'draft' && <DraftEditor report={report} page={page} />}
          {report.state === 'published' && <UpdateForm report={report} page={page} />}
          <UpdateList report={report} />
        </div>
        <Facts report={report} page={page} />
      </div>
    </>
  )
}

function Facts({ report, page }: { report: Report; page: StatusPage }) {
  const { id: org } = useOrganization()
  const actor = useActors()
  const isSeen = report.state === 'published' && page.visibility === 'public' && page.url
  return (
    <Card component="aside" aria-label="Facts">
      <dl className={classes.facts}>
        {report.components.length > 0 && (
          <div>
            <dt>Affected</dt>
            {report.components.map(one => (
              <dd key={one.component_id} className={classes.component}>
                <span>{one.name}</span> <StatusBadge state={one.status} plain />
              </dd>
            ))}
          </div>
        )}
        {report.scheduled_for && report.scheduled_until ? (
          <div>
            <dt>Planned</dt>
            <dd>
              <Span from={report.scheduled_for} to={report.scheduled_until} />
            </dd>
            <dd>{report.moves_by_schedule ? 'Begins and ends by itself' : 'People say when it begins and ends'}</dd>
            {report.mutes && <dd>Pages nobody meanwhile</dd>}
          </div>
        ) : (
          <div>
            <dt>Began</dt>
            <dd>
              <Time at={report.started_at} />
            </dd>
          </div>
        )}
        {report.resolved_at && (
          <div>
            <dt>Over</dt>
            <dd>
              <Time at={report.resolved_at} />
            </dd>
          </div>
        )}
        <div>
          <dt>Written</dt>
          <dd>
            <Time at={report.created_at} /> by {actor(report.suggested_by ?? report.created_by)}
          </dd>
          {report.is_automatic && <dd>Nobody has touched it: it ends with its incident.</dd>}
        </div>
        {report.incident_id && (
          <div>
            <dt>Incident</dt>
            <dd>
              <LinkAnchor to="/o/$org/incidents/$incident" params={{ org, incident: report.incident_id }}>
                What happened inside
              </LinkAnchor>
            </dd>
          </div>
        )}
        {isSeen && (
          <div>
            <dt>On the page</dt>
            <dd>
              <Anchor href={`${page.url}reports/${report.id}/`} target="_blank" rel="noreferrer">
                As the public reads it <IconExternalLink size={14} aria-hidden />
              </Anchor>
            </dd>
          </div>
        )}
      </dl>
    </Card>
  )
}

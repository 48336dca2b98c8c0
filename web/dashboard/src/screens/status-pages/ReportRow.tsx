/** A report in a list: how it stands, what it is about, and what was said last. */
import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useOrganization } from '../../app/organization'
import { Span } from '../../components/Span'
import { StatusBadge } from '../../components/StatusBadge'
import { Time } from '../../components/Time'
import rows from '../services/Rows.module.css'
import type { ReportItem } from './queries'
import classes from './ReportRow.module.css'
import { listed, REPORT_LOOKS } from './words'

export function ReportRow({ report }: { report: ReportItem }) {
  const { id: org } = useOrganization()
  const look = REPORT_LOOKS[report.status]
  const names = report.components.map(one => one.name)
  return (
    <li className={rows.row}>
      <div>
        <Link to="/o/$org/status-reports/$report" params={{ org, report: report.id }} className={rows.name}>
          {report.title}
        </Link>
        <p className={classes.last}>{report.last_update.body}</p>
        <div className={rows.facts}>
          {names.length > 0 && <span>{listed(names)}</span>}
          {report.scheduled_for && report.scheduled_until ? (
            <span>
              <Span from={report.scheduled_for} to={report.scheduled_until} />
            </span>
          ) : (
            <span>
              began <Time at={report.started_at} />
            </span>
          )}
          {report.mutes && <span>pages nobody meanwhile</span>}
        </div>
      </div>
      <div className={classes.end}>
        <StatusBadge state={look.state} word={look.word} />
        <StateBadge report={report} />
      </div>
    </li>
  )
}

/** Says that the public does not see it. */
export function StateBadge({ report }: { report: ReportItem }) {
  if (report.state === 'published') return report.is_automatic ? <Badge color="blue">By itself</Badge> : null
  if (report.state === 'discarded') return <Badge color="gray">Discarded</Badge>
  return <Badge color="yellow">{report.suggested_by ? 'Suggested draft' : 'Draft'}</Badge>
}

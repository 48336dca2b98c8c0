/** How long incidents took to be acknowledged and resolved, and how many there were, by day, week or month. */
import { SegmentedControl, Skeleton, Table } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Model } from '../../api/types'
import { formatDuration } from '../../components/Time'
import { useChange } from './AnalyticsFilters'
import classes from './AnalyticsScreen.module.css'
import { type askedOf, intervalName } from './asked'
import { ExportMenu } from './ExportMenu'
import { Figures, ReportCard, Scrolling } from './ReportCard'

type Report = Model<'ResponseTimesReport'>
type What = 'acknowledge' | 'resolve'

const route = getRouteApi('/o/$org/analytics')
const TimesChart = lazy(async () => ({ default: (await import('./Charts')).TimesChart }))
const IncidentsChart = lazy(async () => ({ default: (await import('./Charts')).IncidentsChart }))
const WAITING = <Skeleton h={220} />
const told = (seconds: number | null) => (seconds === null ? '–' : formatDuration(seconds))

interface Properties {
  report: Report
  asked: ReturnType<typeof askedOf>['response']
}

export function ResponseCards({ report, asked }: Properties) {
  const { time: what = 'acknowledge' } = route.useSearch()
  const change = useChange()
  const named = report.items.map(one => ({ ...one, at: intervalName(one.starts_at, asked.interval, report.time_zone) }))
  const done = what === 'acknowledge' ? 'acknowledged' : 'resolved'
  return (
    <div className={classes.columns}>
      <ReportCard
        id="response"
        title="How fast you answer"
        text="By when they began. Half were done within the median."
        controls={
          <>
            <SegmentedControl
              size="xs"
              aria-label="Which time"
              value={what}
              onChange={value => change({ time: value === 'resolve' ? value : undefined })}
              data={[
                { value: 'acknowledge', label: 'Acknowledged' },
                { value: 'resolve', label: 'Resolved' },
              ]}
            />
            <ExportMenu report="response-times" query={asked} label="response times" />
          </>
        }
      >
        <div role="img" aria-label={`Until incidents were ${done}, over time; the figures are below`}>
          <Suspense fallback={WAITING}>
            <TimesChart
              rows={named.map(one => ({
                at: one.at,
                median: one[`${what}_p50_seconds`],
                slow: one[`${what}_p90_seconds`],
              }))}
            />
          </Suspense>
        </div>
        <Figures>
          <TimesTable items={named} total={report.total} what={what} />
        </Figures>
      </ReportCard>
      <ReportCard
        id="incidents"
        title="Incidents"
        text={`${report.total.incidents} began, ${report.total.resolved} of them are resolved.`}
      >
        <div role="img" aria-label="Incidents over time; the figures are below">
          <Suspense fallback={WAITING}>
            <IncidentsChart rows={named.map(({ at, incidents }) => ({ at, incidents }))} />
          </Suspense>
        </div>
        <Figures>
          <IncidentsTable items={named} />
        </Figures>
      </ReportCard>
    </div>
  )
}

type Named = Model<'ResponseTimes'> & { at: string }

function TimesTable({ items, total, what }: { items: readonly Named[]; total: Model<'ResponseTimes'>; what: What }) {
  const rows = [...items, { ...total, at: 'All of it' }]
  return (
    <Scrolling label="Response times">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>From</Table.Th>
            <Table.Th ta="right">Median</Table.Th>
            <Table.Th ta="right">90% within</Table.Th>
            <Table.Th ta="right">Mean</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(one => (
            <Table.Tr key={`${one.at} ${one.starts_at}`}>
              <Table.Th scope="row">{one.at}</Table.Th>
              <Table.Td ta="right">{told(one[`${what}_p50_seconds`])}</Table.Td>
              <Table.Td ta="right">{told(one[`${what}_p90_seconds`])}</Table.Td>
              <Table.Td ta="right">{told(one[`${what}_mean_seconds`])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolling>
  )
}

function IncidentsTable({ items }: { items: readonly Named[] }) {
  return (
    <Scrolling label="Incidents">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>From</Table.Th>
            <Table.Th ta="right">Incidents</Table.Th>
            <Table.Th ta="right">Acknowledged</Table.Th>
            <Table.Th ta="right">Resolved</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(one => (
            <Table.Tr key={`${one.at} ${one.starts_at}`}>
              <Table.Th scope="row">{one.at}</Table.Th>
              <Table.Td ta="right">{one.incidents}</Table.Td>
              <Table.Td ta="right">{one.acknowledged}</Table.Td>
              <Table.Td ta="right">{one.resolved}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolling>
  )
}

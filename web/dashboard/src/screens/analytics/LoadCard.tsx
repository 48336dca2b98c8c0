/** Whom pages reached, how often out of hours, and at which hours of the day. */
import { Select, Skeleton, Table, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Model } from '../../api/types'
import { useChange } from './AnalyticsFilters'
import { type askedOf, hourName, isNight } from './asked'
import { ExportMenu } from './ExportMenu'
import { HoursSettings } from './HoursSettings'
import classes from './LoadCard.module.css'
import { Figures, ReportCard, Scrolling } from './ReportCard'

type Load = Model<'PageLoad'>

const route = getRouteApi('/o/$org/analytics')
const HoursChart = lazy(async () => ({ default: (await import('./Charts')).HoursChart }))

interface Properties {
  report: Model<'PageLoadReport'>
  asked: ReturnType<typeof askedOf>['pages']
}

export function LoadCard({ report, asked }: Properties) {
  const items = [...report.items].sort((a, b) => b.pages - a.pages)
  return (
    <ReportCard
      id="load"
      title="What pages weigh on people"
      text="One step that reaches somebody in several ways is one page."
      controls={
        <>
          <HoursSettings report={report} />
          <ExportMenu report="pages" query={asked} label="pages per person" />
        </>
      }
    >
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody was paged in this time.
        </Text>
      ) : (
        <>
          <People items={items} />
          <Hours report={report} items={items} />
        </>
      )}
    </ReportCard>
  )
}

function People({ items }: { items: readonly Load[] }) {
  const most = Math.max(...items.map(one => one.pages))
  return (
    <Scrolling label="Pages per person">
      <Table className={classes.people}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Person</Table.Th>
            <Table.Th ta="right">Pages</Table.Th>
            <Table.Th className={classes.wide} aria-hidden>
              <span className={classes.key} data-tone="day" /> Daytime <span className={classes.key} data-tone="off" />{' '}
              Out of hours
            </Table.Th>
            <Table.Th ta="right">Daytime</Table.Th>
            <Table.Th ta="right">Night</Table.Th>
            <Table.Th ta="right">Weekend</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(one => (
            <Table.Tr key={one.user_id}>
              <Table.Th scope="row" className={classes.name}>
                {one.user_name}
              </Table.Th>
              <Table.Td ta="right">{one.pages}</Table.Td>
              <Table.Td className={classes.wide} aria-hidden>
                <span className={classes.bar} style={{ width: `${(100 * one.pages) / most}%` }}>
                  <span data-tone="day" style={{ flexGrow: one.daytime }} />
                  <span data-tone="off" style={{ flexGrow: one.pages - one.daytime }} />
                </span>
              </Table.Td>
              <Table.Td ta="right">{one.daytime}</Table.Td>
              <Table.Td ta="right">{one.night}</Table.Td>
              <Table.Td ta="right">{one.weekend}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolling>
  )
}

function Hours({ report, items }: { report: Model<'PageLoadReport'>; items: readonly Load[] }) {
  const { user_id: person } = route.useSearch()
  const change = useChange()
  const shown = items.some(one => one.user_id === person) ? items.filter(one => one.user_id === person) : items
  const rows = Array.from({ length: 24 }, (_, hour) => {
    const pages = shown.reduce((sum, one) => sum + (one.by_hour[hour] ?? 0), 0)
    const isDark = isNight(hour, report.night_from, report.night_until)
    return { hour: hourName(hour), day: isDark ? 0 : pages, night: isDark ? pages : 0, pages }
  })
  return (
    <div className={classes.hours}>
      <div className={classes.top}>
        <h3 className={classes.title}>By hour of the day</h3>
        <Select
          size="xs"
          aria-label="Whose pages"
          placeholder="Everybody’s"
          clearable
          value={person ?? null}
          onChange={value => change({ user_id: value ?? undefined })}
          data={items.map(one => ({ value: one.user_id, label: one.user_name.slice(0, 80) }))}
        />
      </div>
      <div role="img" aria-label="Pages by hour of the day; the figures are below">
        <Suspense fallback={<Skeleton h={220} />}>
          <HoursChart rows={rows} />
        </Suspense>
      </div>
      <Figures>
        <Scrolling label="Pages by hour">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Hour</Table.Th>
                <Table.Th ta="right">Pages</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ hour, pages }) => (
                <Table.Tr key={hour}>
                  <Table.Th scope="row">{hour}</Table.Th>
                  <Table.Td ta="right">{pages}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrolling>
      </Figures>
    </div>
  )
}

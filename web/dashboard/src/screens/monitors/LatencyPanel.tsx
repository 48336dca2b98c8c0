/** How fast a monitor's target answers: percentiles by region over time, and of the whole time as a table. */
import { Group, SegmentedControl, Skeleton, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { serverNow } from '../../api/clock'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import type { LatencySpan } from '../../routes/monitors'
import classes from './LatencyPanel.module.css'
import { askedOf, LATENCY_SPANS, PERCENTILES, type Percentile, rowsOf } from './latencySpans'
import { slowly, useLocations } from './queries'
import { formatLatency, type Monitor, regionName } from './words'

const route = getRouteApi('/o/$org/monitors/$monitor')
const Chart = lazy(async () => ({ default: (await import('./LatencyChart')).LatencyChart }))

/** `isShort`: the chart of a day alone. */
export function LatencyPanel({ monitor, isShort = false }: { monitor: Monitor; isShort?: boolean }) {
  const { span = 'day' } = route.useSearch()
  const navigate = route.useNavigate()
  const [percentile, setPercentile] = useState<Percentile>('p95_ms')
  const locations = useLocations().names
  const query = { ...askedOf(span, serverNow()), origin: monitor.origin }
  const found = useQuery(
    slowly(useApi().get('/v1/monitors/{monitor_id}/latency', { path: { monitor_id: monitor.id }, query })),
  )
  return (
    <>
      <Group justify="space-between" mb="sm" gap="xs">
        <SegmentedControl
          aria-label="For how long"
          size="sm"
          value={span}
          onChange={value =>
            void navigate({
              search: before => ({ ...before, span: value === 'day' ? undefined : (value as LatencySpan) }),
              replace: true,
              resetScroll: false,
            })
          }
          data={Object.entries(LATENCY_SPANS).map(([value, { label }]) => ({ value, label }))}
        />
        <SegmentedControl
          aria-label="Percentile"
          size="sm"
          value={percentile}
          onChange={value => setPercentile(value as Percentile)}
          data={Object.entries(PERCENTILES).map(([value, label]) => ({ value, label }))}
        />
      </Group>
      <Loaded query={found} skeleton={<Skeleton h={240} />}>
        {({ items, totals, relative_error: error = 0 }) => {
          const regions = totals.map(({ region }) => ({ id: region, name: regionName(region, locations) }))
          if (regions.length === 0)
            return (
              <Text size="sm" c="dimmed">
                Nothing has answered in this time.
              </Text>
            )
          return (
            <>
              <div role="img" aria-label={`${PERCENTILES[percentile]} of latencies by region, the figures are below`}>
                <Suspense fallback={<Skeleton h={240} />}>
                  <Chart rows={rowsOf(items, percentile)} regions={regions} span={span} />
                </Suspense>
              </div>
              {!isShort && <Totals totals={totals} locations={locations} error={error} />}
            </>
          )
        }}
      </Loaded>
    </>
  )
}

const count = new Intl.NumberFormat()
const told = (ms: number | null) => (ms === null ? '–' : formatLatency(ms))

interface TotalsProperties {
  totals: readonly Model<'Latency'>[]
  locations: ReadonlyMap<string, string>
  error: number
}

function Totals({ totals, locations, error }: TotalsProperties) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.scroll} aria-label="Percentiles by region" tabIndex={0}>
      <Table mt="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Region</Table.Th>
            <Table.Th ta="right">Mean</Table.Th>
            {Object.values(PERCENTILES).map(label => (
              <Table.Th key={label} ta="right">
                {label}
              </Table.Th>
            ))}
            <Table.Th ta="right">Checks</Table.Th>
            <Table.Th ta="right">Failed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {totals.map(one => (
            <Table.Tr key={one.region}>
              <Table.Th scope="row">{regionName(one.region, locations)}</Table.Th>
              <Table.Td ta="right">{told(one.mean_ms)}</Table.Td>
              {(Object.keys(PERCENTILES) as Percentile[]).map(name => (
                <Table.Td key={name} ta="right">
                  {told(one[name])}
                </Table.Td>
              ))}
              <Table.Td ta="right">{count.format(one.up + one.degraded + one.down + one.unknown)}</Table.Td>
              <Table.Td ta="right">{count.format(one.down)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed" mt="xs">
        Of checks that were answered; percentiles are within {Math.round(error * 100)}% of the exact ones.
      </Text>
    </section>
  )
}

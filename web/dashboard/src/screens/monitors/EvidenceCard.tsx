/** How much of what is shown was really measured, by where it comes from. */
import { Card, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { Clock } from '../../components/Time'
import { Fact, Facts } from './Facts'
import { slowly } from './queries'
import type { Monitor } from './words'

const ORIGINS: Readonly<Record<Model<'Origin'>, string>> = {
  live: 'Live checks',
  'live-user': 'Visitors',
  demo: 'Demo data',
  'load-test': 'Load test',
}

const count = new Intl.NumberFormat()

export function EvidenceCard({ monitor }: { monitor: Monitor }) {
  const path = { monitor_id: monitor.id }
  const found = useQuery(slowly(useApi().get('/v1/monitors/{monitor_id}/evidence', { path })))
  const items = found.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card>
      <Title order={2} size="h4" mb="sm">
        Data behind these figures
      </Title>
      <Facts>
        {items.map(one => (
          <Fact key={one.origin} name={ORIGINS[one.origin]}>
            {count.format(one.results)} results since <Clock at={one.first_tick} />
            {!one.is_public && ', never shown to the public'}
          </Fact>
        ))}
      </Facts>
      <Text size="sm" c="dimmed" mt="sm">
        Results are counted once an hour, so the last ones are still to come; uptime has them already.
      </Text>
    </Card>
  )
}

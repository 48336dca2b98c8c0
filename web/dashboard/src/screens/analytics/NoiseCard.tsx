/** Which services make how much noise, and which of it was for nothing. */
import { Badge, Table, Text, UnstyledButton } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { Model } from '../../api/types'
import { useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { type askedOf, share } from './asked'
import { ExportMenu } from './ExportMenu'
import classes from './NoiseCard.module.css'
import { ReportCard, Scrolling } from './ReportCard'

type Noise = Model<'ServiceNoise'>
type Column = 'events' | 'alerts' | 'incidents' | 'pages' | 'unacknowledged' | 'auto_resolved'

const COLUMNS: Readonly<Record<Column, string>> = {
  pages: 'Pages',
  incidents: 'Incidents',
  unacknowledged: 'Never acknowledged',
  auto_resolved: 'Resolved by itself',
  alerts: 'Alerts',
  events: 'Events',
}
const SHARES = { unacknowledged: 'unacknowledged_share', auto_resolved: 'auto_resolved_share' } as const
const FEW = 4

/** Whether most of a service's incidents ended without anybody: it pages for nothing. */
export function isNoisy({ incidents, unacknowledged_share: left, auto_resolved_share: self }: Noise): boolean {
  return incidents > FEW && (left ?? 0) >= 0.5 && (self ?? 0) >= 0.5
}

interface Properties {
  report: Model<'ServiceNoiseReport'>
  asked: ReturnType<typeof askedOf>['services']
}

export function NoiseCard({ report, asked }: Properties) {
  const [by, setBy] = useState<Column>('pages')
  const items = [...report.items].sort(
    (a, b) => b[by] - a[by] || b.incidents - a.incidents || a.service_name.localeCompare(b.service_name),
  )
  return (
    <ReportCard
      id="noise"
      title="Noise"
      text="What nobody acknowledged and what resolved by itself may not have been worth a page: hold it, group it, or lower its urgency by event rules."
      controls={<ExportMenu report="services" query={asked} label="noise by service" />}
    >
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          There are no services here.
        </Text>
      ) : (
        <Scrolling label="Noise by service">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Service</Table.Th>
                {Object.entries(COLUMNS).map(([column, name]) => (
                  <Table.Th key={column} ta="right" aria-sort={column === by ? 'descending' : undefined}>
                    <UnstyledButton className={classes.sort} onClick={() => setBy(column as Column)}>
                      {column === by && <IconArrowDown size={14} aria-hidden />}
                      {name}
                    </UnstyledButton>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(one => (
                <Row key={one.service_id} noise={one} />
              ))}
            </Table.Tbody>
          </Table>
        </Scrolling>
      )}
    </ReportCard>
  )
}

function Row({ noise }: { noise: Noise }) {
  const { id: org } = useOrganization()
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.name}>
        <LinkAnchor
          fz="inherit"
          to="/o/$org/services/$service"
          params={{ org, service: noise.service_id }}
          search={isNoisy(noise) ? { tab: 'rules' } : {}}
        >
          {noise.service_name}
        </LinkAnchor>{' '}
        {isNoisy(noise) && (
          <Badge size="sm" variant="light" color="orange">
            Noisy
          </Badge>
        )}
      </Table.Th>
      {(Object.keys(COLUMNS) as Column[]).map(column => (
        <Table.Td key={column} ta="right">
          {noise[column]}
          {(column === 'unacknowledged' || column === 'auto_resolved') && (
            <span className={classes.share}>{share(noise[SHARES[column]])}</span>
          )}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}

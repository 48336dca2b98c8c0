/** The days on which a monitor was down, newest first: for who can't point at a stroke of the bar, or wants it exactly. */
import { Table } from '@mantine/core'
import type { Model } from '../../api/types'
import { formatDuration } from '../../components/Time'
import { formatDay, formatUptime } from '../../components/UptimeBar'
import classes from './UptimeCard.module.css'

type Day = Pick<Model<'UptimeDay'>, 'day' | 'down_seconds' | 'uptime'>

export function DownDays({ days }: { days: readonly Day[] }) {
  const down = days.filter(one => one.down_seconds > 0).toReversed()
  if (down.length === 0) return null
  return (
    <details className={classes.down}>
      <summary>{down.length === 1 ? 'The day it was down' : `The ${down.length} days it was down`}</summary>
      <Table layout="fixed" verticalSpacing={6} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Day</Table.Th>
            <Table.Th scope="col">Down for</Table.Th>
            <Table.Th scope="col">Uptime</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {down.map(({ day, down_seconds: seconds, uptime }) => (
            <Table.Tr key={day}>
              <Table.Th scope="row">{formatDay(day)}</Table.Th>
              <Table.Td>{formatDuration(seconds)}</Table.Td>
              <Table.Td>{uptime === null ? '–' : formatUptime(uptime)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  )
}

/** Why it went as it did: every decision, from the first event to the last receipt. */
import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import type { Detail } from './detail'
import classes from './Explanation.module.css'
import { incidentQueries } from './queries'

const SOURCES = { event: 'Event', timeline: 'Decision', notification: 'Page' } as const

const toTheSecond = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

export function Explanation({ incident }: { incident: Detail }) {
  const found = useQuery(incidentQueries(useApi(), incident.id).explanation)
  return (
    <Loaded query={found}>
      {({ lines, complete }) => (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            All that was decided, in the order it happened.
          </Text>
          {!complete && <Alert mb="sm">There is more than is shown here.</Alert>}
          <ol className={classes.lines}>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one thing may have several lines, and they only grow
              <li key={`${line.id}.${index}`}>
                <time dateTime={line.at}>{toTheSecond.format(new Date(line.at))}</time>
                <span className={classes.source} data-source={line.source}>
                  {SOURCES[line.source]}
                </span>
                <span className={classes.words}>{line.words}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Loaded>
  )
}
